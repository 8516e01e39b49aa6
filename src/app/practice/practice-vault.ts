// Practice: the same screens over cases that live in this page's memory alone. Nothing here knows the vault's worker,
// the database or the outbox, so nothing of it can be stored, boxed or sent; leaving it, or a reload, forgets it all.

import { completeness } from '../../record/completeness.ts'
import type { CaseRecord } from '../../record/case-record.ts'
import { newDraft, type Draft } from '../../record/draft.ts'
import { finish } from '../../record/finish.ts'
import { newId } from '../../record/ids.ts'
import { momentNow } from '../../record/moment.ts'
import { judge } from '../../record/rules.ts'
import { isPresent } from '../../record/units.ts'
import type { CaseAside, CasePlace, CaseSummary, FinishedLine, OpenCase, VaultApi } from '../../vault/api.ts'
import type { VaultClient } from '../../vault/vault-client.ts'
import { practiceCases } from './practice-cases.ts'

interface Kept {
  readonly draft: Draft
  readonly rev: number
  readonly changedAt: string
  readonly place?: CasePlace
  readonly aside?: CaseAside
  readonly finished: readonly FinishedLine[]
  /** The draft as the newest version left it. */
  readonly asFinished?: string
  readonly sent?: CaseRecord
}

const exactNow = (): string => new Date().toISOString()

/** What the case screens ask of a vault; whatever else is asked is refused. */
export function practiceVault(): VaultClient['api'] {
  const cases = new Map<string, Kept>()
  const add = (draft: Draft, changedAt = draft.createdAt): OpenCase => {
    const id = newId()
    cases.set(id, { draft, rev: 1, changedAt, finished: [] })
    return shown(id, read(id))
  }
  const read = (id: string): Kept => {
    const kept = cases.get(id)
    if (!kept) throw new Error('no such practice case')
    return kept
  }
  for (const draft of practiceCases(momentNow())) add(draft)

  const practised: Partial<VaultApi> = {
    list: async () => ({ cases: [...cases].map(([id, kept]) => summaryOf(id, kept)), unreadable: 0 }),
    possibleDoubles: async () => [],
    newCase: async () => add(newDraft({ now: momentNow() }), exactNow()),
    open: async (id) => shown(id, read(id)),
    save: async (id, _, draft, place, aside) => {
      const { place: _place, ...before } = read(id)
      const next = { ...before, draft, rev: before.rev + 1, changedAt: exactNow() }
      cases.set(id, { ...next, ...(place && { place }), ...(aside && { aside }) })
      const changed = hasChanged(next) && { changed: true }
      return { status: 'saved', rev: next.rev, at: next.changedAt, ...changed }
    },
    finish: async (id) => {
      const kept = read(id)
      const now = momentNow()
      const revision = kept.finished.length + 1
      const finished = finish(kept.draft, { now, revision: 1, previous: null })
      if (finished.status === 'blocked') return finished
      const line: FinishedLine = { revision, at: now, state: 'tablet-only' }
      const asFinished = JSON.stringify(kept.draft)
      const sent = { ...finished.record, revision }
      cases.set(id, { ...kept, rev: kept.rev + 1, finished: [...kept.finished, line], asFinished, sent })
      return { status: 'finished', rev: kept.rev + 1, revision, state: 'tablet-only' }
    },
    note: async () => undefined,
    copyDrafts: async () => 0,
  }
  return new Proxy(practised, {
    get: (target, name) => Reflect.get(target, name) ?? refuse,
  }) as unknown as VaultClient['api']
}

const refuse = async (): Promise<never> => await Promise.reject(new Error('not in practice'))

const hasChanged = ({ draft, asFinished }: Kept): boolean =>
  asFinished !== undefined && asFinished !== JSON.stringify(draft)

function shown(id: string, kept: Kept): OpenCase {
  const { draft, rev, changedAt, place, aside, finished, sent } = kept
  return {
    id,
    rev,
    draft,
    code: draft.code,
    state: finished.length > 0 ? 'tablet-only' : 'draft',
    changedSinceSent: hasChanged(kept),
    changedAt,
    history: finished,
    circle: 'me',
    ...(place && { place }),
    ...(aside && { aside }),
    ...(sent && { sent }),
  }
}

function summaryOf(id: string, kept: Kept): CaseSummary {
  const { draft, changedAt, finished } = kept
  const judgement = judge(draft, { now: momentNow() })
  return {
    id,
    code: draft.code,
    state: finished.length > 0 ? 'tablet-only' : 'draft',
    changedSinceSent: hasChanged(kept),
    createdAt: draft.createdAt,
    changedAt,
    victims: draft.victims.filter(isPresent).length,
    perpetrators: draft.perpetrators.length,
    toe: judgement.eventToe,
    circle: 'me',
    step1: completeness(draft, judgement, [1]).steps[1] ?? { answered: 0, asked: 0 },
  }
}
