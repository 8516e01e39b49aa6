import { expect, test } from 'vitest'

import type { CodeList } from './code-list.ts'
import { allVariables, variable } from './codebook.ts'
import { crosswalkOf, formCrosswalks, isicRev4ToRev5, isicRev5ToRev4, valueCrosswalks } from './crosswalks.ts'
import { formsOfExploitation } from './forms-of-exploitation.ts'
import { divisionsOf } from './lists/industries.ts'

const lists = new Map<string, CodeList>(
  allVariables.flatMap((one) => ('list' in one && one.list ? [[one.list.id, one.list]] : [])),
)

function listOf(code: string): CodeList {
  const one = variable(code)
  if (!('list' in one) || !one.list) throw new Error('a list was expected')
  return one.list
}

test('every crosswalk belongs to a value that is asked', () => {
  for (const [id, values] of Object.entries(valueCrosswalks)) {
    const codes = lists.get(id)?.entries.map((entry) => entry.code)
    for (const code of Object.keys(values)) expect(codes, id).toContain(code)
  }
  for (const code of Object.keys(formCrosswalks)) {
    expect(formsOfExploitation.entries.map((form) => form.code as string)).toContain(code)
  }
})

test('every form below the root is known to the files of others', () => {
  expect(Object.keys(formCrosswalks)).toHaveLength(20)
})

test('a silence has the words of its source unless the list has its own', () => {
  expect(crosswalkOf(listOf('sxv'), 'nk')).toEqual({ sourceCode: 'ICCS: not known' })
  expect(crosswalkOf(listOf('rtv'), 'nk')).toMatchObject({ sourceCode: 'ICCS ViP 11', htcds2: null })
  expect(crosswalkOf(listOf('sxv'), 'ref')).toEqual({})
  expect(crosswalkOf(listOf('lpv'), 'na')).toEqual({})
})

test('industries go to the older revision and come back', () => {
  for (const [five, four] of Object.entries(isicRev5ToRev4)) {
    expect(divisionsOf(five)).not.toEqual([])
    expect(isicRev4ToRev5.map[four]).toContain(five)
  }
})
