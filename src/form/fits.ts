import type { Variable } from '../codebook/variable.ts'
import { answerSchema, type Answer } from '../record/answers.ts'
import { canonicalAnswer } from '../record/canonical.ts'

/** Whether this is an answer that a record may hold, however it is spaced; no answer fits everywhere. */
export function fits(variable: Variable, value: Answer | undefined): boolean {
  const answer = canonicalAnswer(variable, value)
  return answer === undefined || answerSchema(variable).safeParse(answer).success
}
