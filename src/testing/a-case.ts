import { countryCodes } from '../codebook/lists/countries.ts'
import type { CompleteRecord } from '../record/case-record.ts'
import { newDraft, type Draft, type DraftVictim } from '../record/draft.ts'
import { finish } from '../record/finish.ts'
import type { Perpetrator } from '../record/units.ts'

/** Invented people, the same in every test. */
export const ids = {
  case: 'exampleCase000000000gA',
  worker: 'exampleVictim00000001A',
  child: 'exampleVictim00000002A',
  recruiter: 'examplePerson00000001A',
} as const

export const begun = '2024-05-02T10:00+02:00'
export const finishedAt = '2024-05-02T16:20+02:00'

/** An adult with two types of exploitation, step 1 complete and parts of steps 2 and 3. */
export function aVictim(changes: Partial<DraftVictim> = {}): DraftVictim {
  return {
    id: ids.worker,
    consent: {
      interview: { value: 'yes', date: '2024-05-02' },
      purpose: { value: 'yes', date: '2024-05-02' },
      share: { value: 'yes', date: '2024-05-02' },
    },
    answers: {
      toe: ['1', '2.1'],
      sxv: 'f',
      agv: 24,
      civ: ['CO', 'ES'],
      lcv: 'MA',
      msv: 'ref',
      ncv: 0,
      lpv: 'es',
      lsv: 'na',
      lev: '3',
      x3mor: ['online_ad', 'friends'],
      x3aft: 23,
    },
    ...changes,
  }
}

/** A child whose age is presumed, and whose type needs words of its own. */
export function aChild(changes: Partial<DraftVictim> = {}): DraftVictim {
  return {
    id: ids.child,
    consent: { interview: { value: 'yes', date: '2024-05-02' } },
    answers: {
      toe: ['6.5'],
      toeText: { '6.5': 'made to carry messages for a cult' },
      sxv: 'nodoc',
      agv: 'nk',
      stv: 'minor',
      stvPresumed: true,
      civ: ['nk'],
    },
    overrides: { sta: 'presumed', dae: '2024-04~' },
    ...changes,
  }
}

export function aPerpetrator(changes: Partial<Perpetrator> = {}): Perpetrator {
  return {
    id: ids.recruiter,
    answers: { sxp: 'm', agp: 'nk', stp: 'adult', cip: ['nk'], rpp: ['recruiter', 'exploiter'], x3pls: '1a' },
    ...changes,
  }
}

/** A case with two victims, one perpetrator who is linked to both, and the organisation that registers it. */
export function aDraft(changes: Partial<Draft> = {}): Draft {
  const draft = newDraft({
    caseId: ids.case,
    code: '482913070',
    now: begun,
    reporting: { orgCode: 'NGO-14', orgType: 'ngo' },
    place: { country: 'ES', area: 'ES-AN' },
  })
  return {
    ...draft,
    event: {
      answers: {
        ...draft.event.answers,
        coe: ['MA', 'ES'],
        exp: 'occ',
        sta: 'confirmed',
        moc: ['takes_earnings', 'restricts_movement', 'other'],
        mocText: { other: 'the door code was kept from her' },
        ces: 'investigation',
        cyb: 'no',
        ssc: ['prostitution'],
        fls: ['U'],
        dab: '2023',
        dae: 'ongoing',
        x3att: 'ngo',
      },
    },
    reportingEntity: { answers: { ...draft.reportingEntity.answers, ret: 'police', dem: 'mandated_public' } },
    victims: [aVictim(), aChild()],
    perpetrators: [aPerpetrator()],
    links: [
      { victim: ids.worker, perpetrator: ids.recruiter, answers: { rtv: 'ex_partner' } },
      { victim: ids.child, perpetrator: ids.recruiter, answers: { rtv: 'unknown_off' } },
    ],
    ...changes,
  }
}

/** Revision 1 of `aDraft`, with its text as it travels. Throws if it does not finish. */
export function aFinishedCase(draft: Draft = aDraft()): { record: CompleteRecord; text: string } {
  const result = finish(draft, { now: finishedAt, revision: 1, previous: null })
  if (result.status === 'blocked') throw new Error(`blocked: ${JSON.stringify(result.findings)}`)
  if (result.record.state === 'withdrawn') throw new Error('a tombstone')
  return { record: result.record, text: result.text }
}

/** With so many people, of every citizenship each, that its next version is larger than a box may be. */
export function grownBeyondABox(draft: Draft): Draft {
  const civ = [...countryCodes]
  const people = Array.from({ length: 600 }, (_, nth) => {
    const child = aChild({ id: `exampleCrowd000000${String(nth).padStart(3, '0')}A` })
    return { ...child, answers: { ...child.answers, civ } }
  })
  return { ...draft, victims: [...draft.victims, ...people] }
}
