import { t } from '@lingui/core/macro'
import { type Codebook, variable as variableOf } from '../codebook/codebook.ts'
import { formatNumber } from '../i18n/format.ts'
import type { Draft } from '../record/draft.ts'
import type { Judgement } from '../record/rules.ts'
import { isPresent } from '../record/units.ts'
import { showAnswer } from './wording.ts'

/** Where and when, as far as it is said: one line, or ''. */
export function placeAndTime(judgement: Judgement, asked?: Codebook): string {
  const said = (code: string) => {
    const answer = judgement.value('event', code)
    return answer === undefined ? undefined : showAnswer(variableOf(code, asked), answer)
  }
  const [recorded, exploited, begin, end] = [said('geo'), said('coe'), said('dab'), said('dae')]
  const parts = [
    recorded && t`Recorded in: ${recorded}`,
    exploited && t`Exploited in: ${exploited}`,
    begin && t`Began: ${begin}`,
    end && t`Ended: ${end}`,
  ]
  return parts.filter((part) => part).join(' · ')
}

/** A line for each kind of victim by sex, age status and forms, with how many there are; the order is that of the case. */
export function kindsOfVictims(draft: Draft, judgement: Judgement, asked?: Codebook): readonly string[] {
  const counts = new Map<string, number>()
  for (const { id } of draft.victims.filter(isPresent)) {
    const words = ['sxv', 'stv', 'toe'].flatMap((code) => {
      const answer = judgement.value(id, code)
      return answer === undefined ? [] : [showAnswer(variableOf(code, asked), answer)]
    })
    const kind = words.length === 0 ? t`nothing said yet` : words.join(', ')
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].map(([kind, count]) => `${formatNumber(count)} × ${kind}`)
}
