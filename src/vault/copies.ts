import { BatchError } from '../batch/batch-error.ts'
import * as file from '../batch/copy.ts'
import { momentNow } from '../record/moment.ts'
import { recipientKind, secretToIdentity } from '../seal/age-keys.ts'
import { utf8, type Bytes } from '../seal/bytes.ts'
import { recipientOf } from '../seal/envelope.ts'
import { randomBytes } from '../seal/random.ts'
import { SealError } from '../seal/seal.ts'
import { fingerprintWords, identityToWords, wordsToIdentity } from '../seal/words.ts'
import { accountRow } from './account-row.ts'
import type { CopiesView, CopyMade, CopyOpened, DrawerKey, TeamChanged } from './api.ts'
import { circleOf, foreignCircles, readCase } from './cases.ts'
import { kindOf } from './circle-kinds.ts'
import { openedOf } from './giving.ts'
import { log } from './log.ts'
import { copySchema, type Copy } from './payload.ts'
import { keyName, type Session } from './session.ts'
import { settingsNow } from './settings.ts'
import { repin } from './team.ts'
import { VaultError } from './vault-error.ts'

/** See the api. The same 32 secret bytes are a key of either kind, so that it fits beside any organisation's. */
export async function newDrawerKey(): Promise<DrawerKey> {
  const secret = randomBytes(32)
  const identity = secretToIdentity(secret, 'hybrid')
  const recipients = {
    hybrid: await recipientOf(identity),
    x25519: await recipientOf(secretToIdentity(secret, 'x25519')),
  }
  secret.fill(0)
  return { words: identityToWords(identity), recipients }
}

/** Throws VaultError `bad-input` where these are no recipients. */
export function keepDrawerKey(session: Session, { hybrid, x25519 }: DrawerKey['recipients']): Promise<TeamChanged> {
  if (recipientKind(hybrid) !== 'hybrid' || recipientKind(x25519) !== 'x25519') throw new VaultError('bad-input')
  return repin(session, { ...session.pins, drawer: { hybrid, x25519 } })
}

export async function copiesView(session: Session): Promise<CopiesView> {
  const { drawer, copiedAt } = session.pins
  const { recipient } = await accountRow(session.tools, session.accountId)
  return {
    drawer: drawer !== undefined,
    organisation: (await settingsNow(session)).status === 'verified',
    ...(copiedAt !== undefined && { copiedAt }),
    recipient,
    words: await fingerprintWords(utf8(recipient)),
  }
}

/** Hybrid and classic recipients never share a file: the key for the drawer takes the organisation's kind. */
async function ownRecipients(session: Session): Promise<readonly string[] | 'settings-changed'> {
  const { drawer } = session.pins
  const settings = await settingsNow(session)
  if (settings.status === 'changed') return 'settings-changed'
  const theirs = settings.status === 'verified' ? settings.configuration.recipients : []
  const kind = recipientKind(theirs[0] ?? '') ?? 'hybrid'
  return [...(drawer ? [drawer[kind]] : []), ...theirs]
}

/** See `makeCopy` of the api. A case that does not open is left out and counted. */
export async function makeCopy(session: Session): Promise<CopyMade> {
  const foreign = await foreignCircles(session)
  const rows = await session.tools.database.records.toArray()
  const own = rows.filter((row) => !foreign.has(keyName(row.circleId, row.epoch)))
  return sealCopy(
    session,
    own.map(({ id }) => id),
    undefined,
  )
}

/** See `copyCase` of the api. Logged with the case: nobody says afterwards whether the file was brought anywhere. */
export async function copyCase(session: Session, id: string, recipient?: string): Promise<CopyMade> {
  const made = await sealCopy(session, [id], recipient)
  if (made.status === 'made') await log(session, { action: 'export', target: id }, circleOf(session, id))
  return made
}

async function sealCopy(session: Session, ids: readonly string[], to: string | undefined): Promise<CopyMade> {
  if (to !== undefined && recipientKind(to) === undefined) return { status: 'no-recipient' }
  const recipients = to === undefined ? await ownRecipients(session) : [to]
  if (recipients === 'settings-changed') return { status: recipients }
  if (recipients.length === 0) return { status: 'nobody' }
  const cases: Copy['cases'] = []
  for (const id of ids) {
    const read = await readCase(session, id).catch(() => undefined)
    if (read) cases.push({ circle: kindOf(session, read.row.circleId), case: await openedOf(session, read) })
  }
  const at = momentNow(session.tools.clock.now())
  const copy: Copy = { v: 1, deviceId: session.pins.deviceId, at, cases }
  const bytes = await file.sealCopy(recipients, copy)
  return { status: 'made', bytes, cases: cases.length, unreadable: ids.length - cases.length }
}

export async function noteCopied(session: Session): Promise<void> {
  const done = await repin(
    session,
    { ...session.pins, copiedAt: momentNow(session.tools.clock.now()) },
    { action: 'copy' },
  )
  if (done.status === 'not-saved') throw new VaultError(done.reason)
}

/** See `openCopy` of the api. */
export async function openCopy(session: Session, bytes: Bytes, words?: readonly string[]): Promise<CopyOpened> {
  const identities = identitiesOf(session, words)
  if (identities === undefined) return { status: 'not-words' }
  const copy = await readCopy(bytes, identities)
  if (typeof copy === 'string') return { status: copy }
  session.copy = copy
  const here = new Set((await session.tools.database.records.toCollection().primaryKeys()).map(String))
  return {
    status: 'opened',
    at: copy.at,
    cases: copy.cases.length,
    fresh: copy.cases.filter(({ case: { id } }) => !here.has(id)).length,
    ownDevice: copy.deviceId === session.pins.deviceId,
  }
}

function identitiesOf(session: Session, words: readonly string[] | undefined): string[] | undefined {
  if (words === undefined) return [session.ageIdentity]
  try {
    return [wordsToIdentity(words, 'hybrid'), wordsToIdentity(words, 'x25519')]
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}

async function readCopy(bytes: Bytes, identities: readonly string[]): Promise<Copy | 'other-key' | 'damaged'> {
  try {
    return await file.openCopy(identities, bytes, copySchema)
  } catch (error) {
    if (error instanceof SealError) return error.reason === 'cannot-open' ? 'other-key' : 'damaged'
    if (error instanceof BatchError) return 'damaged'
    throw error
  }
}
