import { expect, test } from 'vitest'
import { looksPersonal } from './looks-personal.ts'

test.each([
  'write to ana@example.org',
  'her profile is @someone_1',
  'see www.example.net/a',
  'on example.com',
  'https://example.net',
  'call 600 12 34 56',
  '(0)55-12.34/56',
  'اتصل ٠١٢٣٤٥٦',
  'born 2001-02-03',
  'passport AB12345',
  'met Mr Example there',
  'met Dra. Example there',
  'M. Exemple',
  'видела г-н Примеров',
  'السيد فلان',
  '例先生来过',
  '12 Baker Street',
  'calle Mayor 12',
  '5 rue de la Paix',
  'улица Ленина 5',
  '中山路12号',
])('%s looks personal', (text) => {
  expect(looksPersonal(text)).toBe(true)
})

test.each([
  'made to carry messages for a cult',
  'held in a flat with 12 others for 300 days',
  'paid 12.50 a day',
  'moved three times in 2023',
  'forced to beg in the street with 2 children',
  'their door code was kept from her',
  'обманом',
  'أجبرت على التسول',
  '被迫乞讨',
  '',
])('%s does not', (text) => {
  expect(looksPersonal(text)).toBe(false)
})

test('a long text without a verdict is read quickly', () => {
  const text = `${'1 a. '.repeat(2000)}${'calle '.repeat(2000)}${'a@'.repeat(2000)}`
  const start = performance.now()
  looksPersonal(text)
  expect(performance.now() - start).toBeLessThan(1000)
})
