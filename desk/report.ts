import { showCaseCode } from '../src/record/ids.ts'
import type { Selection } from '../src/export/selection.ts'
import type { AskReason } from './apply-change.ts'
import type { Opened, OpenedChange, QuarantineReason } from './open-boxes.ts'

/**
 * What a run found, in plain words, for people who decide what to do next. Names boxes, devices and case codes, never an
 * answer. The same boxes give the same text.
 * @param selection what the tables were made of
 */
export function reportOf(opened: Opened, selection: Selection, store: StoreNews = { unfetched: 0, gone: 0 }): string {
  const parts = [
    store.notUpToDate === undefined ? [] : [store.notUpToDate],
    taken(opened, selection),
    leftOut(selection),
    aside(opened),
    changed(opened),
    safe(opened),
    doubles(opened),
    chains(opened),
    keys(opened),
    logs(opened),
    stored(store),
  ]
  return `${parts.flat().join('\n')}\n`
}

/** What became of the boxes that are kept. */
export interface StoreNews {
  /** Listed by the receiver, and given with other bytes than their name says. */
  readonly unfetched: number
  /** Revisions that were taken in before and whose boxes were removed since. */
  readonly gone: number
  /** Where the receiver could not be asked for what is new: a sentence that says so. */
  readonly notUpToDate?: string
}

/** One line for the end of a run. */
export function summaryOf(opened: Opened, selection: Selection): string {
  const asking = opened.changes.filter(({ outcome }) => outcome.status === 'asks').length
  const attention =
    opened.quarantined.length + opened.conflicts.length + opened.forks.length + opened.gaps.length + asking
  const told =
    attention === 0 ? 'Nothing needs attention.' : `${many(attention, 'thing needs', 'things need')} attention.`
  return `${many(selection.cases.length, 'case', 'cases')} in the tables, from ${many(boxesOf(opened), 'box', 'boxes')}. ${told}`
}

const boxesOf = ({ imported, tests, drafts, changes, quarantined }: Opened) =>
  imported.length + tests.length + drafts.length + changes.length + quarantined.length

function taken(opened: Opened, { cases }: Selection): string[] {
  const victims = cases.reduce((sum, one) => sum + one.victims.length, 0)
  return [
    `Boxes read: ${boxesOf(opened)}`,
    `  with finished revisions: ${opened.imported.length}`,
    `  tests of the line: ${opened.tests.length}`,
    `  safety copies of drafts (kept, never counted): ${opened.drafts.length}`,
    `  changes by case code: ${opened.changes.length}`,
    `  set aside: ${opened.quarantined.length}`,
    `Revisions taken in: ${opened.records.length}; here already: ${opened.duplicates.length}`,
    `In the tables: ${many(cases.length, 'case', 'cases')}, ${many(victims, 'victim', 'victims')}`,
  ]
}

function leftOut({ leftOut }: Selection): string[] {
  const lines = [
    [leftOut.withdrawnCases, 'withdrawn case', 'withdrawn cases'],
    [leftOut.withdrawnVictims, 'withdrawn victim', 'withdrawn victims'],
    [leftOut.victimsNotAgreed, 'victim who did not agree to sharing', 'victims who did not agree to sharing'],
    [
      leftOut.casesNotAgreed,
      'case without a victim who agreed to sharing',
      'cases without a victim who agreed to sharing',
    ],
  ] as const
  const told = lines.filter(([count]) => count > 0).map(([count, one, more]) => `  ${many(count, one, more)}`)
  return told.length === 0 ? [] : ['Left out of the tables:', ...told]
}

function aside({ quarantined }: Opened): string[] {
  if (quarantined.length === 0) return []
  return [
    'Set aside (nothing of them is in the tables; the boxes are kept):',
    ...quarantined.map(
      ({ boxId, reason, deviceId, rules = [] }) =>
        `  box ${boxId}${from(deviceId)}: ${reasons[reason]} (${[reason, ...rules].join(', ')})`,
    ),
  ]
}

/** The tables hold what was applied; the case and the kind of change are named, never what was said. */
function changed({ changes }: Opened): string[] {
  const lines = changes.map(
    ({ outcome, ...rest }) =>
      [outcome, `  ${changeLine(rest)}, box ${rest.boxId} from tablet ${rest.deviceId}`] as const,
  )
  const applied = lines.flatMap(([outcome, line]) => (outcome.status === 'applied' ? [line] : []))
  const asking = lines.flatMap(([outcome, line]) => {
    if (outcome.status === 'applied') return []
    return [`${line}: ${asks[outcome.reason]} (${[outcome.reason, ...(outcome.rules ?? [])].join(', ')})`]
  })
  return [
    ...(applied.length > 0 ? ['Applied by case code (the tables hold the result):', ...applied] : []),
    ...(asking.length > 0 ? ['Said by case code, and not applied. Somebody has to decide:', ...asking] : []),
  ]
}

/** Kept for the day on which a tablet is lost. The case and the day are named, never what is in it. */
function safe({ safe }: Opened): string[] {
  if (safe.length === 0) return []
  return [
    'Drafts that are safe here (not in the tables; "drafts" gives them to a new tablet):',
    ...safe.map(
      ({ code, changedAt, deviceId }) =>
        `  case ${showCaseCode(code)}, as of ${changedAt.slice(0, 10)}, from tablet ${deviceId}`,
    ),
  ]
}

