import type { AccountRow, CircleRow } from '../database.ts'
import { utf8 } from '../seal/bytes.ts'
import { circleKeyBytes, makeCircleKey, openCircleKey } from '../seal/keys.ts'
import { newKeyId } from '../seal/random.ts'
import { fingerprintWords } from '../seal/words.ts'
import type { CircleKind, Role, TeamChanged, TeamView } from './api.ts'
import { ownCircle, teamCircle, teamCircles } from './circle-kinds.ts'
import { circleName, newCircle } from './circles.ts'
import { commit } from './commit.ts'
import { sealPins } from './own-columns.ts'
import type { Member, Pins } from './payload.ts'
import { isStillRoster, readRoster, sealRoster } from './roster.ts'
import { circleKey, epochsOf, keyName, type CircleKey, type Session } from './session.ts'
import { accountRow } from './account-row.ts'
import { VaultError } from './vault-error.ts'

/** Who may open what on this tablet, as far as this account can know. */
export async function viewTeam(session: Session, wanted?: string): Promise<TeamView> {
  const accounts = await session.tools.database.accounts.toArray()
  const circleId = teamCircle(session, wanted) ?? teamCircle(session)
  const members = await membersOf(session, circleId)
  const inTeam = new Set(members.map(({ accountId }) => accountId))
  const others = accounts.filter(({ accountId }) => accountId !== session.accountId && !inTeam.has(accountId))
  const labels = new Map(accounts.map(({ accountId, label }) => [accountId, label]))
  return {
    home: session.pins.home.kind,
    inTeam: circleId !== undefined,
    ...(circleId !== undefined && { circleId }),
    teams: await Promise.all(
      // By the circle's id, so that a team keeps its number wherever new cases go.
      teamCircles(session)
        .toSorted()
        .map(async (one) => ({
          circleId: one,
          home: one === session.pins.home.circleId,
          others: (await membersOf(session, one)).flatMap(({ accountId }) =>
            accountId === session.accountId ? [] : (labels.get(accountId) ?? []),
          ),
        })),
    ),
    waits: session.pins.wantsTeam === true,
    lead: isLead(session, members, new Set(labels.keys())),
    words: await wordsOf((await accountRow(session.tools, session.accountId)).recipient),
    members: members.map(({ accountId, role, recipient }) => ({
      accountId,
      role,
      recipient,
      label: labels.get(accountId) ?? '',
      me: accountId === session.accountId,
    })),
    others: await Promise.all(
      others.map(async ({ accountId, label, recipient }) => ({
        accountId,
        label,
        recipient,
        words: await wordsOf(recipient),
      })),
    ),
  }
}

const wordsOf = (recipient: string): Promise<string[]> => fingerprintWords(utf8(recipient))

async function membersOf(session: Session, circleId: string | undefined): Promise<readonly Member[]> {
  return circleId === undefined ? [] : (await readRoster(session, circleKey(session, circleId))).members
}

// A team whose leads are all gone from the tablet would never take anybody out again: then each member is one.
function isLead({ accountId, pins }: Session, members: readonly Member[], here: ReadonlySet<string>): boolean {
  if (members.length === 0) return (pins.role ?? 'lead') === 'lead' || here.size === 1
  const leads = members.filter((member) => member.role === 'lead' && here.has(member.accountId))
  return leads.length === 0 || leads.some((lead) => lead.accountId === accountId)
}

/**
 * Whether this account may do what concerns the tablet as a whole: it leads a team, or works alone. A team into which nobody
 * else was ever let makes nobody more than they were: anybody can begin one.
 */
export async function leads(session: Session): Promise<boolean> {
  const all = teamCircles(session)
  const shared = await Promise.all(all.map((one) => wasShared(session, one)))
  const teams = all.filter((_, at) => shared[at])
  const led = await Promise.all((teams.length === 0 ? [undefined] : teams).map((one) => leadsTeam(session, one)))
  return led.some(Boolean)
}

async function wasShared(session: Session, circleId: string): Promise<boolean> {
  const rosters = await Promise.all(epochsOf(session, circleId).map((key) => readRoster(session, key)))
  return rosters.some(({ members }) => members.some(({ accountId }) => accountId !== session.accountId))
}

async function leadsTeam(session: Session, circleId: string | undefined): Promise<boolean> {
  const here = await session.tools.database.accounts.toCollection().primaryKeys()
  return isLead(session, await membersOf(session, circleId), new Set(here.map(String)))
}

