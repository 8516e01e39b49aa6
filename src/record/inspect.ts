import { isVariableCode, variable as variableOf } from '../codebook/codebook.ts'
import { caseRecordSchema, type CompleteRecord } from './case-record.ts'
import { onlyByRule } from './codes.ts'
import { deriveFacts } from './derive.ts'
import type { Facts, Unit } from './facts.ts'
import { isEmpty, isSame } from './json.ts'
import { judge, type Finding } from './rules.ts'
import { findingsOfShape } from './shape-findings.ts'

/**
 * What speaks against taking a complete revision as finished, for whoever finishes, imports or opens one; empty if
 * nothing does. Its shape; values that differ from what the derive rules of this edition set (severity derive: set it
 * aside with its reason); answers of closed variables; values that only a rule may set; rules of severity error.
 */
export function inspect(record: CompleteRecord, now: string): Finding[] {
  const facts = deriveFacts(record, { now })
  const broken = judge(record, { now, stage: 'check' }).findings.filter(({ severity }) => severity === 'error')
  const others = facts.units.flatMap((unit) => [...differences(facts, unit), ...misplaced(facts, unit)])
  const result = caseRecordSchema.safeParse(record)
  const misshapen = result.success ? [] : findingsOfShape(result.error.issues, record)
  const named = [...broken, ...others]
  return [...named, ...misshapen.filter((finding) => !named.some((other) => isNamedBy(finding, other)))]
}

function differences(facts: Facts, unit: Unit): Finding[] {
  return [...facts.derivedAt(unit.at)].flatMap(([key, { value, rule }]): Finding[] => {
    if (key.includes('.')) return []
    const agrees = value === null ? isEmpty(unit.given[key]) : isSame(unit.given[key], value)
    return agrees ? [] : [{ rule, severity: 'derive', at: unit.at, variables: [key] }]
  })
}

/** Held, though closed or only for a rule to set, and no rule sets it. */
function misplaced(facts: Facts, unit: Unit): Finding[] {
  const derived = facts.derivedAt(unit.at)
  const free = Object.keys(unit.given).filter((key) => isVariableCode(key) && !derived.has(key))
  const wrong = free.filter((code) => {
    const variable = variableOf(code)
    const given = unit.given[code]
    const byRule = (Array.isArray(given) ? given : [given]).some(
      (one) => typeof one === 'string' && onlyByRule(variable, one),
    )
    return byRule || !facts.isOpen(unit, variable)
  })
  return wrong.map((code) => ({ rule: 'shape', severity: 'error', at: unit.at, variables: [code] }))
}

function isNamedBy(finding: Finding, other: Finding): boolean {
  return other.at === finding.at && finding.variables.every((code) => other.variables.includes(code))
}
