import { expect, test } from 'vitest'
import { overlaySchema, overlayWishSchema } from './overlay.ts'

const whole = {
  variables: { off: ['x3mig', 'moc'] },
  values: { ret: [{ code: 'church', parent: 'ngo', labels: { en: 'Church', ar: 'كنيسة' } }] },
  areas: {
    ES: [
      { code: 'ES-AN', labels: { en: 'Andalusia' } },
      { code: 'port', parent: 'ES-AN', labels: { en: 'Port' } },
    ],
  },
  words: { moc: { label: { en: 'How was it done?' }, help: { fa: 'x' } } },
}
const good = { ...whole, words: { moc: { label: { en: 'How was it done?' }, help: { en: 'می‌خواهم' } } } }
const labelled = (en: string) => ({ values: { moc: [{ code: 'a', parent: 'other', labels: { en } }] } })

test('an overlay is read as it was written; a joiner inside a word is a letter’s matter', () => {
  expect(overlayWishSchema.parse(good)).toEqual(good)
  expect(overlaySchema.parse({ version: '3', ...good })).toEqual({ version: '3', ...good })
})

test.each([
  ['with a member that nobody knows', { ...good, colour: 'red' }],
  ['in a language that the app does not speak', whole],
  ['that switches off what a record cannot be counted without', { variables: { off: ['toe'] } }],
  ['that leaves a second language without a first', { variables: { off: ['lpv'] } }],
  ['with a text that turns the direction of what follows', labelled('abc\u202Edef')],
  ['with a text that hides a sign', labelled('abc\u200Bdef')],
  ['with a text over two lines', labelled('abc\ndef')],
  ['with an empty text', labelled('')],
  ['with a text that is too long', labelled('a'.repeat(121))],
  ['without any label', { values: { moc: [{ code: 'a', parent: 'other', labels: {} }] } }],
  ['with a code that is a path', { values: { moc: [{ code: 'a/b', parent: 'other', labels: { en: 'A' } }] } }],
  [
    'that is larger than its limit',
    { words: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`x${at}`, { help: { en: 'a'.repeat(999) } }])) },
  ],
])('none is read %s', (_, overlay) => {
  expect(overlayWishSchema.safeParse(overlay).success).toBe(false)
})

test('inside a configuration it says its version', () => {
  expect(overlaySchema.safeParse(good).success).toBe(false)
  expect(overlaySchema.safeParse({ ...good, version: '0' }).success).toBe(false)
})

test('of lpv and lsv both may be off', () => {
  expect(overlayWishSchema.safeParse({ variables: { off: ['lpv', 'lsv'] } }).success).toBe(true)
})
