/**
 * The case that is being written, as one form over one draft. Every answer stays as it was given, fitting or not; rules
 * judge a copy a moment later, and never stand between a person and the keyboard. Nothing here stores, sends or seals.
 */
import { startTransition, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { createFormControl, useForm, type UseFormReturn } from 'react-hook-form'
import type { Step } from '../codebook/variable.ts'
import { isVariableCode, variable as variableOf } from '../codebook/codebook.ts'
import type { Answer } from '../record/answers.ts'
import { isAsked } from '../record/completeness.ts'
import { withoutStaleConfirmations } from '../record/confirmations.ts'
import type { Draft } from '../record/draft.ts'
import { dayOf } from '../record/moment.ts'
import { judge } from '../record/rules.ts'
import { CaseContext, type CaseForm } from './case-context.ts'
import { cleanDraft, withNulls } from './clean.ts'

export interface CaseFormOptions {
  /** The moment of judging (`momentNow()`). */
  readonly now: string
  /** Which steps the organisation wants. */
  readonly steps: readonly Step[]
  /** What the device knows, by variable code (`rer`, `geo`, `dat`). */
  readonly proposed?: Readonly<Record<string, Answer>>
  /** Something changed: time to think of saving `current()`. */
  readonly onEdit?: () => void
}

const nothing: Readonly<Record<string, Answer>> = {}

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
export function useCaseForm(draft: Draft, { now, steps, proposed = nothing, onEdit }: CaseFormOptions): CaseForm {
  const form = useDraftForm(draft)
  const [judged, setJudged] = useState(draft)
  const last = useRef(draft)
  const structural = useRef(false)
  const edited = useRef(onEdit)
  useEffect(() => {
    edited.current = onEdit
  })
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const next = withoutStaleConfirmations(last.current, cleanDraft(values))
          last.current = next
          if (next.confirmed.length < values.confirmed.length) form.setValue('confirmed', next.confirmed)
          edited.current?.()
          if (structural.current) setJudged(next)
          else startTransition(() => setJudged(next))
        },
      }),
    [form],
  )
  const judgement = useMemo(() => {
    const enabled = (code: string) => isVariableCode(code) && isAsked(variableOf(code), steps)
    return judge(judged, { now, enabled })
  }, [judged, now, steps])
  const current = useCallback(() => cleanDraft(form.getValues()), [form])
  const change = useCallback(
    (edit: (draft: Draft) => Draft) => {
      structural.current = true
      form.setValues(withNulls(edit(current()), form.getValues()))
      structural.current = false
    },
    [form, current],
  )
  const confirm = useCallback(
    (rule: string, at: string, confirmed: boolean) => {
      const others = form.getValues('confirmed').filter((one) => one.rule !== rule || one.at !== at)
      form.setValue('confirmed', confirmed ? [...others, { rule, at }] : others)
    },
    [form],
  )
  return useMemo(
    () => ({ form, draft: judged, judgement, current, steps, proposed, today: dayOf(now), change, confirm }),
    [form, judged, judgement, current, steps, proposed, now, change, confirm],
  )
}

/** Makes a case known to the sections drawn inside. */
export function CaseFormProvider({
  value,
  children,
}: {
  readonly value: CaseForm
  readonly children: ReactNode
}): ReactNode {
  return <CaseContext value={value}>{children}</CaseContext>
}
