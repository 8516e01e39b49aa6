import { writeBatch } from '../../src/batch/batch.ts'
import { bearer, paths } from '../../src/batch/protocol.ts'
import { signReceipt } from '../../src/batch/receipt.ts'
import { writeSetup } from '../../src/batch/setup.ts'
import { toBase64Url } from '../../src/seal/base64url.ts'
import { concatBytes, utf8, type Bytes } from '../../src/seal/bytes.ts'
import { sha256Hex, sha256HexOf } from '../../src/seal/digest.ts'
import { newKeyId, randomBytes } from '../../src/seal/random.ts'
import { newSigningKey } from '../../src/seal/signature.ts'
import { receiverCommand } from '../command.ts'
import { startReceiver } from '../server.ts'

/** A tablet, and the secrets that only it has. */
export interface KnownDevice {
  readonly deviceId: string
  readonly token: string
  readonly code: string
}

/** What one organisation has at a receiver, as it was told: what a receiver must never lose. */
export interface Known {
  readonly org: string
  readonly receiptKey: string
  readonly desk: string
  /** `sending` has sent, `silent` enrolled and asked nothing since, `stolen` is revoked, `found` may enrol once more. */
  readonly devices: Readonly<Record<'sending' | 'silent' | 'stolen' | 'found', KnownDevice>>
  readonly codes: Readonly<Record<'unused' | 'withdrawn', string>>
  /** The desk's list, and what was let go of since the desk has it; version 1 kept all. */
  readonly boxes: readonly { readonly n: number; readonly id: string; readonly deviceId: string }[]
  readonly pruned?: { readonly id: string; readonly base64: string }
  /** As `sending` is given them. */
  readonly receipts: readonly { readonly n: number; readonly text: string }[]
  readonly setup: string
}

/** Bytes that begin like a sealed box and are no longer than they must be. */
const aSmallBox = (): Bytes => concatBytes(utf8('age-encryption.org/v1\n'), randomBytes(12))

/**
 * A receiver is begun in an empty folder, on the embedded database, and lives a little for each of two organisations: all
 * that it can ever be asked to keep is there afterwards. Gives what it was told.
 */
export async function liveIn(dataDir: string): Promise<Known[]> {
  const running = await startReceiver({ dataDir, port: 0, appOrigins: ['http://app.test'], freeShare: async () => 1 })
  try {
    const firstDesk = await command(dataDir, 'desk', 'add')
    const first = await lifeOf('first', running.receiptPublicKey, firstDesk.out)
    const added = await command(dataDir, 'org', 'add', 'harbour', '--mib-per-day', '1')
    const key = /is ([\w-]{43})\./.exec(added.err)?.[1] ?? ''
    return [first, await lifeOf('harbour', key, added.out)]
  } finally {
    await running.close()
  }

  async function lifeOf(org: string, receiptKey: string, desk: string): Promise<Known> {
    const ofOrg = async (...words: string[]) => (await command(dataDir, ...words, '--org', org)).out
    const [sending, silent] = [await enrolled(await ofOrg('code')), await enrolled(await ofOrg('code'))]
    const [stolen, found] = [await enrolled(await ofOrg('code')), await enrolled(await ofOrg('code'))]
    const opened = aSmallBox()
    for (const boxes of [[opened, aSmallBox()], [aSmallBox()]]) await put(sending.token, boxes)
    for (const { token } of [stolen, found]) await put(token, [aSmallBox()])
    await ofOrg('revoke', stolen.deviceId)
    await ofOrg('readmit', found.deviceId)
    const codes = { unused: await ofOrg('code'), withdrawn: await ofOrg('code') }
    await ofOrg('withdraw', codes.withdrawn)
    const deskKey = newSigningKey()
    for (const { deviceId } of [sending, stolen, sending]) {
      const boxes = [{ id: await sha256Hex(opened), size: opened.length, result: 'imported' as const }]
      const at = new Date().toISOString()
      const text = await signReceipt({ v: 1, level: 'imported', deviceId, at, boxes }, deskKey.privateKey)
      await ask(paths.receipt(await sha256HexOf(text)), desk, { method: 'PUT', body: text })
    }
    await ofOrg('prune', '--desk-key', toBase64Url(deskKey.publicKey), '--opened-days', '0')
    const setup = writeSetup({ configuration: `CONF1 ${org}`, profile: '{}' })
    await ask(paths.setup(await sha256HexOf(setup)), desk, { method: 'PUT', body: setup })
    const { boxes } = (await (await ask(paths.boxes, desk)).json()) as Pick<Known, 'boxes'>
    const { receipts } = (await (await ask(paths.receipts, sending.token)).json()) as Pick<Known, 'receipts'>
    const pruned = { id: await sha256Hex(opened), base64: Buffer.from(opened).toString('base64') }
    const devices = { sending, silent, stolen, found }
    return { org, receiptKey, desk, devices, codes, boxes, pruned, receipts, setup }
  }

  async function enrolled(code: string): Promise<KnownDevice> {
    const deviceId = newKeyId()
    const answer = await ask(paths.enrol, '', { method: 'POST', body: JSON.stringify({ deviceId, code }) })
    return { deviceId, code, token: ((await answer.json()) as { token: string }).token }
  }

  async function put(token: string, boxes: readonly Bytes[]): Promise<void> {
    const { batchId, bytes } = await writeBatch(boxes)
    await ask(paths.batch(batchId), token, { method: 'PUT', body: bytes })
  }

  async function ask(path: string, token: string, init: RequestInit = {}): Promise<Response> {
    const headers = token === '' ? {} : { Authorization: bearer(token) }
    const answer = await fetch(running.url + path, { ...init, headers })
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`)
    return answer
  }
}

/** Runs a command beside the receiver. Throws where it could not be done. */
async function command(dataDir: string, ...words: readonly string[]): Promise<{ out: string; err: string }> {
  let [out, err] = ['', '']
  const around = { out: (text: string) => (out += text), err: (text: string) => (err += text), stop: Promise.resolve() }
  if ((await receiverCommand([...words, '--data', dataDir], around)) !== 0) throw new Error(err)
  return { out: out.trim(), err }
}
