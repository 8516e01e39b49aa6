import { expect, test } from 'vitest'
import { readOverlay } from './overlay.ts'

const good = {
  variables: { off: ['x3mig'] },
  values: {
    moc: [{ code: 'door', parent: 'restricts_movement', labels: { en: 'Locked doors' } }],
    'deciding-entity-type': [{ code: 'church', parent: 'ngo', labels: { en: 'Church' } }],
  },
  areas: {
    ES: [
      { code: 'north', labels: { en: 'North' } },
      { code: 'port', parent: 'north', labels: { en: 'Port' } },
    ],
  },
  words: { moc: { label: { en: 'How?' } } },
}
const faultsOf = (json: unknown) => {
  const read = readOverlay(typeof json === 'string' ? json : JSON.stringify(json))
  return read.status === 'read' ? [] : read.faults
}
const values = (key: string, parent: string, en = 'A') => ({
  values: { [key]: [{ code: 'a', parent, labels: { en } }] },
})

test('what can be signed is read as it was written', () => {
  expect(readOverlay(JSON.stringify(good))).toEqual({ status: 'read', overlay: good })
})

test.each([
  ['{', 'It is not JSON.'],
  [
    { variables: { off: ['sta'] } },
    'variables.off: sta cannot be off: it belongs to step 1, without which a record cannot be counted.',
  ],
  [{ variables: { off: ['rtv'] } }, 'variables.off: rtv cannot be off: it is all that a link says.'],
  [{ variables: { off: ['lpv'] } }, 'variables.off: where lpv is off, lsv has to be off, too.'],
  [{ variables: { off: ['x3zzz'] } }, 'variables.off: this edition of the codebook has no x3zzz.'],
  [{ words: { zzz: { label: { en: 'A' } } } }, 'words: this edition of the codebook has no zzz.'],
  [values('moc', 'zzz'), 'values.moc: a needs a parent that is a value of the list; zzz is none.'],
  [values('ces', 'nk'), 'values.ces: a needs a parent that is a value of the list; nk is none.'],
  [values('coe', 'extra'), 'values.coe: there is no list of values of this name that can have own ones.'],
  [values('moc', 'other', 'a\u202eb'), 'values.moc.0.labels.en: holds a sign that is not seen (U+202E); take it out.'],
  [{ areas: { ZZ: [{ code: 'a', labels: { en: 'A' } }] } }, 'areas.ZZ: no country has this code.'],
  [
    { areas: { ES: [{ code: 'a', parent: 'b', labels: { en: 'A' } }] } },
    'areas.ES: a lies in b, which is not among the areas.',
  ],
  [{ colour: 'red' }, 'the file: colour is not known here.'],
  [{ version: '3' }, 'the file: version is not known here.'],
  [{ words: { moc: { label: { en: 'a'.repeat(201) } } } }, 'words.moc.label.en: too long or too many.'],
  [{ words: { moc: { label: { tlh: 'a' } } } }, 'words.moc.label: tlh is not known here.'],
])('%j is refused with the place and the reason', (json, sentence) => {
  expect(faultsOf(json)).toContain(sentence)
})

test('what stands twice is named', () => {
  const [one] = good.values.moc
  expect(faultsOf({ values: { moc: [one, one] } })).toEqual(['values.moc: restricts_movement/door stands there twice.'])
})

test('one that is too large says how large it is', () => {
  const help = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`x${at}`, { help: { en: 'a'.repeat(990) } }]))
  expect(faultsOf({ words: help })[0]).toMatch(/^It has \d{5} bytes; 32768 is the most\.$/)
})
