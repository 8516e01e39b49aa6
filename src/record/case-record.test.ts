import { expect, test } from 'vitest'
import { caseRecordSchema, parseRevision, type CompleteRecord } from './case-record.ts'
import { inspect } from './inspect.ts'
import { RecordError } from './record-error.ts'
import revision from './vectors/revision.json' with { type: 'json' }

type Revision = typeof revision
type Change = (record: Revision) => void

/** Lets a test put anything anywhere. */
const put = (target: object, members: object) => Object.assign(target, members)

const answersOf = (record: Revision, victim = 0) => record.victims[victim]?.answers as object
const overridesOf = (record: Revision) => record.victims[1]?.overrides as object
const consentOf = (record: Revision) => record.victims[0]?.consent as object

function changed(change: Change): unknown {
  const record = structuredClone(revision)
  change(record)
  return record
}

const accepts = (value: unknown) => caseRecordSchema.safeParse(value).success

test('the example of the record shape is a revision', () => {
  expect(caseRecordSchema.safeParse(revision).error?.issues).toBeUndefined()
})

test('nothing speaks against importing the example', () => {
  expect(inspect(revision as unknown as CompleteRecord, '2024-06-11T16:20+02:00')).toEqual([])
})

const allowed: Record<string, Change> = {
  'an unknown place': (r) => put(r.event.answers, { geo: 'nk' }),
  'a place outside any territory': (r) => put(r.event.answers, { geo: { extraterritorial: true } }),
  'an own value beneath another': (r) =>
    put(r.event.answers, { moc: ['takes_earnings', 'other/club'], mocText: { other: 'x' } }),
  'a division of a section': (r) => put(r.event.answers, { fls: ['A', 'A03', 'U'] }),
  'about a year': (r) => put(r.event.answers, { dab: '2023~' }),
  'a leap day': (r) => put(r.event.answers, { dab: '2024-02-29' }),
  'an article': (r) => put(r.event.answers, { cca: { country: 'ES', law: 'Penal code', article: '177 bis' } }),
  'an article that is not known': (r) => put(r.event.answers, { cca: 'nk' }),
  'no perpetrator, no link': (r) => put(r, { perpetrators: [], links: [] }),
  'a local reference': (r) => put(r, { localReference: 'shelf 12' }),
  'an overlay': (r) => put(r, { overlay: '3' }),
  Namibia: (r) => put(answersOf(r), { civ: ['NA'] }),
  'citizenships in the order given': (r) => put(answersOf(r), { civ: ['ES', 'CO'] }),
  'a level of education, which is text': (r) => put(answersOf(r), { lev: '3' }),
  'no mark of presumption': (r) => put(answersOf(r, 1), { stvPresumed: undefined }),
  'a language of three letters': (r) => put(answersOf(r), { lpv: 'sgn' }),
  'a status that is not known, without anyone who decided': (r) => {
    put(r.event.answers, { sta: 'nk' })
    put(r.reportingEntity, { answers: { rer: r.reportingEntity.answers.rer } })
    put(r.history, [...r.history, { date: '2024-06', sta: 'nk' }])
  },
  'two hundred signs outside the basic plane': (r) =>
    put(r.event.answers, { mocText: { other: '\u{20000}'.repeat(200) } }),
}

test.each(Object.entries(allowed))('%s is accepted', (_, change) => {
  const record = JSON.parse(JSON.stringify(changed(change)))
  expect(caseRecordSchema.safeParse(record).error?.issues).toBeUndefined()
})

