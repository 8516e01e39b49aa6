import type { Codebook } from '../codebook/codebook.ts'
import { withOverlay, type OwnValue } from '../codebook/overlay.ts'
import type { Answers } from '../record/answers.ts'
import type { CaseRecord } from '../record/case-record.ts'
import { countedAs, orderOf } from '../record/codes.ts'
import { isPresent } from '../record/units.ts'
import { codesIn } from './cells.ts'

/**
 * The codebook with the own values that these records hold and it does not know: of an earlier overlay, or of another
 * organisation. They have no words but their codes, and no table loses them.
 */
export function withFoundValues(asked: Codebook, records: readonly CaseRecord[]): Codebook {
  const answers = records.flatMap(answersIn)
  const found = Object.values(asked.units)
    .flat()
    .filter(({ kind }) => kind === 'coded' || kind === 'codes')
    .flatMap((variable) => {
      const codes = new Set(answers.flatMap((one) => codesIn(one[variable.code])))
      const strange = [...codes].filter((code) => code !== countedAs(code) && !orderOf(variable).includes(code))
      return strange.length === 0 ? [] : [[variable.code, strange.toSorted().map(ownValue)] as const]
    })
  if (found.length === 0) return asked
  return withOverlay(asked, { version: asked.overlay ?? '', values: Object.fromEntries(found) })
}

function ownValue(stored: string): OwnValue {
  const parent = countedAs(stored)
  return { parent, code: stored.slice(parent.length + 1), labels: { en: stored } }
}

function answersIn(record: CaseRecord): Answers[] {
  if (record.state === 'withdrawn') return []
  const victims = record.victims.filter(isPresent).flatMap(({ answers, overrides = {} }) => [answers, overrides])
  const others = [...record.perpetrators, ...record.links].map(({ answers }) => answers)
  return [record.event.answers, record.reportingEntity.answers, ...victims, ...others]
}
