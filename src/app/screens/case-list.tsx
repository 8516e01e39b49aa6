import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { FilePlus2, Search } from 'lucide-react'
import { memo, type ReactNode, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { countryName } from '../../codebook/lists/countries.ts'
import { formLabel, inBrief } from '../../form/wording.ts'
import { formatList, formatNumber, formatParts, formatShare } from '../../i18n/format.ts'
import { withWords } from '../../i18n/with-words.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { later } from '../../ui/later.tsx'
import { WindowedList } from '../../ui/windowed-list.tsx'
import type { CaseState, CaseSummary } from '../../vault/api.ts'
import { everything, find, linesOf, ordered, type Line, type StateFilter, type Wish } from '../case-list.ts'
import { useHouse } from '../house.tsx'
import { stateWords, withdrawReasons } from '../sentences.ts'
import { useWhose } from '../use-whose.ts'
import { whenOf } from '../when.ts'
import type { FilterProps } from './filter-fields.tsx'

const FilterFields = later(async () => (await withWords(import('./filter-fields.tsx'))).FilterFields)
const WhyStillHere = later(async () => (await withWords(import('./why-not-sent.tsx'))).WhyStillHere)

const states: readonly StateFilter[] = [
  'all',
  'draft',
  'ready',
  'received',
  'opened',
  'attention',
  'tablet-only',
  'old',
  'closed',
  'withdrawn',
]

interface Props {
  readonly cases: readonly CaseSummary[]
  readonly now: number
  readonly busy: boolean
  readonly onBegin: () => void
}

/** All cases: searched, filtered and sorted in memory, drawn as far as they are near the screen. */
export function Cases({ cases, now, busy, onBegin }: Props): ReactNode {
  const { t, i18n } = useLingui()
  const { go, tidied } = useHouse()
  const [wish, setWish] = useState<Wish>(everything)
  const set = (change: Partial<Wish>) => setWish((before) => ({ ...before, ...change }))
  // oxlint-disable-next-line react/exhaustive-deps -- the words of a line change with the language
  const lines = useMemo(() => linesOf(cases, (state) => t(stateWords[state]), now), [cases, now, t, i18n.locale])
  const wanted = useDeferredValue(wish)
  const inOrder = useMemo(() => ordered(lines, wanted.order), [lines, wanted.order])
  const found = useMemo(() => find(inOrder, wanted), [inOrder, wanted])
  const place = useRef<HTMLDivElement>(null)
  const open = useCallback(
    (one: CaseSummary) => go({ name: 'case', id: one.id, ...(hasUnsent(one) && { section: 'send' }) }),
    [go],
  )
  const changed = useMemo(() => new Set(tidied?.changed), [tidied])
  const whose = useWhose(cases)
  const draw = useCallback(
    ({ one }: Line) => <CaseRow one={one} changed={changed.has(one.id)} who={whose(one)} onOpen={open} />,
    [changed, whose, open],
  )
  // What is typed is on the screen before the list follows it.
  const list = useMemo(
    () =>
      found.lines.length > 0 && (
        <WindowedList items={found.lines} keyOf={keyOf} draw={draw} label={t`Cases`} className="card rows" />
      ),
    [found.lines, draw, t],
  )
  const narrowed = wish.text !== '' || wish.state !== 'all' || narrowing(wish) > 0
  return (
    <>
      <div className="filters">
        <div className="box">
          <Search aria-hidden="true" />
          <Field
            type="search"
            aria-label={t`Search by code, place, month or form of exploitation`}
            placeholder={t`Code, place, month, form`}
            value={wish.text}
            onChange={(event) => set({ text: event.target.value })}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return
              event.preventDefault()
              place.current?.querySelector<HTMLElement>('[role=listitem] > button')?.focus()
            }}
          />
        </div>
        <Button look="first" disabled={busy} onClick={onBegin}>
          <FilePlus2 aria-hidden="true" /> <Trans>New case</Trans>
        </Button>
      </div>
      <StateFilters wish={wish} counts={found.counts.state} lines={lines} onChoose={(state) => set({ state })} />
      {cases.length > 1 && <MoreFilters wish={wish} found={found} lines={lines} onChange={set} />}
      <div className="together found" ref={place}>
        {narrowed && (
          <p className="small grow" role="status">
            {found.lines.length === 0 ? (
              <Trans>No case fits this search.</Trans>
            ) : (
              <Trans>
                {formatNumber(found.lines.length)} of {formatNumber(cases.length)} cases
              </Trans>
            )}
          </p>
        )}
        {narrowed && (
          <Button look="quiet" onClick={() => setWish({ ...everything, order: wish.order })}>
            <Trans>Show all</Trans>
          </Button>
        )}
        {list}
      </div>
    </>
  )
}

/** Changed since it was sent: it opens at what changed. */
const hasUnsent = (one: CaseSummary): boolean => one.changedSinceSent && one.state !== 'draft'

