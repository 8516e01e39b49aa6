import type { Finding } from './rules.ts'
import { ownerOf } from './unit-answers.ts'
import { isPresent, type Units } from './units.ts'

/** As much of a schema's issue as says where it is. */
interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly keys?: readonly string[]
  readonly errors?: readonly (readonly Issue[])[]
}

/** What a schema refused, as findings of the units where it stands, once each. Never what was said there. */
export function findingsOfShape(issues: readonly Issue[], units: Units<object>): Finding[] {
  const places = issues.flatMap((issue) => placesOf(issue, [], units))
  const findings = places.map((path): Finding => ({
    rule: 'shape',
    severity: 'error',
    ...placeOf(path, units as Units<never>),
  }))
  const seen = new Set<string>()
  return findings.filter(({ at, variables }) => {
    const key = `${at} ${variables.join()}`
    return !seen.has(key) && seen.add(key)
  })
}

/** A victim is either a person or a tombstone: the issues of the one that it looks like. */
function placesOf(issue: Issue, before: readonly PropertyKey[], units: Units<object>): PropertyKey[][] {
  const path = [...before, ...issue.path]
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => [...path, key])
  const victim = path[0] === 'victims' && path.length === 2 ? units.victims[Number(path[1])] : undefined
  if (issue.code !== 'invalid_union' || victim === undefined) return [path]
  const inside = issue.errors?.[isPresent(victim) ? 0 : 1] ?? []
  return inside.length === 0 ? [path] : inside.flatMap((one) => placesOf(one, path, units))
}

function placeOf(path: readonly PropertyKey[], units: Units<{ id: string }>): Pick<Finding, 'at' | 'variables'> {
  const [member, place, part, key] = path.map(String)
  const index = Number(place)
  const link = units.links[index]
  const variables = [
    key === undefined ? (part ?? member ?? '') : (ownerOf(key)?.code ?? (part === 'consent' ? part : key)),
  ]
  switch (member) {
    case 'victims':
    case 'perpetrators':
      return { at: units[member][index]?.id ?? 'event', variables }
    case 'links':
      return { at: link === undefined ? 'event' : `${link.victim}/${link.perpetrator}`, variables }
    case 'event':
    case 'reportingEntity':
      return { at: 'event', variables: [part === undefined ? member : (ownerOf(part)?.code ?? part)] }
    default:
      return { at: 'event', variables: [member ?? ''] }
  }
}
