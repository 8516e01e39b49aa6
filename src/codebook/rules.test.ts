import { describe, expect, test } from 'vitest'

import { allVariables, isVariableCode, variable } from './codebook.ts'
import { formsOfExploitation } from './forms-of-exploitation.ts'
import type { Clause, Comparison, Condition, Rule } from './rule.ts'
import { rules } from './rules.ts'

const all: readonly Rule[] = rules
const subjects = new Set(['all', 'dedup', 'export', 'freeText', 'victimId'])
const pseudo = new Set([
  '*',
  'perpetrators',
  'link',
  'freeText',
  'event.toe',
  'event.victimIds',
  'record.origin',
  'now',
  'consent.share',
  'export.kind',
  'pair.sameVictim',
  'pair.periodsOverlap',
])
const texts = new Set(allVariables.flatMap((one) => one.texts ?? []))
const marks = new Set(allVariables.flatMap((one) => one.mark?.key ?? []))

function comparisonsIn(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsIn)
  if ('any' in condition) return condition.any.flatMap(comparisonsIn)
  return 'not' in condition ? comparisonsIn(condition.not) : [condition]
}

function conditionsOf(clause: Clause): Condition[] {
  const tested = Object.values(clause.set ?? {}).flatMap((given) =>
    given !== null && typeof given === 'object' && 'if' in given ? [given.if] : [],
  )
  return [clause.when, clause.require, ...tested].filter((one) => one !== undefined)
}

function isKnown(name: string): boolean {
  if (pseudo.has(name) || isVariableCode(name) || marks.has(name)) return true
  const [whole, part] = name.split('.', 2)
  if (whole !== undefined && isVariableCode(whole) && part !== undefined) {
    const { derived, structure } = variable(whole)
    return part in { ...derived, ...structure }
  }
  return texts.has(name.replace(/\[.+\]$/, ''))
}

function codesAllowed(name: string): readonly string[] | undefined {
  if (!isVariableCode(name)) return undefined
  const one = variable(name)
  if (one.kind === 'exploitation') return formsOfExploitation.entries.map((form) => form.code)
  const listed = 'list' in one ? (one.list?.entries ?? []).map((entry) => entry.code) : []
  return [...listed, ...one.missing]
}

const asked = allVariables.flatMap(({ code, askedWhen: { expr } }) => (expr === true ? [] : [{ id: code, expr }]))
const conditions = [
  ...all.flatMap(({ id, expr }) => expr.flatMap(conditionsOf).map((one) => ({ id: id as string, expr: one }))),
  ...asked,
]

describe('the rules', () => {
  test('are the 51 of this edition, in order and numbered without a gap', () => {
    const ids = Array.from({ length: 51 }, (_, i) => `R${String(i + 1).padStart(2, '0')}`)
    expect(all.map((rule) => rule.id)).toEqual(ids)
  })

  test('are about variables that exist, or one of five named subjects', () => {
    for (const { id, variables } of all) {
      for (const code of variables) expect(isVariableCode(code) || subjects.has(code), `${id} ${code}`).toBe(true)
    }
  })

  test('look only at what there is', () => {
    for (const { id, expr } of conditions) {
      for (const one of comparisonsIn(expr)) {
        expect(isKnown(one.var), `${id} ${one.var}`).toBe(true)
        const other = 'value' in one && typeof one.value === 'object' && 'var' in one.value ? one.value.var : undefined
        if (other !== undefined) expect(isKnown(other), `${id} ${other}`).toBe(true)
      }
    }
  })

  test('compare only with codes that the variable has', () => {
    let compared = 0
    for (const { id, expr } of conditions) {
      for (const one of comparisonsIn(expr)) {
        const allowed = codesAllowed(one.var)
        if (!allowed || !/^(eq|in|includes|includesAny|includesL1)$/.test(one.op) || !('value' in one)) continue
        for (const value of [one.value].flat()) {
          if (typeof value !== 'string') continue
          expect(allowed, `${id} ${one.var} ${value}`).toContain(value)
          compared++
        }
      }
    }
    expect(compared).toBeGreaterThan(50)
  })

  test('set and suggest only what there is, and only codes that it has', () => {
    for (const { id, expr } of all) {
      for (const [name, given] of expr.flatMap(({ set, suggest }) => Object.entries({ ...set, ...suggest }))) {
        expect(isKnown(name), `${id} ${name}`).toBe(true)
        const allowed = codesAllowed(name)
        if (!allowed || given === null || given === true) continue
        if (typeof given === 'object' && 'fn' in given) continue
        const values = typeof given === 'object' && 'if' in given ? [given.then, given.else] : [given].flat()
        for (const value of values) expect(allowed, `${id} ${name}`).toContain(value)
      }
    }
  })

  test('have an action in each clause', () => {
    for (const { id, expr } of all) {
      expect(expr.length, id).toBeGreaterThan(0)
      for (const clause of expr)
        expect(Object.keys(clause).filter((key) => key !== 'when').length, id).toBeGreaterThan(0)
    }
  })
})
