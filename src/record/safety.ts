import type { Draft } from './draft.ts'
import { isPresent } from './units.ts'

/** What is said to the person before a safety copy is made: the talk itself, what becomes of the answers, how long. */
const asked = ['interview', 'use', 'storage'] as const

/**
 * Whether the people of a draft leave room for a safety copy: nobody said no to the talk, to the use of the answers or
 * to their being kept, and nobody has taken anything back. Not asked yet is no no.
 */
export const maySafetyCopy = ({ victims }: Draft): boolean =>
  victims.every((victim) => {
    if (!isPresent(victim)) return victim.withdrawn.reason !== 'consent'
    return victim.consent.withdrawn === undefined && asked.every((id) => victim.consent[id]?.value !== 'no')
  })
