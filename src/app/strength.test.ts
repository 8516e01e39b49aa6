import { expect, it } from 'vitest'
import { strengthOf } from './strength.ts'

it('a long passphrase that is hard to guess is strong, a short or an easy one is not', () => {
  expect(strengthOf('heron 7 olives beneath the quay')).toBe('strong')
  expect(strengthOf('heron 7')).toBe('short')
  expect(strengthOf('passwordpassword')).toBe('weak')
})

it.each([
  'password password',
  'Password, PASSWORD!',
  'password password password password',
  'passwordpassword passwordpassword',
  'pass word pass word',
  'heron heron heron heron',
  'heron olive heron olive heron',
  'heronolive heronolive',
  'xk29 fjw8 xk29 fjw8',
  'qwzx qwzx mvkr mvkr',
  'abcabcabcabcabc',
])('is not made strong by repeating: %s', (phrase) => {
  expect(strengthOf(phrase)).toBe('weak')
})

it.each(['xk29fjw83nf9wq', 'mvkr29qw zxjf84nb', 'mvkr29qw zxjf84nb mvkr29qw', 'the heron and the olive and the quay'])(
  'is as strong as what is said once: %s',
  (phrase) => {
    expect(strengthOf(phrase)).toBe('strong')
  },
)

it('another script than Latin cannot be judged, so the six words are asked for', () => {
  const phrases = ['семь оливок у старой пристани', '七颗橄榄放在老码头旁边的木箱里面', 'سبع زيتونات قرب الرصيف القديم']
  expect(phrases.map(strengthOf)).toEqual(['weak', 'weak', 'weak'])
})
