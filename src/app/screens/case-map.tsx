import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronDown, Plus, Send } from 'lucide-react'
import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Codebook } from '../../codebook/codebook.ts'
import type { Step } from '../../codebook/variable.ts'
import { PersonMark } from '../../form/marks.tsx'
import type { Section } from '../../form/sections.ts'
import { formatNumber } from '../../i18n/format.ts'
import { completeness } from '../../record/completeness.ts'
import type { Draft } from '../../record/draft.ts'
import type { Judgement } from '../../record/rules.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Meter } from '../../ui/meter.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** A place on the map: a section, or the sending at its end. */
export type Stop = Section | { readonly key: string; readonly kind: 'send'; readonly title: string }

interface Props {
  readonly stops: readonly Stop[]
  readonly current: string
  readonly draft: Draft
  readonly judgement: Judgement
  readonly steps: readonly Step[]
  readonly asked: Codebook
  readonly onGo: (section: string) => void
  readonly onAdd?: (kind: 'victim' | 'perpetrator') => void
}

/** Scrolls the map alone, and never the page, until its current line is seen. */
function showCurrent(map: HTMLElement | null): void {
  const line = map?.querySelector('[aria-current]')?.getBoundingClientRect()
  if (!map || !line) return
  const { top, bottom } = map.getBoundingClientRect()
  if (line.bottom > bottom) map.scrollTop += line.bottom - bottom
  if (line.top < top) map.scrollTop -= top - line.top
}

/** The map of a case: every section with its state by shape and word, and how deep it goes. */
export const CaseMap = memo(function CaseMap(props: Props): ReactNode {
  const { stops, current, draft, judgement, steps, asked, onGo, onAdd } = props
  const { t } = useLingui()
  const line = (stop: Stop, sub = false) => (
    <MapLine key={stop.key} stop={stop} sub={sub} current={stop.key === current} onGo={onGo} />
  )
  const group = (kind: 'victim' | 'perpetrator', head: string, add: string) => (
    <>
      <div className="head">{head}</div>
      {stops.filter((stop) => stop.kind === kind).map((stop) => line(stop, true))}
      {onAdd && (
        <button type="button" className="sub" onClick={() => onAdd(kind)}>
          <Plus aria-hidden="true" />
          <span className="small">{add}</span>
        </button>
      )}
    </>
  )
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    showCurrent(nav.current)
  }, [current])
  return (
    <nav ref={nav} className="map" aria-label={t`Map of the case`}>
      {stops.filter((stop) => stop.kind === 'event').map((stop) => line(stop))}
      {group('victim', t`Victims`, t`Add a victim`)}
      {group('perpetrator', t`Perpetrators`, t`Add a perpetrator`)}
      {stops
        .filter((stop) => stop.kind === 'links' || stop.kind === 'reportingEntity' || stop.kind === 'send')
        .map((stop) => line(stop))}
      <Depth draft={draft} judgement={judgement} steps={steps} asked={asked} />
    </nav>
  )
})

interface LineProps {
  readonly stop: Stop
  /** Stands under a head, with who it is. */
  readonly sub: boolean
  readonly current: boolean
  readonly onGo: (section: string) => void
}

const MapLine = memo(function MapLine({ stop, sub, current, onGo }: LineProps): ReactNode {
  return (
    <button
      type="button"
      className={sub ? 'sub' : undefined}
      aria-current={current ? 'page' : undefined}
      onClick={() => onGo(stop.key)}
    >
      {stop.kind === 'send' ? <Send aria-hidden="true" /> : <StateMark state={stop.state} word={stop.word} />}
      <span>
        {stop.title}
        {stop.kind !== 'send' && sub && (
          <span className="small">
            <PersonMark id={stop.key} word /> {stop.summary}
          </span>
        )}
      </span>
      {stop.kind !== 'send' && stop.attention > 0 && <span className="num small">{formatNumber(stop.attention)}</span>}
    </button>
  )
})

function Depth({ draft, judgement, steps, asked }: Pick<Props, 'draft' | 'judgement' | 'steps' | 'asked'>): ReactNode {
  const { t } = useLingui()
  const counts = useMemo(() => completeness(draft, judgement, steps, asked), [draft, judgement, steps, asked])
  return (
    <div className="depth">
      {steps.map((step) => {
        const { answered, asked } = counts.steps[step] ?? { answered: 0, asked: 0 }
        return (
          <Meter
            key={step}
            label={t`Step ${formatNumber(step)}`}
            value={answered}
            of={asked}
            text={`${formatNumber(answered)}/${formatNumber(asked)}`}
          />
        )
      })}
    </div>
  )
}

interface StepperProps {
  readonly stops: readonly Stop[]
  readonly at: number
  /** The map, with what it does when a line of it is chosen. */
  readonly children: (onChosen: () => void) => ReactNode
}

/** The map on a small screen: one line that says where one is, and a sheet with the whole of it. */
export function Stepper({ stops, at, children }: StepperProps): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const stop = stops[at]
  return (
    <>
      <button type="button" className="stepper" onClick={() => setOpen(true)}>
        {stop && stop.kind !== 'send' ? <StateMark state={stop.state} /> : <Send aria-hidden="true" />}
        <b className="grow">
          {stop?.title} {stop && <PersonMark id={stop.key} word />}
        </b>
        <span className="small num">
          <Trans>
            {formatNumber(at + 1)} of {formatNumber(stops.length)}
          </Trans>
        </span>
        <ChevronDown aria-hidden="true" />
        <span className="unseen">{t`Map of the case`}</span>
      </button>
      <Dialog title={t`Map of the case`} open={open} onClose={() => setOpen(false)} shape="drawer">
        <div className="map-sheet">{children(() => setOpen(false))}</div>
      </Dialog>
    </>
  )
}
