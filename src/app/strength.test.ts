import { expect, it } from 'vitest'
import { strengthOf } from './strength.ts'

it('a long passphrase that is hard to guess is strong, a short or an easy one is not', () => {
  expect(strengthOf('heron 7 olives beneath the quay')).toBe('strong')
  expect(strengthOf('heron 7')).toBe('short')
  expect(strengthOf('passwordpassword')).toBe('weak')
})

it('another script than Latin cannot be judged, so the six words are asked for', () => {
  const phrases = ['семь оливок у старой пристани', '七颗橄榄放在老码头旁边的木箱里面', 'سبع زيتونات قرب الرصيف القديم']
  expect(phrases.map(strengthOf)).toEqual(['weak', 'weak', 'weak'])
})
