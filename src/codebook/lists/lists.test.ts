import { describe, expect, test } from 'vitest'

import { alpha3, countryCodes, countryName, isCountryCode } from './countries.ts'
import { divisionsOf, industries, isSector, sectionOf } from './industries.ts'
import { isLanguageCode, languageAlpha3, languageCodes, languageName } from './languages.ts'

describe('countries', () => {
  test('are 249, each with its own alpha-3', () => {
    expect(countryCodes).toHaveLength(249)
    expect(new Set(alpha3.values()).size).toBe(249)
    for (const [two, three] of alpha3) expect(`${two} ${three}`).toMatch(/^[A-Z]{2} [A-Z]{3}$/)
  })

  test('keep Namibia apart from not applicable', () => {
    expect(isCountryCode('NA')).toBe(true)
    expect(isCountryCode('na')).toBe(false)
    expect(alpha3.get('NA')).toBe('NAM')
  })

  test('are called what the platform calls them', () => {
    expect(countryName('MA', 'en')).toBe('Morocco')
    expect(countryName('MA', 'es')).toBe('Marruecos')
    expect(countryCodes.filter((code) => countryName(code, 'en') === code)).toEqual([])
  })
})

describe('languages', () => {
  test('are 482, stored by two letters where there are two', () => {
    expect(languageCodes).toHaveLength(482)
    expect(new Set(languageAlpha3.values()).size).toBe(482)
    for (const code of languageCodes) expect(code).toMatch(/^[a-z]{2,3}$/)
    expect(languageAlpha3.get('es')).toBe('spa')
    expect(isLanguageCode('spa')).toBe(false)
  })

  test('never take the missing code for Nauru', () => {
    expect(isLanguageCode('na')).toBe(false)
    expect(isLanguageCode('nau')).toBe(true)
    expect(languageAlpha3.get('nau')).toBe('nau')
    for (const missing of ['nk', 'ref']) expect(isLanguageCode(missing)).toBe(false)
  })

  test('leave out the codes that name no language, and keep sign languages', () => {
    for (const code of ['mis', 'mul', 'und', 'zxx']) expect(isLanguageCode(code)).toBe(false)
    expect(isLanguageCode('sgn')).toBe(true)
  })

  test('show their code where the platform has no name', () => {
    expect(languageName('es', 'en')).toBe('Spanish')
    expect(languageCodes.every((code) => languageName(code, 'en').length > 0)).toBe(true)
  })
})

describe('industries', () => {
  test('are the 22 sections, each with divisions of its own', () => {
    const sections = industries.entries.map((entry) => entry.code).filter((code) => /^[A-Z]$/.test(code))
    expect(sections.join('')).toBe('ABCDEFGHIJKLMNOPQRSTUV')
    const divisions = sections.flatMap(divisionsOf)
    expect(divisions).toHaveLength(87)
    expect(new Set(divisions).size).toBe(87)
  })

  test('are a section, or a section with its division', () => {
    expect(['A', 'A03', 'U97'].every(isSector)).toBe(true)
    expect(['', 'W', 'A04', 'A3', 'nk', 'toString'].some(isSector)).toBe(false)
    expect(sectionOf('A03')).toBe('A')
  })
})