const refused: Record<string, Change> = {
  'another schema': (r) => put(r, { schema: 2 }),
  'an edition that is no version': (r) => put(r, { edition: 'latest' }),
  'an unknown member': (r) => put(r, { note: 'x' }),
  'an unknown member of a victim': (r) => put(r.victims[0] as object, { name: 'x' }),
  'an unknown variable': (r) => put(r.event.answers, { zzz: 'yes' }),
  'a variable on the wrong unit': (r) => put(r.event.answers, { sxv: 'f' }),
  'rvp, which is never stored': (r) => put(r.links[0]?.answers as object, { rvp: 'ex_partner' }),
  'a summary': (r) => put(answersOf(r), { 'toe.summary': '8' }),
  'an id that is too short': (r) => put(r, { caseId: 'exampleCase000000000A' }),
  'an id of 132 bits': (r) => put(r, { caseId: 'exampleCase000000000gB' }),
  'a code whose check digit is wrong': (r) => put(r, { code: '482913075' }),
  'a code written in threes': (r) => put(r, { code: '482 913 070' }),
  'revision 0': (r) => put(r, { revision: 0 }),
  'a half revision': (r) => put(r, { revision: 1.5 }),
  'a second revision without its predecessor': (r) => put(r, { previous: null }),
  'a first revision with a predecessor': (r) => put(r, { revision: 1 }),
  'a digest in upper case': (r) => put(r, { previous: r.previous.toUpperCase() }),
  'an unknown state': (r) => put(r, { state: 'open' }),
  'a reason without withdrawal': (r) => put(r, { reason: 'error' }),
  'an unknown origin': (r) => put(r, { origin: 'desk' }),
  'a moment in Z': (r) => put(r, { createdAt: '2024-05-02T08:00Z' }),
  'a moment with seconds': (r) => put(r, { createdAt: '2024-05-02T10:00:00+02:00' }),
  'a moment on a day that is none': (r) => put(r, { finishedAt: '2024-02-30T10:00+02:00' }),
  'no moment of finishing': (r) => put(r, { finishedAt: undefined }),
  'no list of links': (r) => put(r, { links: undefined }),
  'null for an answer': (r) => put(r.event.answers, { cyb: null }),
  'an empty text': (r) => put(r.event.answers, { cyb: '' }),
  'an empty list': (r) => put(r.event.answers, { ssc: [] }),
  'empty texts': (r) => put(r.event.answers, { mocText: {} }),
  'empty overrides': (r) => put(r.victims[1] as object, { overrides: {} }),
  'a code that is not in the list': (r) => put(r.event.answers, { exp: 'maybe' }),
  'a missing code that the variable does not accept': (r) => put(r.event.answers, { exp: 'nk' }),
  'a missing code in upper case': (r) => put(answersOf(r), { agv: 'NK' }),
  'an own value beneath a silence': (r) => put(r.event.answers, { cyb: 'nk/x' }),
  'an own value beneath nothing of the list': (r) => put(r.event.answers, { moc: ['club/x'] }),
  'one code where several are kept': (r) => put(r.event.answers, { moc: 'threats' }),
  'several codes where one is kept': (r) => put(r.event.answers, { ces: ['none'] }),
  'codes out of the order of the list': (r) => put(r.event.answers, { moc: ['other', 'takes_earnings'] }),
  'a code twice': (r) => put(r.event.answers, { ssc: ['prostitution', 'prostitution'] }),
  'a silence beside a value': (r) => put(answersOf(r), { civ: ['ES', 'nk'] }),
  'two silences': (r) => put(r.event.answers, { moc: ['nk', 'ref'] }),
  'a bare silence in a list variable': (r) => put(answersOf(r), { civ: 'nk' }),
  'a country of three letters': (r) => put(answersOf(r), { civ: ['ESP'] }),
  'a country in lower case': (r) => put(answersOf(r), { civ: ['es'] }),
  'stateless where it is no answer': (r) => put(r.event.answers, { coe: ['stateless'] }),
  'a type beside its own sub-code': (r) => put(answersOf(r), { toe: ['2', '2.1'] }),
  'the root of the classification': (r) => put(answersOf(r), { toe: ['0'] }),
  'a bare 8 from the form': (r) => put(answersOf(r), { toe: ['8'] }),
  'an 8 beside its components, even imported': (r) => {
    put(r, { origin: 'import' })
    put(answersOf(r), { toe: ['1', '8'] })
  },
  'a text as a number': (r) => put(answersOf(r), { agv: '24' }),
  'a part of a year': (r) => put(answersOf(r), { agv: 24.5 }),
  'an age above 120': (r) => put(answersOf(r), { agv: 121 }),
  'a number of children below 0': (r) => put(answersOf(r), { ncv: -1 }),
  'a padded date': (r) => put(r.event.answers, { dab: '2023-00' }),
  'the 31st of February': (r) => put(r.event.answers, { dab: '2023-02-31' }),
  'the 29th of February of a common year': (r) => put(r.event.answers, { dab: '1900-02-29' }),
  'the year 0': (r) => put(r.event.answers, { dab: '0000' }),
  'a day of one digit': (r) => put(r.event.answers, { dab: '2023-4-9' }),
  'ongoing as a beginning': (r) => put(r.event.answers, { dab: 'ongoing' }),
  'a place with two forms': (r) => put(r.event.answers, { geo: { country: 'ES', extraterritorial: true } }),
  'a place that is not outside': (r) => put(r.event.answers, { geo: { extraterritorial: false } }),
  'a place that does not apply': (r) => put(r.event.answers, { geo: 'na' }),
  'an area without its country': (r) => put(r.event.answers, { geo: { area: 'ES-AN' } }),
  'an article without its article': (r) => put(r.event.answers, { cca: { country: 'ES' } }),
  'a law of 121 signs': (r) => put(r.event.answers, { cca: { law: 'x'.repeat(121), article: '1' } }),
  'an organisation of no type': (r) => put(r.reportingEntity.answers, { rer: { orgCode: 'NGO-14' } }),
  'an organisation of a type that only a rule sets': (r) =>
    put(r.reportingEntity.answers, { rer: { orgCode: 'NGO-14', orgType: 'na' } }),
  'a text of 201 signs': (r) => put(r.event.answers, { mocText: { other: 'x'.repeat(201) } }),
  'a text with a space at its end': (r) => put(r.event.answers, { mocText: { other: 'x ' } }),
  'a text with a line break': (r) => put(r.event.answers, { mocText: { other: 'x\ny' } }),
  'a text that is not NFC': (r) => put(r.event.answers, { mocText: { other: 'e\u0301' } }),
  'half a surrogate pair': (r) => put(r.event.answers, { mocText: { other: '\ud800' } }),
  'a text beside a code that was not chosen': (r) =>
    put(r.event.answers, { moc: ['takes_earnings', 'restricts_movement'] }),
  'a text beside a code that takes none': (r) => put(r.event.answers, { mocText: { takes_earnings: 'x' } }),
  'a mark of presumption on an adult': (r) => put(answersOf(r), { stvPresumed: true }),
  'a mark of presumption beside an age': (r) => put(answersOf(r, 1), { agv: 12 }),
  'a mark that is false': (r) => put(answersOf(r, 1), { stvPresumed: false }),
  'no victim': (r) => put(r, { victims: [] }),
  'no victim but a tombstone': (r) =>
    put(r, { victims: [r.victims[2]], links: [], history: r.history.filter((e) => !('victim' in e)) }),
  'a victim twice': (r) => put(r, { victims: [...r.victims, r.victims[0]] }),
  'one id for a victim and a perpetrator': (r) => put(r.perpetrators[1] as object, { id: r.victims[0]?.id }),
  'an override of another variable': (r) => put(overridesOf(r), { cyb: 'yes' }),
  'an own decision without an own status': (r) => put(r.victims[1] as object, { overrides: { ret: 'police' } }),
  'a tombstone that still says something': (r) => put(r.victims[2] as object, { answers: {} }),
  'a tombstone for another reason': (r) => put(r.victims[2]?.withdrawn as object, { reason: 'duplicate' }),
  'an unknown field of consent': (r) => put(consentOf(r), { photo: { value: 'yes', date: '2024-05-02' } }),
  'a consent that was not asked, written out': (r) =>
    put(consentOf(r), { use: { value: 'notAsked', date: '2024-05-02' } }),
  'a consent without its date': (r) => put(consentOf(r), { use: { value: 'yes' } }),
  'a victim who withdrew everything and is still there': (r) =>
    put(consentOf(r), { withdrawn: { date: '2024-06-10', scope: 'all' } }),
  'a link to a stranger': (r) => put(r.links[0] as object, { perpetrator: 'examplePerson00000009A' }),
  'a link to a tombstone': (r) => put(r.links[0] as object, { victim: r.victims[2]?.id }),
  'two links of one pair': (r) => put(r, { links: [...r.links, r.links[0]] }),
  'a history that ends with another status': (r) => put(r, { history: r.history.filter((e) => e.sta !== 'confirmed') }),
  'a history that ends with another decision': (r) => put(r.reportingEntity.answers, { ret: 'court' }),
  'a history without the case': (r) => put(r, { history: r.history.filter((e) => !('ces' in e)) }),
  'a history without the own status of a victim': (r) => put(r, { history: r.history.filter((e) => !('victim' in e)) }),
  'a history of a tombstone': (r) =>
    put(r, {
      history: [...r.history, { date: '2024', victim: r.victims[2]?.id, sta: 'presumed', ret: 'na', dem: 'na' }],
    }),
  'an entry of the history with both statuses': (r) => put(r.history[0] as object, { ces: 'none' }),
  'an entry of the history without a date': (r) => put(r.history[0] as object, { date: undefined }),
  'a confirmation of an unknown rule': (r) => put(r, { confirmed: [{ rule: 'R99', at: 'event' }] }),
  'a confirmation of a rule that blocks': (r) => put(r, { confirmed: [{ rule: 'R01', at: r.victims[0]?.id }] }),
  'a confirmation at a stranger': (r) => put(r, { confirmed: [{ rule: 'R46', at: 'examplePerson00000009A' }] }),
  'a confirmation at a tombstone': (r) => put(r, { confirmed: [{ rule: 'R46', at: r.victims[2]?.id }] }),
  'a confirmation twice': (r) => put(r, { confirmed: [...r.confirmed, ...r.confirmed] }),
}

