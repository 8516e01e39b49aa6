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

/** How strong a passphrase is that somebody made up. Latin script only: other scripts are judged `weak`. */
export function strengthOf(passphrase: string): Strength {
  const folded = fold(passphrase)
  if ([...folded].length < leastSigns) return 'short'
  if (!/^[a-z0-9 ]+$/.test(folded)) return 'weak'
  return judge.check(folded).score >= leastScore ? 'strong' : 'weak'
}
