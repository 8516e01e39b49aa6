import { codebook } from '../codebook/codebook.ts'
import type { Answers } from './answers.ts'
import { isSame } from './json.ts'
import { goesWith } from './unit-answers.ts'
import { isPresent, type HistoryEntry, type Units, type Victim } from './units.ts'

type Path = (string | number)[]

interface Whole extends Units<Victim> {
  revision: number
  previous: string | null
  origin: 'form' | 'import'
}

/** Where the parts of a revision contradict each other, though each has the right shape: paths, empty if nowhere. */
export function incoherences(record: Whole): Path[] {
  const present = record.victims.flatMap((victim) => (isPresent(victim) ? [victim.id] : []))
  const people = [...record.victims, ...record.perpetrators]
  return [
    ...unless((record.revision === 1) === (record.previous === null), ['previous']),
    ...unless(present.length > 0, ['victims']),
    ...repeated(people, (unit) => unit.id).map((place) => placeOf(record, place)),
    ...record.victims.flatMap((victim, place) =>
      isPresent(victim) ? inVictim(record, victim, ['victims', place]) : [],
    ),
    ...inLinks(record, present),
    ...inHistory(record, present),
    ...inConfirmed(record, present),
  ]
}

function inVictim(record: Whole, victim: Victim, path: Path): Path[] {
  const mixed = isSame(victim.answers['toe'], ['8'])
  const own = victim.overrides ?? {}
  return [
    ...unless(!mixed || record.origin === 'import', [...path, 'answers', 'toe']),
    ...[...goesWith].flatMap(([code, with_]) =>
      unless(own[code] === undefined || own[with_] !== undefined, [...path, 'overrides', code]),
    ),
  ]
}

/** Both ids stand in this record, the victim no tombstone; one link a pair. */
function inLinks(record: Whole, present: readonly string[]): Path[] {
  const perpetrators = record.perpetrators.map((perpetrator) => perpetrator.id)
  return [
    ...record.links.flatMap((link, place) =>
      unless(present.includes(link.victim) && perpetrators.includes(link.perpetrator), ['links', place]),
    ),
    ...repeated(record.links, (link) => `${link.victim}/${link.perpetrator}`).map((place): Path => ['links', place]),
  ]
}

/** The last entry of a status (and victim) equals the current value. */
function inHistory(record: Whole, present: readonly string[]): Path[] {
  const strangers = record.history.flatMap((entry, place) =>
    unless(entry.victim === undefined || present.includes(entry.victim), ['history', place]),
  )
  const agrees = currentStatuses(record).every((now) =>
    isSame({ ...lastEntry(record.history, now), date: '' }, { ...now, date: '' }),
  )
  return [...strangers, ...unless(agrees, ['history'])]
}

/** What `history` must end with, for each status that this record holds now; `date` is left for the caller to give. */
export function currentStatuses(
  record: Pick<Units<{ id: string; answers: Answers; overrides?: Answers }>, 'event' | 'reportingEntity' | 'victims'>,
  date = '',
): HistoryEntry[] {
  const { sta, ces } = record.event.answers
  const { ret, dem } = record.reportingEntity.answers
  const own = record.victims.filter(isPresent).map(({ id, overrides = {} }) => ({ id, ...overrides }) as Own)
  return [
    ...(sta === undefined ? [] : [entryOf({ date, sta, ret, dem })]),
    ...own.flatMap(({ id, sta, ret, dem }) =>
      sta === undefined ? [] : [entryOf({ date, victim: id, sta, ret, dem })],
    ),
    ...(ces === undefined ? [] : [entryOf({ date, ces })]),
  ]
}

/** The newest entry about the same status of the same event or victim. */
export function lastEntry(history: readonly HistoryEntry[], like: HistoryEntry): HistoryEntry | undefined {
  const status = 'sta' in like ? 'sta' : 'ces'
  return history.findLast((entry) => status in entry && entry.victim === like.victim)
}

interface Own {
  id: string
  sta?: string
  ret?: string
  dem?: string
}

function entryOf(members: Record<string, unknown>): HistoryEntry {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as HistoryEntry
}

function inConfirmed(record: Whole, present: readonly string[]): Path[] {
  const units = ['event', ...present, ...record.perpetrators.map((perpetrator) => perpetrator.id)]
  return [
    ...record.confirmed.flatMap(({ rule, at }, place) =>
      unless(units.includes(at) && isCheck(rule), ['confirmed', place]),
    ),
    ...repeated(record.confirmed, ({ rule, at }) => `${rule} ${at}`).map((place): Path => ['confirmed', place]),
  ]
}

function isCheck(id: string): boolean {
  return codebook.rules.some((rule) => rule.id === id && rule.severity === 'warning')
}

function unless(holds: boolean, path: Path): Path[] {
  return holds ? [] : [path]
}

/** Places of the items whose key an earlier item has. */
function repeated<T>(items: readonly T[], key: (item: T) => string): number[] {
  const keys = items.map(key)
  return keys.flatMap((one, place) => (keys.indexOf(one) < place ? [place] : []))
}

function placeOf(record: Whole, place: number): Path {
  const people = record.victims.length
  return place < people ? ['victims', place] : ['perpetrators', place - people]
}
