import type { OutboxCode, OutboxRow } from '../database.ts'
import { completeness } from '../record/completeness.ts'
import { doubleKeysOf } from '../record/doubles.ts'
import type { Draft } from '../record/draft.ts'
import { momentNow } from '../record/moment.ts'
import { judge, type Judgement } from '../record/rules.ts'
import { isPresent } from '../record/units.ts'
import { sha256HexOf } from '../seal/digest.ts'
import type { CaseState, CaseSummary } from './api.ts'
import { placeOutside, type Body, type FinishedEntry, type Sum } from './payload.ts'
import type { Clock } from './tools.ts'

/** What the list will say of a case, made when it is saved. */
export async function sumOf(draft: Draft, body: Body, clock: Clock): Promise<Sum> {
  const judgement = judge(draft, { now: momentNow(clock.now()) })
  const step1 = completeness(draft, judgement, [1]).steps[1]
  const country = placePart(draft, 'country')
  const area = placePart(draft, 'area')
  const recorded = draft.event.answers['dat']
  const last = body.finished.at(-1)
  return {
    code: draft.code,
    createdAt: draft.createdAt,
    changedAt: body.changedAt,
    victims: draft.victims.filter(isPresent).length,
    perpetrators: draft.perpetrators.length,
    toe: formsOf(draft),
    ...(country !== undefined && { country }),
    answered: step1?.answered ?? 0,
    asked: step1?.asked ?? 0,
    changed: body.asFinished !== undefined && body.asFinished !== (await digestOf(draft)),
    ...(last && { last }),
    underway: body.finished.filter(isUnderway).length,
    ...placeOutside(body),
    ...(body.copyOf !== undefined && { copyOf: body.copyOf }),
    ...(body.withdrawn && { withdrawn: body.withdrawn }),
    ...(body.closedAt !== undefined && { closed: true }),
    ...(area !== undefined && { area }),
    ...(typeof recorded === 'string' && recorded.length <= 40 && { recorded }),
    missing: missingIn(judgement),
    doubles: body.withdrawn ? [] : doubleKeysOf(draft, judgement),
    ...(body.safety && { safe: body.safety.of, safeAt: body.safety.at }),
  }
}

/** Codes of the variables that an error of the rules is about, in the order in which they are told, once each. */
const missingIn = (judgement: Judgement): string[] => [
  ...new Set(
    judgement.findings.filter(({ severity }) => severity === 'error').map(({ variables }) => variables[0] ?? ''),
  ),
]

/** Whether a box of this revision has not been opened by the organisation yet. */
export const isUnderway = (entry: Pick<FinishedEntry, 'box' | 'state'>): boolean =>
  entry.box !== undefined && entry.state !== 'opened'

/** @param box the outbox row of the newest finished revision, while there is one */
export function summaryOf(id: string, sum: Sum, box: OutboxRow | undefined): Omit<CaseSummary, 'circle' | 'team'> {
  const { code, createdAt, changedAt, victims, perpetrators, toe, country, answered, asked, changed, place, copyOf } =
    sum
  const { area, recorded, missing } = sum
  const lastCode = sum.last?.code ?? box?.lastCode ?? ''
  return {
    id,
    code,
    state: stateOf(sum.last, box?.lastCode),
    changedSinceSent: changed,
    createdAt,
    changedAt,
    victims,
    perpetrators,
    toe,
    ...(country !== undefined && { country }),
    step1: { answered, asked },
    ...(lastCode !== '' && sum.last?.state !== 'opened' && { lastCode }),
    ...(place && { place }),
    ...(copyOf !== undefined && { copyOf }),
    ...(sum.withdrawn && { withdrawn: sum.withdrawn }),
    ...(sum.closed && { closed: true }),
    ...(area !== undefined && { area }),
    ...(recorded !== undefined && { recorded }),
    ...(missing && { missing }),
  }
}

// Codes that time alone will not mend. The row that they stand in is plain, so they may worry somebody without cause;
// they never say that anything arrived.
const needsSomebody: readonly OutboxCode[] = [
  'E-DEVICE',
  'E-CODE',
  'E-ENDPOINT',
  'E-CONFIG',
  'E-TOO-LARGE',
  'E-REFUSED',
]

/** The state a person sees. Received and opened come from verified receipts only. */
export function stateOf(last: FinishedEntry | undefined, waitingCode: OutboxCode | undefined): CaseState {
  return last ? stateOfSent(last.state, waitingCode) : 'draft'
}

/** The same for anything that was sealed. */
export function stateOfSent<S extends CaseState>(state: S, waitingCode: OutboxCode | undefined): S | 'attention' {
  const stuck = state === 'ready' && waitingCode !== undefined && needsSomebody.includes(waitingCode)
  return stuck ? 'attention' : state
}

/** Equal for drafts that say the same, whatever the order of their members and the codebook that they are asked by. */
export function digestOf(draft: Draft): Promise<string> {
  const { edition: _, overlay: __, ...said } = draft
  return sha256HexOf(JSON.stringify(said, inOrderOfNames))
}

function inOrderOfNames(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function formsOf(draft: Draft): string[] {
  const codes = draft.victims.filter(isPresent).flatMap(({ answers }) => answers['toe'] ?? [])
  return [...new Set(codes.filter((code) => typeof code === 'string'))]
}

function placePart(draft: Draft, name: 'country' | 'area'): string | undefined {
  const place = draft.event.answers['geo']
  const part = typeof place === 'object' && place !== null && !Array.isArray(place) ? place[name] : undefined
  return typeof part === 'string' && part.length <= 200 ? part : undefined
}
