import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, FilePlus2, Search, Send, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { formLabel } from '../../form/wording.ts'
import { formatDay, formatNumber, formatShare, formatTime } from '../../i18n/format.ts'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { latinDigits } from '../../ui/text-input.tsx'
import type { CaseList, CaseState, CaseSummary } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { boxSentences, deliverySentences, stateWords } from '../sentences.ts'
import { TopBar } from '../top-bar.tsx'
import { useStorageKept } from '../use-storage-kept.ts'

/** What there is to do: the case that was open last, what waits, all cases, and a new one. */
export function Home(): ReactNode {
  const house = useHouse()
  const { vault, go } = house
  const list = useCaseList()
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    setBusy(true)
    const made = await vault.newCase().catch(() => undefined)
    setBusy(false)
    if (made) go({ name: 'case', id: made.id, fresh: true })
  }
  return (
    <>
      <TopBar title={<Trans>Daybook</Trans>} />
      <main className="page">
        {list && <Warnings list={list} />}
        {list && <Continue list={list} />}
        <OutboxLine />
        {list === undefined && (
          <p role="status" className="small">
            <Trans>Opening your cases …</Trans>
          </p>
        )}
        {list?.cases.length === 0 && <Empty busy={busy} onBegin={() => void begin()} />}
        {list !== undefined && list.cases.length > 0 && (
          <Cases cases={list.cases} busy={busy} onBegin={() => void begin()} />
        )}
      </main>
    </>
  )
}

function useCaseList(): CaseList | undefined {
  const { vault, carried } = useHouse()
  const [list, setList] = useState<CaseList>()
  useEffect(() => {
    let here = true
    void vault.list().then((cases) => here && setList(cases))
    return () => {
      here = false
    }
  }, [vault, carried])
  return list
}

function Warnings({ list }: { readonly list: CaseList }): ReactNode {
  const { settingsChanged } = useHouse()
  const kept = useStorageKept()
  return (
    <>
      {settingsChanged && (
        <Notice look="must">
          <Trans>
            Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
          </Trans>
        </Notice>
      )}
      {list.unreadable > 0 && (
        <Notice look="warn">
          <Plural
            value={list.unreadable}
            one="# case cannot be opened. The others are fine. Keep the tablet and contact your lead."
            other="# cases cannot be opened. The others are fine. Keep the tablet and contact your lead."
          />
        </Notice>
      )}
      {kept === false && (
        <Notice look="warn">
          <Trans>
            This browser may remove what is stored when the tablet runs short of space. Install Daybook as an app, and
            send finished cases soon.
          </Trans>
        </Notice>
      )}
    </>
  )
}

const byNewest = (a: CaseSummary, b: CaseSummary): number => Date.parse(b.changedAt) - Date.parse(a.changedAt)
const unfinished = (one: CaseSummary): boolean => one.state === 'draft' || one.changedSinceSent

function Continue({ list }: { readonly list: CaseList }): ReactNode {
  const { go } = useHouse()
  const last = list.cases.filter(unfinished).toSorted(byNewest)[0]
  if (!last) return null
  return (
    <section className="card continue" aria-label={showCaseCode(last.code)}>
      <div>
        <h2>
          <Trans>
            Case <bdi dir="ltr">{showCaseCode(last.code)}</bdi>
          </Trans>
        </h2>
        <p className="small">
          <Trans>saved {whenOf(last.changedAt)}</Trans>
        </p>
      </div>
      <Button look="first" onClick={() => go({ name: 'case', id: last.id })}>
        <Trans>Continue</Trans>
      </Button>
    </section>
  )
}

/** What waits, when there was contact last, and why not now: proven words only. */
function OutboxLine(): ReactNode {
  const { t } = useLingui()
  const { outbox, organisation, go } = useHouse()
  if (!outbox || !organisation) return null
  const wrong = outbox.lastCode !== '' && (outbox.waiting > 0 || outbox.refused > 0)
  return (
    <p className={wrong ? 'saved attention' : 'saved'}>
      {wrong ? (
        <TriangleAlert aria-hidden="true" />
      ) : outbox.waiting > 0 ? (
        <Send aria-hidden="true" />
      ) : (
        <CircleCheck aria-hidden="true" />
      )}
      <span>
        {outbox.waiting === 0 ? (
          <Trans>Nothing waits to be sent.</Trans>
        ) : (
          <Plural value={outbox.waiting} one="# case waits to be sent." other="# cases wait to be sent." />
        )}{' '}
        {wrong && t(deliverySentences[outbox.lastCode])}{' '}
        {outbox.lastContactAt > 0 && (
          <Trans>Last contact: {whenOf(new Date(outbox.lastContactAt).toISOString())}.</Trans>
        )}{' '}
        <button type="button" className="link" onClick={() => go({ name: 'outbox' })}>
          <Trans>Details</Trans>
        </button>
      </span>
    </p>
  )
}

