import { plural, t } from '@lingui/core/macro'
import { type Codebook, variable as variableOf } from '../codebook/codebook.ts'
import { formatList, formatNumber, formatParts } from '../i18n/format.ts'
import type { Draft } from '../record/draft.ts'
import type { Judgement } from '../record/rules.ts'
import { isPresent } from '../record/units.ts'
import { formLabel, isMissingCode, showAnswer } from './wording.ts'

/** How many people, and which forms of exploitation: one line. */
export function eventInShort({ victims, perpetrators }: Draft, judgement: Judgement): string {
  const people = [
    plural(victims.filter(isPresent).length, { one: '# victim', other: '# victims' }),
    ...(perpetrators.length > 0
      ? [plural(perpetrators.length, { one: '# perpetrator', other: '# perpetrators' })]
      : []),
  ]
  const parts = [t`One event`, formatList(people), formatList(judgement.eventToe.map(formLabel))]
  return parts.filter((part) => part !== '').join(' · ')
}

/** Where and when, as far as it is known: one line, or ''. What is not known, or does not apply, is not said here. */
export function placeAndTime(judgement: Judgement, asked?: Codebook): string {
  const said = (code: string) => {
    const answer = judgement.value('event', code)
    const silent = answer === undefined || [answer].flat().every(isMissingCode)
    return silent ? undefined : showAnswer(variableOf(code, asked), answer)
  }
  const took = judgement.value('event', 'exp') !== 'noc'
  const [recorded, exploited, begin, end] = [said('geo'), took && said('coe'), said('dab'), said('dae')]
  const parts = [
    recorded && t`Recorded in: ${recorded}`,
    exploited && t`Place of exploitation: ${exploited}`,
    !took && t`No exploitation took place`,
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
    const kind = words.length === 0 ? t`nothing said yet` : formatParts(words)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].map(([kind, number]) => {
    const count = formatNumber(number)
    return t`${count} × ${kind}`
  })
}
