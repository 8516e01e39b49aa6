// @vitest-environment happy-dom
import { afterAll, expect, it } from 'vitest'
import { codebook } from '../codebook/codebook.ts'
import { ruleTexts } from '../codebook/rule-texts.ts'
import type { RuleId } from '../codebook/rules.ts'
import { activate, locales } from '../i18n/i18n.ts'
import { ruleText } from './rule-wording.ts'

afterAll(() => activate('en'))

/** The rules that somebody may be told about; `derive` fills in and says nothing. */
const spoken = codebook.rules
  .filter(({ severity }) => severity !== 'derive')
  .map(({ id }) => ({ id, text: ruleTexts[id as RuleId] }))

it('has a sentence of its own for every rule of the codebook that speaks', async () => {
  await activate('en')
  expect(spoken.filter(({ id, text }) => [id, text].includes(ruleText(id))).map(({ id }) => id)).toEqual([])
  expect(new Set(spoken.map(({ id }) => ruleText(id))).size).toBe(spoken.length)
})

it.each(locales.filter((locale) => locale !== 'en'))('says each of them in %s, and none in English', async (locale) => {
  await activate('en')
  const english = new Map(spoken.map(({ id }) => [id, ruleText(id)]))
  await activate(locale)
  const silent = spoken.filter(({ id, text }) => ['', id, text, english.get(id)].includes(ruleText(id)))
  expect(silent.map(({ id }) => id)).toEqual([])
  expect(new Set(spoken.map(({ id }) => ruleText(id))).size).toBe(spoken.length)
})
