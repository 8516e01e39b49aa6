import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft } from 'lucide-react'
import {
  type ComponentProps,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Step } from '../../codebook/variable.ts'
import { withWords } from '../../i18n/with-words.ts'
import type { Answer } from '../../record/answers.ts'
import { CaseFormProvider, useCaseForm } from '../../form/case-form.tsx'
import { useCaseUndo, type CaseUndo } from '../../form/case-undo.ts'
import { caretAt, type Caret, SectionView } from '../../form/section-view.tsx'
import { onward, type Onward } from '../../form/onward.ts'
import { PersonMark } from '../../form/marks.tsx'
import { sectionKeyOf, sectionRefs } from '../../form/questions.ts'
import { sectionsOf } from '../../form/sections.ts'
import { useReused } from '../../form/use-reused.ts'
import { inBrief, labelOf } from '../../form/wording.ts'
import { addPerpetrator, addVictim, type Draft } from '../../record/draft.ts'
import { newId, showCaseCode } from '../../record/ids.ts'
import { momentNow } from '../../record/moment.ts'
import { isPresent } from '../../record/units.ts'
import { Button } from '../../ui/button.tsx'
import { later, OnItsWay } from '../../ui/later.tsx'
import type { CasePlace, OpenCase } from '../../vault/api.ts'
import { copyDrafts } from '../copy-drafts.ts'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'
import { useAsked } from '../use-asked.ts'
import { type Autosaving, useAutosave, useSaveState } from '../use-autosave.ts'
import { useAwake } from '../use-awake.ts'
import { useCaseLease } from '../use-case-lease.ts'
import { CaseMap, Stepper, type Stop } from './case-map.tsx'
import { SavedLine } from './saved-line.tsx'

const SecondVersion = later(async () => (await withWords(import('./second-version.tsx'))).SecondVersion)
const CheckAndSend = later(async () => (await withWords(import('./check-and-send.tsx'))).CheckAndSend)
const MissingCase = later(async () => (await withWords(import('./missing-case.tsx'))).MissingCase)
const ReadOnlyHere = later(async () => (await withWords(import('./two-tabs.tsx'))).ReadOnlyHere)
const WrittenTwice = later(async () => (await withWords(import('./two-tabs.tsx'))).WrittenTwice)
const PossibleDoubles = later(async () => (await withWords(import('./possible-doubles.tsx'))).PossibleDoubles)
const WithdrawnCase = later(async () => (await withWords(import('./withdrawn-case.tsx'))).WithdrawnCase)

interface Props {
  readonly id: string
  /** Just begun: it opens at the person. */
  readonly fresh: boolean
  /** Where to open it, instead of where it was left. */
  readonly section?: string | undefined
}

/** One case: the map, one section at a time, and what leads to sending it. */
export function CaseScreen({ id, fresh, section }: Props): ReactNode {
  const { vault, carried, boxAdded } = useHouse()
  const lease = useCaseLease(id)
  const undo = useCaseUndo()
  useEffect(() => () => void copyDrafts(vault, boxAdded, id), [vault, id, boxAdded])
  const [open, setOpen] = useState<Opening>()
  const reopen = useCallback(
    async (fromDraft: boolean) => {
      const found = await vault.open(id).catch(() => undefined)
      setOpen((before) => ({ found, nth: (before?.nth ?? 0) + (fromDraft ? 1 : 0) }))
    },
    [vault, id],
  )
  useEffect(() => {
    void reopen(true)
    void vault.note('view', id).catch(() => undefined)
  }, [reopen, vault, id])
  // A receipt moved a case: how far this one is may have changed, what is written in it has not.
  useEffect(() => {
    if (carried > 0) void reopen(false)
  }, [reopen, carried])
  // Nothing is written any more in what was withdrawn as a whole.
  const withdrawn = open?.found?.withdrawn !== undefined
  useEffect(() => {
    if (withdrawn) undo.drop()
  }, [withdrawn, undo])
  if (open !== undefined && open.found === undefined) return <MissingCase />
  if (open?.found === undefined || lease === undefined)
    return (
      <OnItsWay>
        <Trans>Opening the case …</Trans>
      </OnItsWay>
    )
  if (open.found.withdrawn !== undefined) return <WithdrawnCase open={open.found} reason={open.found.withdrawn} />
  return (
    <CaseEditor
      key={open.nth}
      open={section === undefined || open.nth > 1 ? open.found : { ...open.found, place: { section } }}
      fresh={fresh && open.nth === 1}
      readOnly={!lease}
      undo={undo}
      onSent={() => void reopen(true)}
    />
  )
}

