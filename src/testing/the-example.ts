import type { CompleteRecord } from '../record/case-record.ts'

/** The invented example of the record's shape (record-shape.md), a new copy each time. */
export function theExample(): CompleteRecord {
  return structuredClone(example)
}

const example: CompleteRecord = {
  schema: 1,
  edition: '0.1.1',
  caseId: 'exampleCase000000000gA',
  code: '482913070',
  revision: 2,
  previous: '000000000000000000000000000000000000000000000000000000000000beef',
  state: 'complete',
  origin: 'form',
  createdAt: '2024-05-02T10:00+02:00',
  finishedAt: '2024-06-11T16:20+02:00',
  event: {
    answers: {
      geo: { country: 'ES', area: 'ES-AN' },
      dat: '2024-05-02T10:00+02:00',
      coe: ['MA', 'ES'],
      exp: 'occ',
      sta: 'confirmed',
      moc: ['takes_earnings', 'restricts_movement', 'other'],
      mocText: { other: 'door code 445566 was kept from her' },
      ces: 'investigation',
      cyb: 'no',
      ssc: ['prostitution'],
      fls: ['U'],
      dab: '2023',
      dae: 'ongoing',
    },
  },
  reportingEntity: { answers: { rer: { orgCode: 'NGO-14', orgType: 'ngo' }, ret: 'police', dem: 'mandated_public' } },
  victims: [
    {
      id: 'exampleVictim00000001A',
      consent: { interview: { value: 'yes', date: '2024-05-02' }, share: { value: 'yes', date: '2024-05-02' } },
      answers: {
        toe: ['1', '2.1'],
        sxv: 'f',
        agv: 24,
        stv: 'adult',
        civ: ['CO', 'ES'],
        msv: 'ref',
        ncv: 0,
        lpv: 'es',
        lsv: 'na',
      },
    },
    {
      id: 'exampleVictim00000002A',
      consent: {
        interview: { value: 'yes', date: '2024-05-03' },
        share: { value: 'yes', date: '2024-05-03' },
        withdrawn: { date: '2024-06-10', scope: 'share' },
      },
      answers: {
        toe: ['6.5'],
        toeText: { '6.5': 'made to carry messages for a cult' },
        sxv: 'nodoc',
        agv: 'nk',
        stv: 'minor',
        stvPresumed: true,
        civ: ['nk'],
      },
      overrides: { sta: 'presumed', ret: 'na', dem: 'na', dae: '2024-04~' },
    },
    { id: 'exampleVictim00000003A', withdrawn: { date: '2024-06-10', reason: 'consent' } },
  ],
  perpetrators: [
    {
      id: 'examplePerson00000001A',
      answers: { sxp: 'm', agp: 'nk', stp: 'adult', cip: ['nk'], rpp: ['recruiter', 'exploiter'] },
    },
    {
      id: 'examplePerson00000002A',
      answers: { sxp: 'na', agp: 'na', stp: 'na', cip: ['na'], rpp: ['transporter'], x3pls: '2a' },
    },
  ],
  links: [{ victim: 'exampleVictim00000001A', perpetrator: 'examplePerson00000001A', answers: { rtv: 'ex_partner' } }],
  history: [
    { date: '2024-05-02', sta: 'presumed', ret: 'na', dem: 'na' },
    { date: '2024-05-03', victim: 'exampleVictim00000002A', sta: 'presumed', ret: 'na', dem: 'na' },
    { date: '2024-06', sta: 'confirmed', ret: 'police', dem: 'mandated_public' },
    { date: '2024-06', ces: 'investigation' },
  ],
  confirmed: [{ rule: 'R46', at: 'event' }],
}
