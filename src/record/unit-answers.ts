import * as z from 'zod/mini'
import { allVariables, codebook } from '../codebook/codebook.ts'
import type { UnitName, Variable } from '../codebook/variable.ts'
import { answerSchema, textsSchema, type Answers } from './answers.ts'
import { chosenCodes } from './canonical.ts'
import { isObject } from './json.ts'

/** Variables that a record stores on this unit, in the order of the codebook (`rvp` is only ever written out). */
export function storedVariables(unit: UnitName): Variable[] {
  return codebook.units[unit].filter((variable) => variable.stored !== false)
}

/** Variables of the event and the reporting entity that a victim may answer otherwise. */
export const overridable: readonly Variable[] = allVariables.filter((variable) => variable.perVictimOverride === true)

/** An own decision goes with an own status: `ret` and `dem` are never inherited beside it, nor given without it. */
export const goesWith: ReadonlyMap<string, string> = new Map([
  ['ret', 'sta'],
  ['dem', 'sta'],
])

/** The keys of a variable in a unit's answers: the code, the texts beside codes, the mark. */
export function keysOf(variable: Variable): string[] {
  return [variable.code, variable.texts, variable.mark?.key].filter((key) => key !== undefined)
}

const owners: ReadonlyMap<string, Variable> = new Map(
  allVariables.flatMap((variable) => keysOf(variable).map((key) => [key, variable] as const)),
)

/** The variable that a key of `answers` belongs to. */
export function ownerOf(key: string): Variable | undefined {
  return owners.get(key)
}

/** Answers of one unit: no key but those of its variables, and texts and marks only beside what they belong to. */
export function answersSchema(variables: readonly Variable[]): z.ZodMiniType<Answers> {
  const members = variables.flatMap((variable) => membersOf(variable))
  return z.strictObject(Object.fromEntries(members)).check(
    z.superRefine((answers, context) => {
      const given = answers as Answers
      for (const variable of variables) {
        if (!textsFit(variable, given)) context.addIssue({ code: 'custom', path: [variable.texts ?? ''] })
      }
      if (!presumptionFits(given)) context.addIssue({ code: 'custom', path: ['stvPresumed'] })
    }),
  ) as unknown as z.ZodMiniType<Answers>
}

function membersOf(variable: Variable): [key: string, schema: z.ZodMiniType][] {
  const members: [string, z.ZodMiniType][] = [[variable.code, z.exactOptional(answerSchema(variable))]]
  const texts = textsSchema(variable)
  if (variable.texts !== undefined && texts !== undefined) members.push([variable.texts, z.exactOptional(texts)])
  if (variable.mark !== undefined) members.push([variable.mark.key, z.exactOptional(z.literal(true))])
  return members
}

function textsFit(variable: Variable, answers: Answers): boolean {
  const texts = variable.texts === undefined ? undefined : answers[variable.texts]
  if (!isObject(texts)) return true
  const chosen = chosenCodes(answers[variable.code])
  return Object.keys(texts).every((code) => chosen.includes(code))
}

/** Beside `stv: "minor"` while `agv` is not a number (codebook, R18). */
function presumptionFits(answers: Answers): boolean {
  return answers['stvPresumed'] === undefined || (answers['stv'] === 'minor' && typeof answers['agv'] !== 'number')
}