interface Opening {
  readonly found: OpenCase | undefined
  /** Goes up when the form is to begin anew from what the vault holds. */
  readonly nth: number
}

interface EditorProps {
  readonly open: OpenCase
  readonly fresh: boolean
  readonly readOnly: boolean
  readonly undo: CaseUndo
  readonly onSent: () => void
}

const sending = 'send'

function CaseEditor({ open, fresh, readOnly, undo, onSent }: EditorProps): ReactNode {
  const { t, i18n } = useLingui()
  const { vault, organisation, go } = useHouse()
  useAwake()
  const [now] = useState(() => momentNow())
  const steps = useMemo<readonly Step[]>(() => organisation?.steps ?? [1, 2], [organisation])
  const asked = useAsked()
  const touch = useRef<() => void>(() => undefined)
  const onEdit = useCallback(() => touch.current(), [])
  const proposed = useMemo(() => proposedBy(open), [open])
  const sentVictims = useMemo(() => victimsSent(open), [open])
  const caseForm = useCaseForm(open.draft, {
    now,
    steps,
    asked,
    proposed,
    onEdit,
    aside: open.aside,
    sent: open.history.length > 0,
    sentVictims,
  })
  const { draft, judgement, change } = caseForm

  const [place, setPlace] = useState<CasePlace>(() => placeOf(open, fresh))
  const [sought, setSought] = useState<Sought>({ code: open.place?.field, caret: open.place?.caret, nth: 0 })
  /** The code of the question that somebody is at. */
  const [field, setField] = useState(open.place?.field)
  const focused = useRef<Element>(undefined)
  const saving = useAutosave(vault, open, () => {
    const caret = caretAt(focused.current)
    return {
      draft: caseForm.current(),
      place: { section: place.section, ...(field !== undefined && { field }), ...(caret && { caret }) },
      aside: caseForm.currentAside(),
    }
  })
  useEffect(() => {
    touch.current = readOnly ? () => undefined : saving.touch
  })

  // The map is drawn after what is at the finger, unless somebody came or went.
  const drawnLast = useDeferredValue(caseForm)
  const mapped = hasSameSections(drawnLast.draft, draft) ? drawnLast : caseForm
  const stops = useReused<readonly Stop[]>(
    useMemo(
      () => [
        ...sectionsOf(mapped.draft, mapped.judgement, { steps, asked }),
        { key: sending, kind: sending, title: t`Check and send` },
      ],
      // oxlint-disable-next-line react/exhaustive-deps -- the words of a line change with the language
      [mapped.draft, mapped.judgement, steps, asked, t, i18n.locale],
    ),
  )
  const at = Math.max(
    0,
    stops.findIndex(({ key }) => key === place.section),
  )
  const { touch: save } = saving
  const goTo = useCallback(
    (section: string, code?: string) => {
      setField(code)
      setSought(({ nth }) => ({ code, nth: nth + 1 }))
      setPlace({ section })
      if (!readOnly) save()
      if (code === undefined) scrollTo(0, 0)
    },
    [readOnly, save],
  )
  const add = useCallback(
    (kind: 'victim' | 'perpetrator') => {
      const id = newId()
      change((now) => (kind === 'victim' ? addVictim(now, id) : addPerpetrator(now, id)))
      goTo(id)
    },
    [change, goTo],
  )
  const current = stops[at]
  const before = stops[at - 1]
  const goBefore = useCallback(() => goTo(before?.key ?? 'event'), [goTo, before?.key])
  const next = useMemo(
    () =>
      current?.kind === sending
        ? undefined
        : onward(current?.key ?? 'event', field, draft, judgement, { steps, asked }),
    [current, field, draft, judgement, steps, asked],
  )
  useFocusOnTitle(place.section, sought)

  const map = { stops, current: current?.key ?? '', draft: mapped.draft, judgement: mapped.judgement, steps, asked }
  return (
    <CaseFormProvider value={caseForm} undo={undo}>
      <div className="heads">
        <TopBar
          title={
            <Trans>
              Case <bdi dir="ltr">{showCaseCode(open.code)}</bdi>
            </Trans>
          }
          caseId={open.id}
          status={<Saved saving={saving} open={open} readOnly={readOnly} onChanges={() => goTo(sending)} />}
        />
        <Stepper stops={stops} at={at}>
          {/* The sheet is gone before somebody is brought to a title, which could not take the focus behind it. */}
          {(onChosen) => (
            <CaseMap
              {...map}
              onGo={(key) => (onChosen(), goTo(key))}
              {...(!readOnly && { onAdd: (kind) => (onChosen(), add(kind)) })}
            />
          )}
        </Stepper>
      </div>
      <div className="workspace">
        <CaseMap {...map} onGo={goTo} {...(!readOnly && { onAdd: add })} />
        <main
          className="section"
          onFocus={(event) => {
            focused.current = event.target
            const code = codeOf(event.target)
            if (code !== undefined) setField(code)
          }}
        >
          {saving.conflict !== undefined && <WrittenTwice />}
          {open.copyOf !== undefined && !readOnly && <SecondVersion id={open.id} flush={saving.flush} />}
          {readOnly && <ReadOnlyHere />}
          <PossibleDoubles id={open.id} />
          {current?.key === sending ? (
            <CheckAndSend open={open} saving={saving} readOnly={readOnly} onGo={goTo} onSent={onSent} />
          ) : (
            <fieldset className="whole" disabled={readOnly}>
              <SectionView
                key={place.section}
                section={current?.key ?? 'event'}
                sought={sought.code}
                nth={sought.nth}
                caret={sought.caret}
                onRemoved={goBefore}
              />
            </fieldset>
          )}
        </main>
      </div>
      <footer className="thumb">
        <div>
          {before ? (
            <Button onClick={() => goTo(before.key)}>
              <Trans>Back</Trans>
            </Button>
          ) : (
            <Button onClick={() => go({ name: 'home' })}>
              <ArrowLeft className="onward" aria-hidden="true" /> <Trans>All cases</Trans>
            </Button>
          )}
          {next && <Next next={next} stops={stops} onGo={goTo} />}
        </div>
      </footer>
    </CaseFormProvider>
  )
}

