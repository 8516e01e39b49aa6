import { describe, expect, it } from 'vitest'
import { englishWording } from '../codebook/english-wording.ts'
import { exampleWording } from '../codebook/examples.ts'
import { locales, wordings } from '../i18n/i18n.ts'

/** The codebook in every language: what the form asks for by key is there, and nothing that it never asks for. */
const english = new Map([...englishWording(), ...exampleWording()])
const others = locales.filter((locale) => locale !== 'en')

describe.each(others)('the codebook in %s', (locale) => {
  it('has every key of the codebook and no other, in the order of the codebook', async () => {
    const { default: wording } = await wordings[locale]()
    const missing = [...english.keys()].filter((key) => !(key in wording))
    const unused = Object.keys(wording).filter((key) => !english.has(key))
    expect({ missing, unused }).toEqual({ missing: [], unused: [] })
  })

  it('says something under every key, and not the English again', async () => {
    const { default: wording } = await wordings[locale]()
    const empty = Object.entries(wording).filter(([, text]) => text.trim() !== text || text === '')
    // A single word may be the same in two languages; a sentence is not.
    const same = Object.entries(wording).filter(([key, text]) => text === english.get(key) && text.length > 20)
    expect({ empty, same }).toEqual({ empty: [], same: [] })
  })

  it('words the answers to one question apart', async () => {
    const { default: wording } = await wordings[locale]()
    const twice = [...english.keys()].filter((key) => {
      const list = key.slice(0, key.lastIndexOf('.'))
      if (key.endsWith('.definition') || key.endsWith('.short')) return false
      const before = [...english.keys()].filter(
        (other) =>
          other < key && other.slice(0, other.lastIndexOf('.')) === list && english.get(other) !== english.get(key),
      )
      return before.some((other) => wording[other] === wording[key])
    })
    expect(twice).toEqual([])
  })
})