test.each(Object.entries(refused))('%s is refused', (_, change) => {
  expect(accepts(changed(change))).toBe(false)
})

test('a bare 8 is accepted from an import', () => {
  const record = changed((r) => {
    put(r, { origin: 'import' })
    put(answersOf(r), { toe: ['8'] })
  })
  expect(accepts(record)).toBe(true)
})

const { event: _1, reportingEntity: _2, victims: _3, perpetrators: _4, links: _5, history: _6, ...rest } = revision
const { confirmed: _7, ...head } = rest
const tombstone = { ...head, state: 'withdrawn', reason: 'consent' }

test('a case leaves a tombstone', () => {
  expect(accepts(tombstone)).toBe(true)
  expect(accepts({ ...tombstone, reason: 'duplicate', mergedInto: 'exampleCase000000001gA' })).toBe(true)
})

test.each([
  ['without a reason', { ...tombstone, reason: undefined }],
  ['with its victims', { ...tombstone, victims: revision.victims }],
  ['with empty lists', { ...tombstone, links: [] }],
  ['that is a first revision', { ...tombstone, revision: 1, previous: null }],
  ['of a duplicate that does not name the other', { ...tombstone, reason: 'duplicate' }],
  ['of a duplicate of itself', { ...tombstone, reason: 'duplicate', mergedInto: tombstone.caseId }],
  ['that names another case without being a duplicate', { ...tombstone, mergedInto: 'exampleCase000000001gA' }],
])('a tombstone %s is refused', (_, value) => {
  expect(accepts(value)).toBe(false)
})

test.each([
  ['not-json', '{"schema": 1,'],
  ['unknown-schema', JSON.stringify({ ...revision, schema: 2 })],
  ['bad-shape', JSON.stringify({ ...revision, code: '1' })],
  ['bad-shape', '[]'],
])('what is no revision is refused as %s', (reason, text) => {
  let thrown: unknown
  try {
    parseRevision(text)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(RecordError)
  expect(thrown).toHaveProperty('reason', reason)
})