function hasSameSections(one: Draft, other: Draft): boolean {
  const keys = (draft: Draft) => sectionRefs(draft).map(({ key }) => key)
  return keys(one).join() === keys(other).join()
}

type SavedProps = Omit<ComponentProps<typeof SavedLine>, 'state'> & { readonly saving: Autosaving }

function Saved({ saving, ...props }: SavedProps): ReactNode {
  return <SavedLine {...props} state={useSaveState(saving)} />
}

/** The question that somebody is taken to; the number goes up each time. */
interface Sought {
  readonly code: string | undefined
  readonly caret?: Caret | undefined
  readonly nth: number
}

interface NextProps {
  readonly next: Onward
  readonly stops: readonly Stop[]
  readonly onGo: (section: string, code?: string) => void
}

/** Says where it leads: to an open question of this section, or, when none is left, to somebody or something else. */
function Next({ next, stops, onGo }: NextProps): ReactNode {
  const { t } = useLingui()
  if (next.to === 'question') {
    const { at, variable } = next.place
    const words = inBrief(labelOf(variable))
    return (
      <Button look="first" onClick={() => onGo(sectionKeyOf(at, variable), variable.code)}>
        <span className="cut">{t`Next: ${words}`}</span>
      </Button>
    )
  }
  const key = next.to === 'end' ? sending : next.section.key
  const title = stops.find((stop) => stop.key === key)?.title ?? ''
  return (
    <Button look="first" onClick={() => onGo(key)}>
      <span className="cut">{t`Next: ${title}`}</span> <PersonMark id={key} />
    </Button>
  )
}

function victimsSent({ sent }: OpenCase): ReadonlySet<string> | undefined {
  return sent?.state === 'complete' ? new Set(sent.victims.filter(isPresent).map(({ id }) => id)) : undefined
}

/** Answers that stand in a new case without anybody having given them: said to be proposed until they are changed. */
function proposedBy({ draft, history }: OpenCase): Readonly<Record<string, Answer>> {
  if (history.length > 0) return {}
  const answers = { ...draft.reportingEntity.answers, ...draft.event.answers }
  return Object.fromEntries(
    ['rer', 'geo', 'dat'].flatMap((code) => (code in answers ? [[code, answers[code]]] : [])),
  ) as Record<string, Answer>
}

function placeOf(open: OpenCase, fresh: boolean): CasePlace {
  const person = open.draft.victims.find(isPresent)?.id ?? 'event'
  return open.place ?? { section: fresh ? person : 'event' }
}

/** The code of the question that holds this element, from the id of its group. */
function codeOf(element: Element): string | undefined {
  return element.closest('fieldset.question')?.id.split('-').at(-1)
}

/** A new section is read from its title; somebody sent to a question is brought there by the section itself. */
function useFocusOnTitle(section: string, { code, nth }: Sought): void {
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    if (code === undefined) document.getElementById('section-title')?.focus({ preventScroll: true })
  }, [section, code, nth])
}