function changeLine({ change: { code, says } }: Pick<OpenedChange, 'change'>): string {
  const whom = 'victim' in says && says.victim !== undefined ? `victim ${says.victim}` : undefined
  const of = {
    status: `status of ${whom ?? 'the event'}`,
    proceedings: 'state of the criminal case',
    correction: `correction of ${says.kind === 'correction' ? says.variable : ''} of ${whom ?? 'the event'}`,
    consent: `withdrawal of consent of ${whom ?? 'the whole case'}`,
  }
  return `case ${showCaseCode(code)}, ${of[says.kind]}`
}

const asks: Readonly<Record<AskReason, string>> = {
  'no-such-case': 'no case with this code is here. It may still be on its way, or the code is wrong',
  'several-cases': 'several cases have this code',
  'no-such-victim': 'the case has no victim with this number any more, or never had',
  'later-version': 'a later version of the case was finished after it was said, and counts',
  'case-withdrawn': 'the case was withdrawn',
  'not-asked-here': 'the question is not asked in this case, as its other answers stand',
  'rule-broken': 'the case would break rules that must hold',
}

function doubles({ conflicts, forks }: Opened): string[] {
  return [
    ...conflicts.map(
      ({ record, boxId }) =>
        `Conflict: case ${showCaseCode(record.code)}, revision ${record.revision}: another state of it was taken in before. This one, in box ${boxId}, is kept and not counted. Ask the tablet.`,
    ),
    ...forks.map(
      ({ code, revision }) =>
        `Fork: case ${showCaseCode(code)}, revision ${revision} goes on from another state than the one that is here. Ask the tablet.`,
    ),
  ]
}

function chains({ gaps, chainForks }: Opened): string[] {
  return [
    ...gaps.map(({ deviceId, from, to }) =>
      from === to
        ? `Missing: box ${from} of tablet ${deviceId}. It may still be on its way.`
        : `Missing: boxes ${from} to ${to} of tablet ${deviceId}. They may still be on their way.`,
    ),
    ...chainForks.map(
      ({ deviceId, seq }) =>
        `Out of line: box ${seq} of tablet ${deviceId} does not follow the one before it. The tablet may have been copied or reset.`,
    ),
  ]
}

function keys({ newKeys }: Opened): string[] {
  if (newKeys.length === 0) return []
  return [
    'New accounts, seen for the first time. Check that you know them:',
    ...newKeys.map(({ key, deviceId }) => `  key ${key} on tablet ${deviceId}`),
  ]
}

/** A log cut short does not hold the place that its newest box named. */
function logs({ logEnds }: Opened): string[] {
  if (logEnds.length === 0) return []
  return [
    'Where the log of each account stood at its newest box ("What was done" on the tablet compares the words):',
    ...logEnds.map(
      ({ key, deviceId, seq, words }) => `  ${words.join(' ')}: key ${key}, box ${seq} of tablet ${deviceId}`,
    ),
  ]
}

function stored({ unfetched, gone }: StoreNews): string[] {
  return [
    ...(unfetched > 0
      ? [
          `${many(unfetched, 'box', 'boxes')} did not come whole from the receiver. They are asked for again the next time.`,
        ]
      : []),
    ...(gone > 0
      ? [
          `${many(gone, 'revision', 'revisions')} that were taken in before are not in these tables: their boxes were removed from this folder. Bring them back, or fetch them from the receiver again.`,
        ]
      : []),
  ]
}

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`
const from = (deviceId: string | undefined) => (deviceId === undefined ? '' : ` from tablet ${deviceId}`)

/** Each reason in words; the code stands beside it, to be said on the telephone. */
const reasons: Readonly<Record<QuarantineReason, string>> = {
  'not-age': 'it is no sealed box',
  'cannot-open': 'it is sealed to another key, or was changed on the way',
  'unknown-layout': 'its inside has a form that this version does not know',
  'too-large': 'it is larger than a box may be',
  'bad-padding': 'its inside is damaged',
  'bad-lengths': 'its lengths do not add up',
  'bad-json': 'its inside is not what a box holds',
  'bad-signature': 'its signature is wrong, so nobody knows who wrote it',
  'bad-recipient': 'it is sealed to something that is no recipient',
  'mixed-recipients': 'it is sealed to keys of two kinds',
  'bad-configuration': 'it is a configuration, and a wrong one',
  older: 'it is older than what is known',
  foreign: 'it is signed by a key that is not known',
  'bad-setup': 'it is no set-up document',
  'not-a-record': 'what it holds is not a record as it must be written',
  'not-a-change': 'its change by case code does not have the documented shape',
  'not-a-draft': 'its safety copy of a draft does not have the documented shape',
  'newer-schema': 'a newer version of the program wrote it; bring this one up to date',
  'derived-differs': 'its record holds other values than the codebook’s rules derive',
  'rule-broken': 'its record breaks rules of the codebook that must hold',
  'item-differs': 'what it says about its record is not what the record says',
  'key-of-another-device': 'its key belongs to another tablet',
  'not-from-its-device': 'another tablet sent it than the one it names, with a key that was never seen',
  'key-not-approved': 'its key was never seen and waits for approval',
  'another-name': 'it was sealed anew as another box than the one it lies here as',
}