/** A circle for the team of this tablet, where the account is in none; new cases go there from now on. */
export async function startTeam(session: Session): Promise<TeamChanged> {
  if (teamCircle(session) !== undefined) return { status: 'done' }
  const circleId = newKeyId()
  const { row, key } = await newCircle(session.adk, circleId, session.accountId)
  const own = ownCircle(session)
  const { wantsTeam: _, ...pins } = session.pins
  const next: Pins = { ...pins, ...(own !== undefined && { own }), home: { circleId, kind: 'team' } }
  return joining(session, next, row, key)
}

/** Where new cases go. `no-team`: nobody has let this account in yet; its wish is kept, and followed then. */
export async function keepCasesWith(session: Session, kind: CircleKind, which?: string): Promise<TeamChanged> {
  const { wantsTeam: _, ...pins } = session.pins
  const own = ownCircle(session)
  const team = teamCircle(session, which)
  const kept = { ...pins, ...(own !== undefined && { own }) }
  if (kind === 'team') {
    if (team !== undefined) return repin(session, { ...kept, home: { circleId: team, kind } })
    const waiting = await repin(session, { ...pins, wantsTeam: true })
    return waiting.status === 'done' ? { status: 'no-team' } : waiting
  }
  if (own !== undefined) return repin(session, { ...kept, home: { circleId: own, kind } })
  const circleId = newKeyId()
  const { row, key } = await newCircle(session.adk, circleId, session.accountId)
  return joining(session, { ...pins, own: circleId, home: { circleId, kind } }, row, key)
}

/** A circle that nobody else is in, where the account has none yet; new cases go where they went before. */
export async function haveOwnCircle(session: Session): Promise<TeamChanged> {
  if (ownCircle(session) !== undefined) return { status: 'done' }
  const circleId = newKeyId()
  const { row, key } = await newCircle(session.adk, circleId, session.accountId)
  return joining(session, { ...session.pins, own: circleId }, row, key)
}

async function joining(session: Session, pins: Pins, row: CircleRow, key: CircleKey): Promise<TeamChanged> {
  session.circles.set(keyName(row.circleId, row.epoch), key)
  const done = await repin(session, pins, { row })
  if (done.status !== 'done') session.circles.delete(keyName(row.circleId, row.epoch))
  return done
}

/** Keeps what the account knows of its circles, with one new circle or none. Logged in the circle that is home then. */
export async function repin(
  session: Session,
  pins: Pins,
  { row, action = 'team' }: { readonly row?: CircleRow; readonly action?: 'team' | 'copy' } = {},
): Promise<TeamChanged> {
  const { accounts, circles } = session.tools.database
  const configurationPin = await sealPins(session.adk, session.accountId, pins)
  const done = await commit<TeamChanged>(
    session,
    async () => ({
      result: { status: 'done' },
      event: { action },
      encryptions: 0,
      guard: async () => true,
      async write() {
        if (row) await circles.add(row)
        await accounts.update(session.accountId, { configurationPin })
      },
    }),
    async () => pins.home.circleId,
  )
  if (done.status === 'done') session.pins = pins
  return done
}

/**
 * Lets an account of this tablet into the team: all epochs of its key, sealed to the recipient whose words were compared
 * aloud (`recipient`), until that account is opened next. `changed`: it is another recipient by now.
 */
export function letIn(session: Session, accountId: string, recipient: string, which?: string): Promise<TeamChanged> {
  const circleId = theTeam(session, which)
  const { accounts, circles, rosters } = session.tools.database
  return commit<TeamChanged>(
    session,
    async () => {
      const newcomer = await accounts.get(accountId)
      if (newcomer?.recipient !== recipient) return { stop: { status: 'changed' } }
      const key = circleKey(session, circleId)
      const roster = await readRoster(session, key)
      const rest = roster.members.filter((member) => member.accountId !== accountId)
      const rows = await handedOver(session, circleId, newcomer)
      const next = await sealRoster(key, {
        ...roster,
        members: [...rest, { accountId, recipient, role: 'caseworker' }],
      })
      return {
        result: { status: 'done' },
        event: { action: 'let-in', target: accountId },
        encryptions: 1,
        guard: async () =>
          (await isStillRoster(session, key, roster)) && (await accounts.get(accountId))?.recipient === recipient,
        async write() {
          await circles.bulkPut(rows)
          await rosters.put(next)
        },
      }
    },
    async () => circleId,
  )
}

const theTeam = (session: Session, which: string | undefined): string => {
  const circleId = teamCircle(session, which)
  if (circleId === undefined) throw new VaultError('bad-input')
  return circleId
}

