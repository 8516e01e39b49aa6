import { addPerpetrator, newDraft, type Draft } from '../../record/draft.ts'

// Codes that no tablet deals out by chance are easily told from real ones.
const codes = ['000000011', '000000020'] as const

/**
 * Invented cases to try things out with: one that is nearly complete, one that was just begun. Nobody in them exists.
 * @param now such as `2024-05-02T10:00+02:00`
 */
export function practiceCases(now: string): readonly Draft[] {
  const begun = newDraft({ code: codes[0], now, reporting: { orgCode: 'PRACTICE', orgType: 'ngo' } })
  const [person] = begun.victims
  const nearly: Draft = {
    ...begun,
    event: { answers: { ...begun.event.answers, geo: { country: 'ES' }, coe: ['ES'], exp: 'occ', sta: 'presumed' } },
    victims: person
      ? [{ id: person.id, consent: {}, answers: { toe: ['2.1', '4'], sxv: 'f', agv: 24, civ: ['CO'] } }]
      : [],
  }
  const started = newDraft({ code: codes[1], now, reporting: { orgCode: 'PRACTICE', orgType: 'ngo' } })
  return [addPerpetrator(nearly), started]
}