const keyOf = ({ one }: Line): string => one.id
const narrowing = ({ form, country, month }: Wish): number => [form, country, month].filter(Boolean).length

const filterWords = {
  ...stateWords,
  all: msg`All`,
  old: msg`Older than 14 days`,
  closed: msg`Closed`,
  withdrawn: msg`Withdrawn`,
} as const satisfies Record<StateFilter, MessageDescriptor>

interface StateProps {
  readonly wish: Wish
  readonly counts: ReadonlyMap<string, number>
  readonly lines: readonly Line[]
  readonly onChoose: (state: StateFilter) => void
}

/** States that occur, each with how many it would show; what occurs does not vanish while something is searched. */
function StateFilters({ wish, counts, lines, onChoose }: StateProps): ReactNode {
  const { t } = useLingui()
  const occurring = useMemo(
    () => new Set<StateFilter>(['all', ...lines.flatMap(({ values }) => values.state)]),
    [lines],
  )
  return (
    <div className="filters" role="group" aria-label={t`Show only`}>
      {states
        .filter((state) => occurring.has(state))
        .map((state) => (
          <button
            key={state}
            type="button"
            className={`pill pick${state === 'attention' || state === 'old' ? ' warn' : ''}`}
            aria-pressed={wish.state === state}
            onClick={() => onChoose(state)}
          >
            {t(filterWords[state])} <span className="num">{formatNumber(counts.get(state) ?? 0)}</span>
          </button>
        ))}
    </div>
  )
}

function MoreFilters(props: FilterProps): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const chosen = narrowing(props.wish)
  return (
    <Details
      title={t`Filter and sort`}
      after={chosen > 0 ? formatNumber(chosen) : undefined}
      open={open}
      onToggle={setOpen}
    >
      <FilterFields {...props} />
    </Details>
  )
}

interface RowProps {
  readonly one: CaseSummary
  /** Outside the app: see `tidy` of the vault. */
  readonly changed: boolean
  /** Who may open it, where it says so. */
  readonly who: string | undefined
  readonly onOpen: (one: CaseSummary) => void
}

const CaseRow = memo(function CaseRow({ one, changed, who, onOpen }: RowProps): ReactNode {
  const { t, i18n } = useLingui()
  const share = one.step1.asked === 0 ? 0 : one.step1.answered / one.step1.asked
  const country = one.country === undefined ? '' : countryName(one.country, i18n.locale)
  const people = [
    plural(one.victims, { one: '# victim', other: '# victims' }),
    ...(one.perpetrators > 0 ? [plural(one.perpetrators, { one: '# perpetrator', other: '# perpetrators' })] : []),
  ]
  const about = formatParts([formatList(one.toe.map((code) => inBrief(formLabel(code)))), country])
  const beside = [
    ...(one.withdrawn ? [t(stateWords[one.state])] : []),
    ...(hasUnsent(one) ? [t`changes not sent`] : []),
    ...(one.closed ? [t`closed`] : []),
  ]
  return (
    <button type="button" className="row" onClick={() => onOpen(one)}>
      <b className="code">
        <bdi dir="ltr">{showCaseCode(one.code)}</bdi>
      </b>
      <span className="what">
        <span className="line">
          {one.withdrawn ? t(withdrawReasons[one.withdrawn]) : formatList(people)}
          {changed && (
            <>
              {' · '}
              <b>
                <Trans>changed outside of Daybook</Trans>
              </b>
            </>
          )}
          {one.copyOf !== undefined && (
            <>
              {' · '}
              <Trans>second version of a case; both were kept</Trans>
            </>
          )}
        </span>
        <span className="small">
          {about !== '' && `${about} · `}
          {whenOf(one.changedAt)}
          {who !== undefined && ` · ${who}`}
        </span>
        {one.state === 'attention' && one.lastCode !== undefined && (
          <span className="small">
            <WhyStillHere code={one.lastCode} />
          </span>
        )}
      </span>
      <span className="meter" hidden={one.withdrawn !== undefined}>
        <span className="track" aria-hidden="true">
          <i style={{ inlineSize: `${Math.round(share * 100)}%` }} />
        </span>
        <span className="small num">
          <Trans>step 1 {formatShare(share)}</Trans>
        </span>
      </span>
      <span className="state">
        <span className={`pill ${one.withdrawn ? '' : pillLook[one.state]}`}>
          {one.withdrawn ? t`Withdrawn` : t(stateWords[one.state])}
        </span>
        {beside.length > 0 && <span className="small">{beside.join(' · ')}</span>}
      </span>
    </button>
  )
})

const pillLook = {
  draft: '',
  ready: 'accent',
  received: 'ok',
  opened: 'ok',
  attention: 'warn',
  'tablet-only': '',
} as const satisfies Record<CaseState, string>