function Empty({ busy, onBegin }: { readonly busy: boolean; readonly onBegin: () => void }): ReactNode {
  const { organisation } = useHouse()
  return (
    <section className="nothing-yet">
      <FilePlus2 aria-hidden="true" />
      <h2>
        <Trans>No case yet</Trans>
      </h2>
      <p>
        {organisation ? (
          <Trans>
            Answer what you know and stop at any moment: everything is saved on this tablet as you type, with or without
            a network. Nothing leaves before you send it, and then only sealed for <bdi>{organisation.name}</bdi>.
          </Trans>
        ) : (
          <Trans>Answer what you know and stop at any moment: everything is saved on this tablet as you type.</Trans>
        )}
      </p>
      <Button look="first" disabled={busy} onClick={onBegin}>
        <Trans>New case</Trans>
      </Button>
    </section>
  )
}

type Filter = 'all' | CaseState
const filters: readonly Filter[] = ['all', 'draft', 'ready', 'received', 'opened', 'attention', 'tablet-only']

interface CasesProps {
  readonly cases: readonly CaseSummary[]
  readonly busy: boolean
  readonly onBegin: () => void
}

function Cases({ cases, busy, onBegin }: CasesProps): ReactNode {
  const { t } = useLingui()
  const [wanted, setWanted] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const counts = useMemo(() => countsOf(cases), [cases])
  const shown = cases
    .filter((one) => (filter === 'all' || one.state === filter) && matches(one, wanted))
    .toSorted(byNewest)
  return (
    <>
      <div className="filters">
        <div className="box">
          <Search aria-hidden="true" />
          <Field
            type="search"
            aria-label={t`Search by code or form of exploitation`}
            placeholder={t`Search by code or form`}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </div>
        <Button look="first" disabled={busy} onClick={onBegin}>
          <FilePlus2 aria-hidden="true" /> <Trans>New case</Trans>
        </Button>
      </div>
      <div className="filters" role="group" aria-label={t`Show only`}>
        {filters
          .filter((one) => one === 'all' || (counts.get(one) ?? 0) > 0)
          .map((one) => (
            <button
              key={one}
              type="button"
              className={`pill pick${one === 'attention' ? ' warn' : ''}`}
              aria-pressed={filter === one}
              onClick={() => setFilter(one)}
            >
              {one === 'all' ? t`All` : t(stateWords[one])}{' '}
              <span className="num">{formatNumber(one === 'all' ? cases.length : (counts.get(one) ?? 0))}</span>
            </button>
          ))}
      </div>
      {shown.length === 0 ? (
        <p role="status">
          <Trans>No case fits this search.</Trans>
        </p>
      ) : (
        <ul className="card rows">
          {shown.map((one) => (
            <CaseRow key={one.id} one={one} />
          ))}
        </ul>
      )}
    </>
  )
}

function CaseRow({ one }: { readonly one: CaseSummary }): ReactNode {
  const { t } = useLingui()
  const { go } = useHouse()
  const share = one.step1.asked === 0 ? 0 : one.step1.answered / one.step1.asked
  const forms = one.toe.map(formLabel).join(', ')
  return (
    <li>
      <button type="button" className="row" onClick={() => go({ name: 'case', id: one.id })}>
        <b className="code">
          <bdi dir="ltr">{showCaseCode(one.code)}</bdi>
        </b>
        <span className="what">
          <span className="line">
            <Plural value={one.victims} one="# victim" other="# victims" />
            {one.perpetrators > 0 && (
              <>
                {', '}
                <Plural value={one.perpetrators} one="# perpetrator" other="# perpetrators" />
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
            {forms !== '' && `${forms} · `}
            {whenOf(one.changedAt)}
          </span>
          {one.state === 'attention' && one.lastCode !== undefined && (
            <span className="small">{t(boxSentences[one.lastCode])}</span>
          )}
        </span>
        <span className="meter">
          <span className="track" aria-hidden="true">
            <i style={{ inlineSize: `${Math.round(share * 100)}%` }} />
          </span>
          <span className="small num">
            <Trans>step 1 {formatShare(share)}</Trans>
          </span>
        </span>
        <span className={`pill ${pillLook[one.state]}`}>
          {t(stateWords[one.state])}
          {one.changedSinceSent && one.state !== 'draft' && (
            <>
              {' · '}
              <Trans>changes not sent</Trans>
            </>
          )}
        </span>
      </button>
    </li>
  )
}

const pillLook = {
  draft: '',
  ready: 'accent',
  received: 'ok',
  opened: 'ok',
  attention: 'warn',
  'tablet-only': '',
} as const satisfies Record<CaseState, string>

function countsOf(cases: readonly CaseSummary[]): ReadonlyMap<CaseState, number> {
  const counts = new Map<CaseState, number>()
  for (const one of cases) counts.set(one.state, (counts.get(one.state) ?? 0) + 1)
  return counts
}

function matches(one: CaseSummary, wanted: string): boolean {
  const text = latinDigits(wanted).trim().toLocaleLowerCase()
  if (text === '') return true
  const digits = text.replace(/\s/g, '')
  return (
    (/^\d+$/.test(digits) && one.code.includes(digits)) ||
    one.toe.some((code) => formLabel(code).toLocaleLowerCase().includes(text))
  )
}

/** The time for today, the day for other days. */
function whenOf(moment: string): string {
  const at = new Date(moment)
  return at.toDateString() === new Date().toDateString() ? formatTime(at) : formatDay(at)
}
