import type { BoxItem, BoxKind } from '../batch/box.ts'
import type { Configuration } from '../batch/configuration.ts'
import type { DeviceRow, OutboxRow } from '../database.ts'
import type { CaseRecord } from '../record/case-record.ts'
import { parseRevision } from '../record/case-record.ts'
import { toHex } from '../seal/base64url.ts'
import type { Bytes } from '../seal/bytes.ts'
import { recipientFingerprint } from '../seal/age-keys.ts'
import { publicKeyOf, sign } from '../seal/signature.ts'
import type { Head } from './audit.ts'
import { openSigningKey } from './own-columns.ts'
import type { Session } from './session.ts'
import { accountRow } from './account-row.ts'

export interface Boxed {
  readonly row: OutboxRow
  /** The device's row as this box leaves it. */
  readonly device: Pick<DeviceRow, 'seq' | 'prevBoxId'>
}

interface Sealing {
  readonly device: DeviceRow
  readonly configuration: Configuration
}

/** Seals finished revisions, given as their texts, in place of the boxes that are named: see `sealItems`. */
export async function sealBox(
  session: Session,
  settings: Sealing,
  head: Head,
  texts: readonly string[],
  replaces: readonly string[] = [],
): Promise<Boxed> {
  const { boxItemOf } = await import('../batch/box.ts')
  const items = await Promise.all(texts.map((text) => boxItemOf(text, itemOf(parseRevision(text)))))
  return sealItems(session, settings, head, { kind: 'record', items, replaces })
}

/** Seals one thing said by case code, under an id of its own: see `sealItems`. */
export async function sealChange(
  session: Session,
  settings: Sealing,
  head: Head,
  { id, text, replaces = [] }: { readonly id: string; readonly text: string; readonly replaces?: readonly string[] },
): Promise<Boxed> {
  const { boxItemOf } = await import('../batch/box.ts')
  const item = await boxItemOf(text, { caseId: id, revision: 1, previous: null, schema: 1 })
  return sealItems(session, settings, head, { kind: 'change', items: [item], replaces })
}

/** Seals a draft as its safety copy, which counts as no case: see `sealItems`. */
export async function sealDraft(
  session: Session,
  settings: Sealing,
  head: Head,
  { item, replaces }: { readonly item: Omit<BoxItem, 'sha256'>; readonly replaces: readonly string[] },
): Promise<Boxed> {
  const { boxItemOf } = await import('../batch/box.ts')
  const items = [await boxItemOf(item.payload, item)]
  const { row, device } = await sealItems(session, settings, head, { kind: 'draft', items, replaces })
  return { row: { ...row, cases: 0 }, device }
}

/**
 * Seals nothing at all, to try the line with: see `sealItems`. It is in no transaction and takes no place in the chain,
 * so that it can be tried again, or be lost, without a gap.
 */
export async function sealTest(
  session: Session,
  settings: Sealing,
  head: Head,
): Promise<Pick<OutboxRow, 'boxId' | 'bytes'>> {
  const { row } = await sealItems(session, settings, head, { kind: 'test', items: [], replaces: [] })
  return { boxId: row.boxId, bytes: row.bytes }
}

/**
 * Seals for the organisation: signed by the account, next in the device's chain, under the head of the log as it was
 * read. Takes part in a transaction through `isNextBox` and `putBox`.
 */
async function sealItems(
  session: Session,
  { device, configuration }: Sealing,
  head: Head,
  {
    kind,
    items,
    replaces,
  }: { readonly kind: BoxKind; readonly items: BoxItem[]; readonly replaces: readonly string[] },
): Promise<Boxed> {
  const { makeBox } = await import('../batch/box.ts')
  const privateKey = await openSigningKey(session.adk, await accountRow(session.tools, session.accountId))
  const seq = device.seq + 1
  try {
    const { boxId, bytes } = await makeBox(
      {
        kind,
        deviceId: device.deviceId,
        key: publicKeyOf(privateKey),
        seq,
        prevBoxId: device.prevBoxId === '' ? null : device.prevBoxId,
        configVersion: configuration.byHand ? 0 : configuration.version,
        auditHead: toHex(head.mac),
        replaces: [...replaces],
        items,
      },
      (message) => sign(privateKey, message),
      configuration.recipients,
    )
    return {
      row: {
        ...waitingRow(boxId, bytes, seq, configuration.version, await fingerprintOf(configuration)),
        ...(replaces.length > 0 && { replaces }),
      },
      device: { seq, prevBoxId: boxId },
    }
  } finally {
    privateKey.fill(0)
  }
}

const itemOf = ({ caseId, revision, previous, schema }: CaseRecord) => ({ caseId, revision, previous, schema })

const fingerprintOf = async ({ recipients }: Configuration): Promise<string> =>
  (await Promise.all(recipients.map(recipientFingerprint))).join(' ')

function waitingRow(boxId: string, bytes: Bytes, seq: number, configVersion: number, recipientFpr: string): OutboxRow {
  return {
    boxId,
    seq,
    size: bytes.length,
    state: 'waiting',
    attempts: 0,
    nextAt: 0,
    lastCode: '',
    recipientFpr,
    configVersion,
    receipt: '',
    imported: '',
    bytes,
  }
}

/** Inside a transaction: whether the device's chain and configuration still are what the box was sealed under. */
export async function isNextBox(session: Session, seen: DeviceRow): Promise<boolean> {
  const now = await session.tools.database.device.get('device')
  return (
    now?.seq === seen.seq &&
    now.prevBoxId === seen.prevBoxId &&
    now.deviceId === seen.deviceId &&
    now.configuration === seen.configuration
  )
}

/** Inside the same transaction. */
export async function putBox(session: Session, { row, device }: Boxed): Promise<void> {
  const { database } = session.tools
  await database.outbox.add(row)
  await database.device.update('device', device)
}
