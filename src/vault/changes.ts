import * as z from 'zod/mini'
import { outboxCodes, type ChangeRow, type OutboxRow } from '../database.ts'
import { edition } from '../codebook/edition.ts'
import { codeChangeSchema, type CodeChange } from '../record/change-by-code.ts'
import { newId } from '../record/ids.ts'
import { momentNow } from '../record/moment.ts'
import type { RowName } from '../seal/at-rest.ts'
import { sameBytes } from '../seal/bytes.ts'
import type { ChangeSent, ChangeWish, SentChange } from './api.ts'
import { isNextBox, putBox, sealChange } from './boxing.ts'
import { commit } from './commit.ts'
import { payloadSchema } from './payload.ts'
import { openJson, sealJson } from './rows.ts'
import { circleKey, homeKey, keyName, type CircleKey, type Session } from './session.ts'
import { settingsNow } from './settings.ts'
import { stateOfSent } from './summary.ts'
import { VaultError } from './vault-error.ts'

/** A change by code that was sent from here, and what became of its box. */
const sentChangeSchema = z.strictObject({
  change: codeChangeSchema,
  state: z.enum(['ready', 'received', 'opened', 'attention']),
  code: z.exactOptional(z.enum(outboxCodes)),
  box: z.strictObject({ id: z.string().check(z.regex(/^[0-9a-f]{64}$/)), size: z.int().check(z.nonnegative()) }),
})
export type SentChangeBody = z.infer<typeof sentChangeSchema>

/** See `sendChange` of the api: the row, the box, the device's chain and the log in one transaction. */
export async function sendChange(session: Session, { code, says }: ChangeWish): Promise<ChangeSent> {
  const read = codeChangeSchema.safeParse({ v: 1, edition, code, at: momentNow(session.tools.clock.now()), says })
  if (!read.success) throw new VaultError('bad-input')
  const change: CodeChange = read.data
  const id = newId()
  return commit<ChangeSent>(session, async (head) => {
    const settings = await settingsNow(session)
    if (settings.status === 'changed') return { stop: { status: 'settings-changed' } }
    if (settings.status === 'none') return { stop: { status: 'no-organisation' } }
    const boxed = await sealChange(session, settings, head, { id, text: JSON.stringify(change) })
    const box = { id: boxed.row.boxId, size: boxed.row.size }
    const row = await sealChangeRow(homeKey(session), id, { change, state: 'ready', box })
    return {
      result: { status: 'sent', id },
      event: { action: 'change', target: id },
      encryptions: 1,
      guard: () => isNextBox(session, settings.device),
      async write() {
        await session.tools.database.changes.add(row)
        await putBox(session, boxed)
      },
    }
  })
}

/** Newest first. Rows of other circles, and what does not open, are left out. */
export async function sentChanges(session: Session): Promise<readonly SentChange[]> {
  const { changes, outbox } = session.tools.database
  const sent: SentChange[] = []
  for (const row of await changes.toArray()) {
    const read = await openChange(session, row)
    if (!read) continue
    const waiting = (await outbox.get(read.box.id))?.lastCode
    const lastCode = read.code ?? waiting ?? ''
    sent.push({
      id: row.id,
      change: read.change,
      state: stateOfSent(read.state, waiting),
      ...(lastCode !== '' && read.state !== 'opened' && { lastCode }),
    })
  }
  return sent.toSorted((a, b) => Date.parse(b.change.at) - Date.parse(a.change.at))
}

/**
 * What was sent by code and still waits, sealed to somebody whom `isRevoked` names, is sealed to today's recipients
 * instead; both boxes say the same thing under the same id. Gives how many boxes were replaced.
 */
export async function sealChangesAnew(session: Session, isRevoked: (row: OutboxRow) => boolean): Promise<number> {
  const { changes, outbox } = session.tools.database
  let replaced = 0
  for (const row of await changes.toArray()) {
    const sent = await openChange(session, row)
    const box = sent && (await outbox.get(sent.box.id))
    if (sent && box?.state === 'waiting' && isRevoked(box) && (await sealOneAnew(session, row, sent, box))) replaced++
  }
  return replaced
}

async function sealOneAnew(
  session: Session,
  seen: ChangeRow,
  { change }: SentChangeBody,
  old: OutboxRow,
): Promise<boolean> {
  const { changes, outbox } = session.tools.database
  const done = await commit<{ status: 'replaced' | 'left' }>(
    session,
    async (head) => {
      const settings = await settingsNow(session)
      if (settings.status !== 'verified') return { stop: { status: 'left' } }
      const item = { id: seen.id, text: JSON.stringify(change), replaces: [...(old.replaces ?? []), old.boxId] }
      const boxed = await sealChange(session, settings, head, item)
      const box = { id: boxed.row.boxId, size: boxed.row.size }
      const row = await sealChangeRow(circleKey(session, seen.circleId), seen.id, { change, state: 'ready', box })
      return {
        result: { status: 'replaced' },
        event: { action: 'box', target: seen.id },
        encryptions: 1,
        guard: async () =>
          (await outbox.get(old.boxId))?.state === 'waiting' && (await isNextBox(session, settings.device)),
        async write() {
          await changes.put(row)
          await outbox.delete(old.boxId)
          await putBox(session, boxed)
        },
      }
    },
    async () => seen.circleId,
  )
  return done.status === 'replaced'
}

export async function openChange(session: Session, row: ChangeRow): Promise<SentChangeBody | undefined> {
  const key = session.circles.get(keyName(row.circleId, row.epoch))
  if (!key || row.schema > payloadSchema) return undefined
  return await openJson(key.dek, changeName(row), row.body, sentChangeSchema).catch(() => undefined)
}

/** Keeps what a receipt said; an opened box leaves the outbox. Gives whether it was kept. */
export async function putChange(
  session: Session,
  seen: ChangeRow,
  before: SentChangeBody,
  { state, code }: { readonly state: SentChangeBody['state']; readonly code?: SentChangeBody['code'] },
): Promise<boolean> {
  const { changes, outbox } = session.tools.database
  const { change, box } = before
  const isSeen = async () => {
    const now = await changes.get(seen.id)
    return now !== undefined && sameBytes(now.body, seen.body)
  }
  const done = await commit<{ status: 'kept' | 'overtaken' }>(
    session,
    async () => {
      if (!(await isSeen())) return { stop: { status: 'overtaken' } }
      const row = await sealChangeRow(circleKey(session, seen.circleId), seen.id, {
        change,
        state,
        box,
        ...(code !== undefined && { code }),
      })
      return {
        result: { status: 'kept' },
        event: { action: 'receipt', target: seen.id },
        encryptions: 1,
        guard: isSeen,
        async write() {
          await changes.put(row)
          if (state === 'opened') await outbox.delete(box.id)
        },
      }
    },
    async () => seen.circleId,
  )
  return done.status === 'kept'
}

const changeName = ({ circleId, epoch, id, schema }: Omit<ChangeRow, 'body'>): RowName => ({
  table: 'changes',
  column: 'body',
  circleId,
  epoch,
  id,
  rev: 0,
  schema,
})

async function sealChangeRow(
  { circleId, epoch, dek }: CircleKey,
  id: string,
  body: SentChangeBody,
): Promise<ChangeRow> {
  const name = { circleId, epoch, id, schema: payloadSchema }
  return { ...name, body: await sealJson(dek, changeName(name), body) }
}
