import { expect, it } from 'vitest'
import { allVariables, isVariableCode } from './codebook.ts'
import { examples } from './examples.ts'

it('every variable of steps 1 and 2 has an example', () => {
  const without = allVariables.filter(({ code, step }) => step < 3 && !(code in examples)).map(({ code }) => code)
  expect(without).toEqual([])
})

it('examples are short, and are of variables that exist', () => {
  for (const [code, example] of Object.entries(examples)) {
    expect(isVariableCode(code), code).toBe(true)
    expect(example.length, code).toBeLessThanOrEqual(130)
    expect(example, code).toMatch(/^[A-Z0-9“].*\.$/)
  }
})
