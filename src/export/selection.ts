import type { CaseRecord, CompleteRecord } from '../record/case-record.ts'
import { isPresent, type Victim } from '../record/units.ts'
import { currentRevisions, type Conflict, type Fork } from './current.ts'

/** `all`: for use inside the organisation. `agreed`: only victims who agreed that data are passed on. */
export type Sharing = 'all' | 'agreed'

export interface SelectedCase {
  readonly record: CompleteRecord
  readonly victims: readonly Victim[]
}

export interface Selection {
  readonly cases: readonly SelectedCase[]
  readonly leftOut: LeftOut
  readonly conflicts: readonly Conflict[]
  readonly forks: readonly Fork[]
}

/** What an export leaves out, counted, so that it can be explained. */
interface LeftOut {
  readonly withdrawnCases: number
  readonly withdrawnVictims: number
  /** Victims of the other cases who did not agree, were not asked, or took their agreement back. */
  readonly victimsNotAgreed: number
  /** Cases without a victim left to write down, for that reason. */
  readonly casesNotAgreed: number
}

/**
 * What stands in an export: the revision that counts of each case, without tombstones, and with `agreed` only victims
 * who agreed to `share` and did not take it back. A negated case stays, marked by its `sta`.
 */
export function selectCases(records: readonly CaseRecord[], sharing: Sharing = 'all'): Selection {
  const current = currentRevisions(records)
  const alive = current.records.filter((record) => record.state === 'complete')
  const cases = alive.map((record) => ({ record, victims: record.victims.filter(isPresent) }))
  const chosen = cases.map(({ record, victims }) => ({ record, victims: victims.filter(mayPass(sharing)) }))
  const victims = alive.flatMap((record) => record.victims)
  const here = victims.filter(isPresent).length
  return {
    cases: chosen.filter((one) => one.victims.length > 0),
    leftOut: {
      withdrawnCases: current.records.length - alive.length,
      withdrawnVictims: victims.length - here,
      victimsNotAgreed: here - chosen.flatMap((one) => one.victims).length,
      casesNotAgreed: chosen.filter((one) => one.victims.length === 0).length,
    },
    conflicts: current.conflicts,
    forks: current.forks,
  }
}

/** Agreed to `share`, and did not take it back: not asked is no agreement. */
const mayPass = (sharing: Sharing) => (victim: Victim) =>
  sharing === 'all' || (victim.consent.share?.value === 'yes' && victim.consent.withdrawn === undefined)
