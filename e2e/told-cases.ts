import type { ToldCase } from './told.ts'

/** The cases that the stories tell. All invented. */

/** Two victims; one of them was exploited in two forms, the other in a third one. */
export const mixed: ToldCase = {
  victims: [
    { toe: ['1', '2.1'], sxv: 'f', agv: 17, civ: ['MD', 'RO'], lpv: 'ro', ncv: 0 },
    { toe: ['4'], sxv: 'm', agv: 'nk', stv: 'adult', civ: ['ref'] },
  ],
  event: {
    sta: 'confirmed',
    exp: 'occ',
    coe: ['MA', 'ES'],
    geo: { country: 'FR' },
    moc: ['debt_bondage', 'other'],
    mocText: { other: 'the door code was kept from her' },
    ssc: ['prostitution'],
    fls: ['A'],
    dab: '2023-04~',
    dae: 'ongoing',
  },
  perpetrators: [{ x3pls: '1a', sxp: 'm', agp: 'nk', stp: 'adult', cip: ['nk'], rpp: ['recruiter', 'exploiter'] }],
  links: [
    { perpetrator: 0, victim: 0, rtv: 'ex_partner' },
    { perpetrator: 0, victim: 1, rtv: 'unknown_off' },
  ],
  reportingEntity: { ret: 'police', dem: 'mandated_public' },
}

/** Believed to have happened at first. */
export const interception: ToldCase = {
  victims: [{ toe: ['1', '2.1'], sxv: 'f', agv: 22, civ: ['NG'] }],
  event: { sta: 'presumed', exp: 'occ', coe: ['ES'], geo: { country: 'FR' }, ssc: ['prostitution'], fls: ['A'] },
}

/** Two children: what the age of one is, nobody knows; the other one does not say. */
export const childrenOfUnknownAge: ToldCase = {
  victims: [
    { toe: ['4'], sxv: 'm', agv: 'nk', stv: 'minor', civ: ['nk'] },
    { toe: ['5.1'], sxv: 'f', agv: 'ref', stv: 'minor', civ: ['RO'] },
  ],
  event: { sta: 'confirmed', exp: 'occ', coe: ['FR'], geo: { country: 'FR' }, moc: ['none'] },
  reportingEntity: { ret: 'social', dem: 'mandated_public' },
}

/** A firm, and the official who looked away for it. */
export const company: ToldCase = {
  victims: [{ toe: ['2.1'], sxv: 'm', agv: 34, civ: ['NP'] }],
  event: { sta: 'confirmed', exp: 'occ', coe: ['QA'], geo: { country: 'NP' }, fls: ['F'] },
  perpetrators: [
    { x3pls: '2a', rpp: ['exploiter'] },
    { x3pls: '1b', sxp: 'm', agp: 52, cip: ['QA'], rpp: ['recruiter'] },
  ],
  links: [
    { perpetrator: 0, victim: 0, rtv: 'work' },
    { perpetrator: 1, victim: 0, rtv: 'authority' },
  ],
  reportingEntity: { ret: 'labour', dem: 'other_public' },
}

export const twoVictims: ToldCase = {
  victims: [
    { toe: ['4'], sxv: 'm', agv: 23, civ: ['RO'] },
    { toe: ['2'], sxv: 'f', agv: 31, civ: ['BG'] },
  ],
  event: { sta: 'confirmed', exp: 'occ', coe: ['ES'], geo: { country: 'FR' } },
  reportingEntity: { ret: 'police', dem: 'mandated_public' },
}
