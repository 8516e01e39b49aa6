/** What the codebook says about the record itself; `record/` carries it out. */
export const recordKeeping = {
  confidence: 'proposed',
  note: 'No public text gives the technical record structure of IC-TIP. Shape derived from the units of description in the seed and from practice.',
  entities: {
    event: 'unit of classification',
    victim: 'unit of description',
    perpetrator: 'unit of description',
    reportingEntity: 'unit of description (embedded: who registers, who decided)',
    victimInEvent: 'link carrying toe and the victim values that change over time',
    perpetratorInEvent: 'link carrying rpp and age',
    victimPerpetratorLink: 'link carrying rtv = rvp',
  },
  cardinality: {
    'event-victim': '1..n victims per event; a victim may be in several events over time',
    'event-perpetrator': '0..n; zero is normal for NGO records',
    'victim-perpetrator': '0..n per event',
  },
  identifiers: {
    eventId: 'random, made on the device',
    victimId: 'random pseudonym, made on the device; not built from name, initials, date of birth or phone',
    perpetratorId: 'random pseudonym',
    localReference: "optional reference of the organisation's own file; excluded from every export",
  },
  forbidden: [
    'names',
    'date of birth',
    'identity or passport numbers',
    'telephone and e-mail',
    'street address or coordinates',
    'photographs and voice',
    'national case or court numbers',
  ],
  history: 'sta and ces keep every value with date, ret and dem.',
  audit: ['createdAt', 'finishedAt', 'schema', 'edition', 'origin (form, import)'],
  shape: 'record-shape.md: the canonical form of a finished revision',
} as const
