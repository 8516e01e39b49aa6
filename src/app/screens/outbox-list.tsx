import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useCallback, useMemo } from 'react'
import { formatMoment, formatNumber, formatPartialDate, formatSize } from '../../i18n/format.ts'
import type { OutboxView } from '../../outbox/outbox.ts'
import type { OutboxCode } from '../../database.ts'
import { showCaseCode } from '../../record/ids.ts'
import { WindowedList } from '../../ui/windowed-list.tsx'
import type { BoxedLine, WaitingBox } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { boxSentences, deliverySentences } from '../delivery-sentences.ts'
import { stateWords } from '../sentences.ts'
import { momentOf } from '../when.ts'

const mendedByALink: ReadonlySet<OutboxCode> = new Set(['E-DEVICE', 'E-CODE', 'E-ENDPOINT', 'E-CONFIG', 'revoked'])

/** New settings or a new link would let this box go. */
export const needsALink = ({ lastCode }: WaitingBox): boolean => mendedByALink.has(lastCode)

/** One case in a box, or a box of which nobody here may know more. */
interface Line {
  readonly key: string
  readonly box: WaitingBox
  readonly held?: BoxedLine
}

interface Props {
  readonly boxes: readonly WaitingBox[]
  readonly outbox: OutboxView
  /** Nothing is ever tried. */
  readonly byFile: boolean
}

/** What waits, case by case, those that need somebody first. */
export function WaitingList({ boxes, outbox, byFile }: Props): ReactNode {
  const { t } = useLingui()
  const { go } = useHouse()
  const lines = useMemo(() => boxes.flatMap(linesOf), [boxes])
  const { nextAt, triedAt, lastCode: overall } = outbox
  const line = useMemo(() => ({ nextAt, triedAt, overall, byFile }), [nextAt, triedAt, overall, byFile])
  const draw = useCallback(
    ({ box, held }: Line) => {
      const said = <Said box={box} held={held} {...line} />
      const id = held?.id
      if (id === undefined) return <div className="row">{said}</div>
      return (
        <button type="button" className="row" onClick={() => go({ name: 'case', id, section: 'send' })}>
          {said}
        </button>
      )
    },
    [go, line],
  )
  return <WindowedList items={lines} keyOf={({ key }) => key} draw={draw} label={t`Waiting`} className="card rows" />
}

function linesOf(box: WaitingBox): Line[] {
  if (box.holds.length === 0) return [{ key: box.boxId, box }]
  return box.holds.map((held) => ({ key: `${box.boxId} ${held.id ?? held.code} ${held.revision ?? ''}`, box, held }))
}

interface SaidProps extends Pick<OutboxView, 'nextAt' | 'triedAt'> {
  readonly box: WaitingBox
  readonly held: BoxedLine | undefined
  readonly overall: OutboxView['lastCode']
  readonly byFile: boolean
}

function Said({ box, held, nextAt, triedAt, overall, byFile }: SaidProps): ReactNode {
  const { t } = useLingui()
  const { state, size, lastCode, savedOn } = box
  // What is wrong with the line as a whole stands above the list.
  const why = lastCode !== '' && boxSentences[lastCode] !== deliverySentences[overall] && boxSentences[lastCode]
  const together = box.cases - 1
  return (
    <>
      <b className="code">{held ? <bdi dir="ltr">{showCaseCode(held.code)}</bdi> : <Trans>Sealed</Trans>}</b>
      <span className="what">
        <span className="line">
          {held ? <What held={held} /> : <Trans>Of another account, or its case was removed here</Trans>}
        </span>
        <span className="small">
          {formatSize(size)}
          {held && together > 0 && (
            <>
              {' · '}
              <Plural value={together} one="in one box with # other case" other="in one box with # other cases" />
            </>
          )}
          {!held && box.cases > 1 && (
            <>
              {' · '}
              <Plural value={box.cases} one="# case" other="# cases" />
            </>
          )}
          {!byFile && <Tries box={box} nextAt={nextAt} triedAt={triedAt} />}
        </span>
        {why && <span className="small">{t(why)}</span>}
        {box.revoked && (
          <span className="small">
            <Trans>
              It is sealed for a key that your organisation has withdrawn. It is sealed anew when its account opens
              Daybook.
            </Trans>
          </span>
        )}
        {box.letGo && (
          <span className="small">
            <Trans>
              The receiver had it and has to get it once more, and its sealed copy here had made room. It is sealed anew
              when its account opens Daybook.
            </Trans>
          </span>
        )}
        {isTooLarge(lastCode) && together > 0 && (
          <span className="small">
            <Trans>It is sent in smaller parts after the next unlock.</Trans>
          </span>
        )}
        {savedOn !== undefined && (
          <span className="small">
            <Trans>Saved as a file on {formatPartialDate(savedOn)}, not yet confirmed</Trans>
          </span>
        )}
      </span>
      <span className="state">
        <span className={`pill ${state === 'attention' ? 'warn' : 'accent'}`}>{t(stateWords[state])}</span>
      </span>
    </>
  )
}

const isTooLarge = (code: OutboxCode): boolean => code === 'E-TOO-LARGE' || code === 'too-large'

function What({ held }: { readonly held: BoxedLine }): ReactNode {
  const at = formatMoment(held.at)
  if (held.kind === 'change') return <Trans>Change by code · {at}</Trans>
  return (
    <Trans>
      Version {formatNumber(held.revision ?? 1)} · {at}
    </Trans>
  )
}

/** When it was tried last and is tried next, as far as that is known of this very box. */
function Tries({ box, nextAt, triedAt }: Pick<SaidProps, 'box' | 'nextAt' | 'triedAt'>): ReactNode {
  const next = box.nextAt > 0 ? box.nextAt : nextAt
  const withTheOthers = box.nextAt === 0 && box.lastCode !== '' && triedAt > 0
  const refused = box.state === 'attention' && box.nextAt === 0
  return (
    <>
      {!box.tried && (
        <>
          {' · '}
          <Trans>not tried yet</Trans>
        </>
      )}
      {box.tried && withTheOthers && (
        <>
          {' · '}
          <Trans>last try {momentOf(triedAt)}</Trans>
        </>
      )}
      {next > 0 && !refused && (
        <>
          {' · '}
          <Trans>next try {momentOf(next)}</Trans>
        </>
      )}
    </>
  )
}
