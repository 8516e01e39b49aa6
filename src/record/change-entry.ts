import { edition } from '../codebook/edition.ts'
import { variable as variableOf } from '../codebook/codebook.ts'
import type { Answer } from './answers.ts'
import { chosenCodes } from './canonical.ts'
import { codeChangeSchema, correctable, type ChangeSaid } from './change-by-code.ts'
import { tidyText } from './short-text.ts'

/** A change by code while it is being entered: anything may still be missing, or left over from another choice. */
export interface ChangeEntry {
  readonly code: string
  readonly kind?: ChangeSaid['kind']
  readonly whom: 'event' | 'victim'
  /** Number of the victim, as typed. */
  readonly victim: string
  readonly date: string
  /** Answers to `sta`, `ret`, `dem`, `ces`. */
  readonly answers: Readonly<Partial<Record<'sta' | 'ret' | 'dem' | 'ces', Answer>>>
  /** What is corrected; '' while nothing is chosen. */
  readonly variable: string
  /** `null` while it is not answered. */
  readonly value: Answer
  readonly texts: Readonly<Record<string, string>>
  readonly scope?: 'share' | 'all'
}

/** Whether it has to be said who decided: not of what is only presumed, or not known. */
export const isDecided = (sta: Answer | undefined): boolean => sta === 'confirmed' || sta === 'negated'

/**
 * What it says, once it is whole and fits the shape; until then `undefined`.
 * @param at the moment of saying, as in a record
 */
export function saidIn(entry: ChangeEntry, at: string): ChangeSaid | undefined {
  const says = draftOf(entry)
  return codeChangeSchema.safeParse({ v: 1, edition, code: entry.code, at, says }).data?.says
}

function draftOf({ kind, whom, victim, date, answers, variable, value, texts, scope }: ChangeEntry): unknown {
  const of = whom === 'victim' ? { victim: Number(victim) } : {}
  switch (kind) {
    case 'status': {
      const { sta, ret, dem } = answers
      if (!isDecided(sta)) return { kind, ...of, date, sta }
      // Both are needed (codebook, R33); not known is enough.
      return ret === undefined || dem === undefined ? undefined : { kind, ...of, date, sta, ret, dem }
    }
    case 'proceedings':
      return { kind, date, ces: answers.ces }
    case 'correction':
      return correctionOf(of, { variable, value, texts })
    case 'consent':
      return { kind, ...of, date, scope }
    default:
      return undefined
  }
}

function correctionOf(
  of: { readonly victim?: number },
  { variable: code, value, texts }: Pick<ChangeEntry, 'variable' | 'value' | 'texts'>,
): unknown {
  const unit = of.victim === undefined ? 'event' : 'victim'
  if (!correctable(unit).some((one) => one.code === code)) return undefined
  const chosen = chosenCodes(value)
  const kept = Object.entries(texts)
    .map(([key, text]) => [key, tidyText(text)] as const)
    .filter(([key, text]) => text !== '' && chosen.includes(key))
  const beside = variableOf(code).texts !== undefined && kept.length > 0 ? { texts: Object.fromEntries(kept) } : {}
  return { kind: 'correction', ...of, variable: code, value, ...beside }
}