async function handedOver(session: Session, circleId: string, to: AccountRow): Promise<CircleRow[]> {
  return Promise.all(
    epochsOf(session, circleId).map(async ({ epoch }): Promise<CircleRow> => {
      const mine = { circleId, epoch, accountId: session.accountId }
      const row = await session.tools.database.circles.get([circleId, epoch, session.accountId])
      if (!row) throw new VaultError('cannot-open')
      const secret = await circleKeyBytes(session.adk, circleName(mine), row.wrapped)
      return { circleId, epoch, accountId: to.accountId, form: 'age', wrapped: await sealKey(secret, to.recipient) }
    }),
  )
}

async function sealKey(secret: Uint8Array<ArrayBuffer>, recipient: string): Promise<Uint8Array<ArrayBuffer>> {
  const { sealTo } = await import('../seal/envelope.ts')
  try {
    return await sealTo([recipient], secret)
  } finally {
    secret.fill(0)
  }
}

/**
 * Takes a member out: a new epoch, whose key goes to all others, and what is written from now on opens only with it.
 * The member's own wraps leave the tablet; a copy of the disk that was made before still opens what stood there then.
 * `not-lead`: only a lead does this.
 */
export async function takeOut(session: Session, accountId: string, which?: string): Promise<TeamChanged> {
  const circleId = theTeam(session, which)
  if (accountId === session.accountId) throw new VaultError('bad-input')
  if (!(await leadsTeam(session, circleId))) return { status: 'not-lead' }
  const { circles, rosters } = session.tools.database
  let made: CircleKey | undefined
  const done = await commit<TeamChanged>(
    session,
    async () => {
      const before = circleKey(session, circleId)
      const roster = await readRoster(session, before)
      const rest = roster.members.filter((member) => member.accountId !== accountId)
      const { key, rows } = await newEpoch(session, { circleId, epoch: before.epoch + 1 }, rest)
      made = key
      const next = await sealRoster(key, { ...roster, members: rest })
      const gone = (await circles.where('accountId').equals(accountId).toArray()).filter(
        (row) => row.circleId === circleId,
      )
      return {
        result: { status: 'done' },
        event: { action: 'take-out', target: accountId },
        encryptions: 1,
        guard: () => isStillRoster(session, before, roster),
        async write() {
          await circles.bulkDelete(gone.map(({ epoch }) => [circleId, epoch, accountId] as [string, number, string]))
          await circles.bulkAdd(rows)
          await rosters.put(next)
        },
      }
    },
    async () => circleId,
  )
  if (done.status === 'done' && made) session.circles.set(keyName(circleId, made.epoch), made)
  return done
}

async function newEpoch(
  session: Session,
  name: { readonly circleId: string; readonly epoch: number },
  members: readonly Member[],
): Promise<{ key: CircleKey; rows: CircleRow[] }> {
  const mine = { ...name, accountId: session.accountId }
  const { wrap } = await makeCircleKey(session.adk, circleName(mine))
  const others = members.filter(({ accountId }) => accountId !== session.accountId)
  const rows = await Promise.all(
    others.map(async ({ accountId, recipient }): Promise<CircleRow> => {
      const secret = await circleKeyBytes(session.adk, circleName(mine), wrap)
      return { ...name, accountId, form: 'age', wrapped: await sealKey(secret, recipient) }
    }),
  )
  const keys = await openCircleKey(session.adk, circleName(mine), wrap)
  return { key: { ...name, ...keys }, rows: [{ ...mine, form: 'own', wrapped: wrap }, ...rows] }
}

/** Makes a member a lead, or no lead any more; a team keeps one lead at least (`last-lead`). */
export async function setRole(session: Session, accountId: string, role: Role, which?: string): Promise<TeamChanged> {
  const circleId = theTeam(session, which)
  if (!(await leadsTeam(session, circleId))) return { status: 'not-lead' }
  const { rosters } = session.tools.database
  return commit<TeamChanged>(
    session,
    async () => {
      const key = circleKey(session, circleId)
      const roster = await readRoster(session, key)
      const members = roster.members.map((member) => (member.accountId === accountId ? { ...member, role } : member))
      if (!members.some((member) => member.role === 'lead')) return { stop: { status: 'last-lead' } }
      const next = await sealRoster(key, { ...roster, members })
      return {
        result: { status: 'done' },
        event: { action: 'role', target: accountId },
        encryptions: 1,
        guard: () => isStillRoster(session, key, roster),
        write: () => rosters.put(next),
      }
    },
    async () => circleId,
  )
}
