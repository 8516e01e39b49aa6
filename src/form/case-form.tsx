/**
 * The case that is being written, as one form over one draft. Every answer stays as it was given, fitting or not; rules
 * judge a copy a moment later, and never stand between a person and the keyboard. Nothing here stores, sends or seals.
 */
import { startTransition, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { createFormControl, useForm, type UseFormReturn } from 'react-hook-form'
import type { Step } from '../codebook/variable.ts'
import { codebook, type Codebook } from '../codebook/codebook.ts'
import { variableIn } from '../codebook/overlay.ts'
import type { Answer } from '../record/answers.ts'
import { isAsked } from '../record/completeness.ts'
import { withoutStaleConfirmations } from '../record/confirmations.ts'
import type { Draft } from '../record/draft.ts'
import { dayOf } from '../record/moment.ts'
import { reusing } from '../record/json.ts'
import { judge } from '../record/rules.ts'
import { noAside, tidyAside, withMarks, type Aside, type Told } from './aside.ts'
import { ActsContext, AsideContext, CaseContext, type CaseActs, type CaseForm } from './case-context.ts'
import { UndoProvider, useCaseUndo, type CaseUndo } from './case-undo.ts'
import { cleanDraft, withNulls } from './clean.ts'
import { useReused } from './use-reused.ts'

export interface CaseFormOptions {
  /** The moment of judging (`momentNow()`). */
  readonly now: string
  /** Which steps the organisation wants. */
  readonly steps: readonly Step[]
  /** The codebook as the organisation asks it; left out: as it is. */
  readonly asked?: Codebook
  /** What the device knows, by variable code (`rer`, `geo`, `dat`). */
  readonly proposed?: Readonly<Record<string, Answer>>
  /** What was kept beside the draft. */
  readonly aside?: Partial<Aside> | undefined
  /** A version was sent before. */
  readonly sent?: boolean
  /** Ids of the victims in that version, where they are known; else everybody may have been in it. */
  readonly sentVictims?: ReadonlySet<string> | undefined
  /** Something changed: time to think of saving `current()`. */
  readonly onEdit?: () => void
}

const nothing: Readonly<Record<string, Answer>> = {}

/**
 * In milliseconds: what is typed is judged when the fingers rest, and drawn between two keys, so that no key waits for it.
 * A tap is judged at once, and what it asks comes in the picture that shows the tap.
 */
const pause = 150

function isTyping(): boolean {
  const held = document.activeElement
  return held instanceof HTMLInputElement && held.type !== 'radio' && held.type !== 'checkbox'
}

/** The form begins with the draft's values but has no default ones, which would come back in place of a removed unit's. */
function useDraftForm(draft: Draft): UseFormReturn<Draft> {
  const [formControl] = useState(() => {
    const made = createFormControl<Draft>({ mode: 'onChange' }).formControl
    made.reset(draft, { keepDefaultValues: true })
    return made
  })
  return useForm<Draft>({ formControl, mode: 'onChange' })
}

/** A case form over this draft. The draft is read once: give the component that calls it the case's id as its key. */
export function useCaseForm(draft: Draft, options: CaseFormOptions): CaseForm {
  const { now, steps, asked = codebook, proposed = nothing, sent = false, sentVictims, onEdit } = options
  const form = useDraftForm(draft)
  const [judged, setJudged] = useState(draft)
  const last = useRef(draft)
  const structural = useRef(false)
  const edited = useRef(onEdit)
  useEffect(() => {
    edited.current = onEdit
  })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const current = useCallback(() => withoutStaleConfirmations(last.current, cleanDraft(form.getValues())), [form])
  const settleDraft = useCallback(() => {
    clearTimeout(timer.current)
    const next = reusing(last.current, current())
    last.current = next
    if (next.confirmed.length < form.getValues('confirmed').length) form.setValue('confirmed', next.confirmed)
    setJudged(next)
  }, [form, current])
  useEffect(() => {
    const stop = form.subscribe({
      formState: { values: true },
      callback: () => {
        edited.current?.()
        clearTimeout(timer.current)
        if (structural.current || !isTyping()) settleDraft()
        else timer.current = setTimeout(() => startTransition(settleDraft), pause)
      },
    })
    return () => {
      clearTimeout(timer.current)
      stop()
    }
  }, [form, settleDraft])
  const judgement = useMemo(() => {
    const enabled = (code: string) => {
      const variable = variableIn(asked, code)
      return variable !== undefined && isAsked(variable, steps)
    }
    return judge(judged, { now, enabled })
  }, [judged, now, steps, asked])
  const { settle, ...beside } = useKeptAside(options.aside, judged, current, edited)
  const change = useCallback(
    (edit: (draft: Draft) => Draft) => {
      settle()
      structural.current = true
      form.setValues(withNulls(edit(current()), form.getValues()))
      structural.current = false
    },
    [form, current, settle],
  )
  const wasSent = useCallback((id: string) => sent && (sentVictims?.has(id) ?? true), [sent, sentVictims])
  const confirm = useCallback(
    (rule: string, at: string, confirmed: boolean) => {
      const others = form.getValues('confirmed').filter((one) => one.rule !== rule || one.at !== at)
      form.setValue('confirmed', confirmed ? [...others, { rule, at }] : others)
    },
    [form],
  )
  const { aside, currentAside, setMark, setTold } = beside
  const today = dayOf(now)
  const acts = useMemo<CaseActs>(
    () => ({
      form,
      current,
      steps,
      asked,
      proposed,
      today,
      currentAside,
      setMark,
      setTold,
      sent,
      wasSent,
      change,
      confirm,
    }),
    [form, current, steps, asked, proposed, today, currentAside, setMark, setTold, sent, wasSent, change, confirm],
  )
  return useMemo(() => ({ ...acts, acts, draft: judged, judgement, aside }), [acts, judged, judgement, aside])
}

type AsideForm = Pick<CaseForm, 'aside' | 'currentAside' | 'setMark' | 'setTold'> & { readonly settle: () => void }

/** What stands beside the draft. `settle` makes the proposed marks the kept ones, before people come and go. */
function useKeptAside(
  first: Partial<Aside> | undefined,
  draft: Draft,
  current: () => Draft,
  edited: { readonly current: (() => void) | undefined },
): AsideForm {
  const [kept, setKept] = useState<Aside>({ ...noAside, ...first })
  const newest = useRef(kept)
  const keep = useCallback((next: Aside) => {
    newest.current = next
    setKept(next)
  }, [])
  const marked = useCallback((): Aside => {
    const { marks, told } = newest.current
    return { marks: withMarks(marks, current()), told }
  }, [current])
  const settle = useCallback(() => keep(marked()), [keep, marked])
  const currentAside = useCallback(() => tidyAside(newest.current, current()), [current])
  const setMark = useCallback(
    (id: string, mark: string) => {
      const { marks, told } = marked()
      keep({ marks: { ...marks, [id]: mark }, told })
      edited.current?.()
    },
    [keep, marked, edited],
  )
  const setTold = useCallback(
    (id: string, how: Told) => {
      const { marks, told } = newest.current
      keep({ marks, told: { ...told, [id]: how } })
      edited.current?.()
    },
    [keep, edited],
  )
  const aside = useReused(useMemo(() => ({ marks: withMarks(kept.marks, draft), told: kept.told }), [kept, draft]))
  return { aside, currentAside, setMark, setTold, settle }
}

/** Makes a case known to the sections drawn inside. `undo` outlives the form; left out: it goes with it. */
export function CaseFormProvider({
  value,
  undo,
  children,
}: {
  readonly value: CaseForm
  readonly undo?: CaseUndo
  readonly children: ReactNode
}): ReactNode {
  const own = useCaseUndo()
  const used = undo ?? own
  useEffect(() => used.serve(value.change), [used, value.change])
  return (
    <ActsContext value={value.acts}>
      <AsideContext value={value.aside}>
        <CaseContext value={value}>
          <UndoProvider value={used}>{children}</UndoProvider>
        </CaseContext>
      </AsideContext>
    </ActsContext>
  )
}
