import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import { fold } from '../seal/fold.ts'

/** An own passphrase needs 14 signs and a score of 3 of 4, judged after folding (security design, section 4). */
const leastSigns = 14
const leastScore = 3

const judge = new ZxcvbnFactory({
  graphs: common.adjacencyGraphs,
  dictionary: { ...common.dictionary, ...english.dictionary },
})

export type Strength = 'short' | 'weak' | 'strong'

/** The shortest text that this one repeats: `ab` of `ababab`, itself where it repeats none. */
const unitOf = (text: string): string => /^(.+?)\1+$/.exec(text)?.[1] ?? text

/** Fewer different words than these are judged once each, however often they were typed. */
const fewWords = 3

/** What is left when nothing is said twice: repeating costs no guesses, though the judge thinks that it does. */
function saidOnce(folded: string): string {
  const whole = folded.replaceAll(' ', '')
  const unit = unitOf(whole)
  if (unit !== whole) return unit
  const words = new Set(folded.split(' ').map(unitOf))
  return words.size < fewWords ? [...words].join(' ') : folded
}

/** How strong a passphrase is that somebody made up. Latin script only: other scripts are judged `weak`. */
export function strengthOf(passphrase: string): Strength {
  const folded = fold(passphrase)
  if ([...folded].length < leastSigns) return 'short'
  if (!/^[a-z0-9 ]+$/.test(folded)) return 'weak'
  const said = saidOnce(folded)
  return said.length >= leastSigns && judge.check(said).score >= leastScore ? 'strong' : 'weak'
}
