import { describe, expect, test } from 'vitest'

import { entryOf, type CodeList } from './code-list.ts'
import { allVariables, codebook, isVariableCode, missingEntriesOf, ruleById, variable } from './codebook.ts'
import { sources } from './sources.ts'
import type { UnitName } from './variable.ts'

const lists = new Map<string, Set<CodeList>>()
for (const one of allVariables) {
  const list = 'list' in one ? one.list : undefined
  if (list) lists.set(list.id, (lists.get(list.id) ?? new Set()).add(list))
}
const distinct = [...lists.values()].flatMap((same) => [...same])

describe('the variables', () => {
  test('are the 58 of this edition, each asked once', () => {
    const codes = allVariables.map((one) => one.code)
    expect(codes).toHaveLength(58)
    expect(new Set(codes).size).toBe(58)
  })

  test('lie on the unit whose file holds them', () => {
    for (const [unit, variables] of Object.entries(codebook.units)) {
      for (const one of variables) expect(one.unit, one.code).toBe(unit)
    }
  })

  test('lie where the shape of the record has them', () => {
    const codesOn = (unit: UnitName) => codebook.units[unit].map((one) => one.code).toSorted()
    const sorted = (codes: string) => codes.split(' ').toSorted()
    expect(codesOn('event')).toEqual(
      sorted('geo dat coe exp sta moc ces cca cyb ssc fls dab dae x3att x3soc x3loc x3nvk x3npk'),
    )
    expect(codesOn('reportingEntity')).toEqual(sorted('rer ret dem'))
    expect(codesOn('perpetrator')).toEqual(sorted('sxp agp stp cip rpp x3pls x3prc x3pec'))
    expect(codesOn('link')).toEqual(sorted('rtv rvp'))
    const step3 = codesOn('victim').filter((code) => code.startsWith('x3'))
    expect(codesOn('victim').filter((code) => !step3.includes(code))).toEqual(
      sorted('toe sxv agv stv civ lcv msv ncv lpv lsv lev'),
    )
    expect(step3).toHaveLength(16)
  })

  test('are all stored, but for the one that is another seen from the other side', () => {
    expect(allVariables.filter((one) => one.stored === false).map((one) => one.code)).toEqual(['rvp'])
  })

  test('are told apart from codes that the codebook does not have', () => {
    expect(isVariableCode('sxv')).toBe(true)
    expect(isVariableCode('constructor')).toBe(false)
    expect(() => variable('sxq')).toThrow(RangeError)
    expect(() => ruleById('R52')).toThrow(RangeError)
    expect(ruleById('R51').variables).toEqual(['toe'])
  })

  test('answer to no alias that is a code of another variable', () => {
    for (const one of allVariables) {
      for (const alias of one.aliases ?? []) expect(isVariableCode(alias), alias).toBe(false)
    }
  })

  test('of step 3 are off unless wanted, but for the legal status of the perpetrator', () => {
    const third = allVariables.filter((one) => one.step === 3)
    expect(third).toHaveLength(24)
    expect(third.filter((one) => one.enabledByDefault).map((one) => one.code)).toEqual(['x3pls'])
    expect(allVariables.filter((one) => one.step !== 3 && 'enabledByDefault' in one)).toEqual([])
  })

  test('that a victim may override are the eight of the record', () => {
    const own = allVariables.filter((one) => one.perVictimOverride).map((one) => one.code)
    expect(own.toSorted()).toEqual(['dab', 'dae', 'dem', 'fls', 'moc', 'ret', 'ssc', 'sta'])
  })

  test('name only sources that are listed', () => {
    const ids = new Set<string>(sources.map((source) => source.id))
    expect(ids.size).toBe(22)
    for (const one of allVariables) expect(ids, one.code).toContain(one.provenance.source)
  })
})

describe('the lists', () => {
  test('have one id each', () => {
    for (const [id, same] of lists) expect(same.size, id).toBe(1)
  })

  test('hold each code once, and only parents that they hold', () => {
    for (const list of distinct) {
      const codes = list.entries.map((entry) => entry.code)
      expect(new Set(codes).size, list.id).toBe(codes.length)
      for (const entry of list.entries) if (entry.parent) expect(codes, list.id).toContain(entry.parent)
    }
  })

  test('hold exactly the missing codes that their variables accept', () => {
    for (const one of allVariables) {
      if (!('list' in one) || !one.list) continue
      const held = one.list.entries.filter((entry) => entry.missing).map((entry) => entry.code)
      expect(held.toSorted(), one.code).toEqual([...one.missing].toSorted())
    }
  })

  test('mark as missing nothing but nk, na and ref', () => {
    for (const list of distinct) {
      for (const entry of list.entries) {
        expect(entry.missing === true, `${list.id} ${entry.code}`).toBe(['nk', 'na', 'ref'].includes(entry.code))
      }
    }
  })

  test('leave a free text only where the variable has a place for it', () => {
    const withText = allVariables.filter(
      (one) => 'list' in one && one.list?.entries.some((entry) => entry.freeText !== undefined),
    )
    expect(withText.map((one) => one.texts).toSorted()).toEqual(['mocText', 'retText', 'rppText', 'sscText'])
  })

  test('keep the label where the interface shows other words', () => {
    const rpp = variable('rpp')
    const entry = rpp.kind === 'codes' ? entryOf(rpp.list, 'transferred') : undefined
    expect(entry).toMatchObject({ label: 'Transferred individual', display: 'Transferred a person' })
  })
})

describe('the silences of a variable', () => {
  test('are worded by its list, or by the common words where it has none', () => {
    const labels = (code: string) => missingEntriesOf(variable(code)).map((entry) => entry.label)
    expect(labels('rtv')).toEqual(['Relationship not known', 'Declined to answer'])
    expect(labels('agp')).toEqual(['Not known', 'Not applicable'])
    expect(labels('dat')).toEqual([])
  })

  test('say which of them only a rule sets', () => {
    const offered = (code: string) => missingEntriesOf(variable(code)).filter((entry) => entry.offered !== false)
    expect(offered('sxv').map((entry) => entry.code)).toEqual(['nk', 'ref'])
    expect(offered('lsv').map((entry) => entry.code)).toEqual(['nk', 'na', 'ref'])
  })
})
