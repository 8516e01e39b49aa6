import { expect } from '@playwright/test'
import type { CaseRecord, CompleteRecord } from '../src/record/case-record.ts'
import { isPresent } from '../src/record/units.ts'
import type { Told, ToldCase } from './told.ts'

/** What the program gives beside what was told, or in its place; undefined where it takes something out. */
interface Derived {
  readonly victims?: readonly Told[]
  readonly perpetrators?: readonly Told[]
  readonly event?: Told
  readonly reportingEntity?: Told
}

export function complete(record: CaseRecord | undefined): CompleteRecord {
  if (record?.state !== 'complete') throw new Error('no complete revision arrived')
  return record
}

const rer = { orgCode: 'TRIAL', orgType: 'ngo' }

/** The revision holds just what was told, by code, and what is derived from it; no other answer is in it. */
export function expectAsTold(record: CaseRecord | undefined, told: ToldCase, derived: Derived = {}): void {
  const { event, reportingEntity, victims, perpetrators, links } = complete(record)
  const { dat, ...answers } = event.answers
  expect(dat).toMatch(/^\d{4}-\d\d-\d\dT/)
  expect(answers).toEqual({ ...told.event, ...derived.event })
  expect(reportingEntity.answers).toEqual({ rer, ...told.reportingEntity, ...derived.reportingEntity })
  expect(victims.filter(isPresent).map((one) => one.answers)).toEqual(
    told.victims.map((one, at) => ({ ...one, ...derived.victims?.[at] })),
  )
  expect(perpetrators.map((one) => one.answers)).toEqual(
    (told.perpetrators ?? []).map((one, at) => ({ ...one, ...derived.perpetrators?.[at] })),
  )
  expect(links).toEqual(
    (told.links ?? []).map(({ perpetrator, victim, rtv }) => ({
      victim: victims[victim]?.id,
      perpetrator: perpetrators[perpetrator]?.id,
      answers: { rtv },
    })),
  )
}
