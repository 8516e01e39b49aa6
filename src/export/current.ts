import type { CaseRecord } from '../record/case-record.ts'

/** Two different states that claim the same revision of a case. */
export interface Conflict {
  readonly caseId: string
  readonly code: string
  readonly revision: number
}

/** Different states that continue from the same one, so that the line of the case splits there. */
export interface Fork {
  readonly caseId: string
  readonly code: string
  /** SHA-256 of the state that they continue from. */
  readonly previous: string
  readonly revisions: readonly number[]
}

export interface Current {
  /** The revision of each case that counts, tombstones included, in the order in which the cases first appear. */
  readonly records: readonly CaseRecord[]
  readonly conflicts: readonly Conflict[]
  readonly forks: readonly Fork[]
}

/**
 * Which revision of each case counts: the highest, tombstones included; an older one that comes later changes nothing.
 *
 * Equal states of the same revision are a repeat. Where two states claim the same revision, the one given first counts
 * and the conflict is named; nothing is decided silently (record-shape.md, "Doubles and exports").
 */
export function currentRevisions(records: readonly CaseRecord[]): Current {
  const lines = groupBy(withoutRepeats(records), (record) => record.caseId)
  return {
    records: lines.map((line) => line.reduce((best, next) => (next.revision > best.revision ? next : best))),
    conflicts: lines.flatMap(conflictsOf),
    forks: lines.flatMap(forksOf),
  }
}

type Line = readonly [CaseRecord, ...CaseRecord[]]

function withoutRepeats(records: readonly CaseRecord[]): CaseRecord[] {
  const seen = new Set<string>()
  return records.filter((record) => {
    const state = JSON.stringify(record)
    return seen.size < seen.add(state).size
  })
}

function conflictsOf(line: Line): Conflict[] {
  return groupBy(line, (record) => record.revision)
    .filter((claims) => claims.length > 1)
    .map(([{ caseId, code, revision }]) => ({ caseId, code, revision }))
}

function forksOf(line: Line): Fork[] {
  const continued = line.filter((record) => record.previous !== null)
  return groupBy(continued, (record) => record.previous)
    .filter((heads) => heads.length > 1)
    .map((heads) => ({
      caseId: heads[0].caseId,
      code: heads[0].code,
      previous: heads[0].previous ?? '',
      revisions: heads.map((head) => head.revision),
    }))
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): [T, ...T[]][] {
  const groups = new Map<K, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups.values()]
}
