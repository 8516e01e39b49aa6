import type { SafetyCopy } from '../src/batch/safety-copy.ts'

/** A safety copy that was read. */
export interface OpenedDraft {
  readonly boxId: string
  readonly deviceId: string
  readonly seq: number
  readonly size: number
  readonly caseId: string
  /** The case code, for people. */
  readonly code: string
  /** The revision that it would become. */
  readonly revision: number
  readonly changedAt: string
  readonly copy: SafetyCopy
}

/** What is known of a case besides its drafts. */
export interface Beside {
  /** The highest revision that has arrived. */
  readonly finished: (caseId: string) => number
  /** Codes of cases of which somebody withdrew consent by code. */
  readonly withdrawn: ReadonlySet<string>
}

/**
 * The drafts that can be given back: of each case the newest, unless that version or a later one was finished, or
 * consent was withdrawn since by case code. Of one tablet the later sealed is the newer, of two the later written.
 */
export function draftsThatCount(drafts: readonly OpenedDraft[], { finished, withdrawn }: Beside): OpenedDraft[] {
  const newest = new Map<string, OpenedDraft>()
  for (const draft of drafts) {
    const other = newest.get(draft.caseId)
    if (!other || isNewer(draft, other)) newest.set(draft.caseId, draft)
  }
  return [...newest.values()].filter(
    ({ caseId, code, revision }) => finished(caseId) < revision && !withdrawn.has(code),
  )
}

const isNewer = (one: OpenedDraft, other: OpenedDraft): boolean =>
  one.deviceId === other.deviceId ? one.seq > other.seq : Date.parse(one.changedAt) > Date.parse(other.changedAt)

/** Drafts as a copy that a tablet can bring back, and what could not be put into it. */
export interface GivenBack {
  readonly copy: {
    readonly v: 1
    readonly deviceId: string
    readonly at: string
    readonly cases: Returned[]
  }
  /** Versions that were finished before and are not here: their drafts come back without them. */
  readonly missing: readonly { readonly code: string; readonly revision: number }[]
}

interface Returned {
  readonly circle: SafetyCopy['circle']
  readonly case: Omit<SafetyCopy['case'], 'revisions'> & {
    readonly revisions: { row: string; text: string }[]
  }
}

interface Arrived {
  readonly records: readonly Text[]
  readonly conflicts: readonly Text[]
  readonly safe: readonly OpenedDraft[]
}
interface Text {
  readonly sha256: string
  readonly text: string
}

/**
 * The drafts of one tablet as a copy of it, made whole again with the texts of the versions that were finished before,
 * by their digests. What is here is opened: no tablet sends it again.
 * @param at when the copy is made, as a record writes moments
 */
export function giveBack({ records, conflicts, safe }: Arrived, deviceId: string, at: string): GivenBack {
  const texts = new Map([...records, ...conflicts].map(({ sha256, text }) => [sha256, text]))
  const missing: { code: string; revision: number }[] = []
  const cases = safe
    .filter((draft) => draft.deviceId === deviceId)
    .map(({ code, copy }): Returned => {
      const { finished } = copy.case.body
      for (const { sha256, revision } of finished) if (!texts.has(sha256)) missing.push({ code, revision })
      const revisions = finished.flatMap(({ row, sha256 }) => {
        const text = texts.get(sha256)
        return text === undefined ? [] : [{ row, text }]
      })
      const known = finished.map((entry) => (texts.has(entry.sha256) ? { ...entry, state: 'opened' as const } : entry))
      return { circle: copy.circle, case: { ...copy.case, body: { ...copy.case.body, finished: known }, revisions } }
    })
  return { copy: { v: 1, deviceId, at, cases }, missing }
}
