import { createContext, useContext } from 'react'
import { useController, type FieldPath, type UseFormReturn } from 'react-hook-form'
import type { Codebook } from '../codebook/codebook.ts'
import type { Step } from '../codebook/variable.ts'
import type { Answer } from '../record/answers.ts'
import type { Draft } from '../record/draft.ts'
import type { Judgement } from '../record/rules.ts'
import type { Aside, Told } from './aside.ts'

/** What stays the same as long as the case is open. */
export interface CaseActs {
  /** One form for the whole draft. What was taken back stands in it as `null`; read it with `current`. */
  readonly form: UseFormReturn<Draft>
  /** The draft as it stands now, without what is empty. This is what is saved. */
  readonly current: () => Draft
  readonly steps: readonly Step[]
  /** The codebook as the organisation asks it. */
  readonly asked: Codebook
  /** What the device knows, by variable code; said to be proposed as long as it stands unchanged. */
  readonly proposed: Readonly<Record<string, Answer>>
  /** The day on which a consent is noted. */
  readonly today: string
  /** What is kept beside the draft, as it is to be saved. */
  readonly currentAside: () => Aside
  readonly setMark: (id: string, mark: string) => void
  readonly setTold: (id: string, told: Told) => void
  /** A version was sent: people are known to others by their numbers, which stay. */
  readonly sent: boolean
  /** Whether this victim stands in the version that was sent: then somebody else has to learn of a removal. */
  readonly wasSent: (victim: string) => boolean
  /** Replaces the draft by one made of it, such as with one victim more. */
  readonly change: (edit: (draft: Draft) => Draft) => void
  /** A check is right as it is, or is to be looked at again. */
  readonly confirm: (rule: string, at: string, confirmed: boolean) => void
}

export interface CaseForm extends CaseActs {
  readonly acts: CaseActs
  /** The draft that was judged last: a moment behind what is typed. */
  readonly draft: Draft
  readonly judgement: Judgement
  /** What is kept beside the draft and never leaves the tablet; everybody in the case has a mark. */
  readonly aside: Aside
}

export const CaseContext = createContext<CaseForm | undefined>(undefined)
export const ActsContext = createContext<CaseActs | undefined>(undefined)
export const AsideContext = createContext<Aside | undefined>(undefined)

function inside<T>(value: T | undefined): T {
  if (!value) throw new Error('a question stands outside of a case')
  return value
}

/** The case that is being written: whoever asks is drawn again at each judgement. Throws outside of one. */
export function useCase(): CaseForm {
  return inside(useContext(CaseContext))
}

/** What can be done with the case; never a reason to be drawn again. */
export function useActs(): CaseActs {
  return inside(useContext(ActsContext))
}

/** What is kept beside the draft: whoever asks is drawn again when it changes. */
export function useAside(): Aside {
  return inside(useContext(AsideContext))
}

type Bound<T> = readonly [value: T | undefined, onChange: (value: T | undefined) => void]

/**
 * One member of the draft, by its path in the form. Taking it back stores `null`, since the form's library would put the
 * first value back in place of an `undefined`.
 */
export function useMember<T extends Answer>(path: string): Bound<T> {
  const { form } = useActs()
  const { field } = useController({ control: form.control, name: path as FieldPath<Draft> })
  return [(field.value as T | null | undefined) ?? undefined, (value) => field.onChange(value ?? null)]
}
