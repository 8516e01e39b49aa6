import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { resealingFile, signResealing } from '../src/batch/resealing.ts'
import { toBase64Url } from '../src/seal/base64url.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import { receiverCommand } from './command.ts'
import { aFolder, databaseOf, type Device, likeABox, TestReceiver } from './testing/a-receiver.ts'

const desk = newSigningKey()
let receiver: TestReceiver
let device: Device
let handed: string
beforeEach(async () => {
  receiver = await TestReceiver.start()
  device = await receiver.aDevice()
  handed = await aFolder()
})
afterEach(async () => {
  await receiver.stop()
  await rm(handed, { recursive: true, force: true })
})

interface Kept {
  readonly id: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

async function sent(): Promise<Kept> {
  const bytes = likeABox()
  expect((await receiver.put(device.token, [bytes])).status).toBe(200)
  return { id: await sha256Hex(bytes), bytes }
}

/** What a desk hands over for these boxes: new bytes for each, and the list of them. */
async function handedFor(boxes: readonly Kept[], key = desk): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  await mkdir(handed, { recursive: true })
  const anew = new Map<string, Uint8Array<ArrayBuffer>>()
  const list: { id: string; sealed: string }[] = []
  for (const { id } of boxes) {
    const bytes = likeABox(5000)
    const sealed = await sha256Hex(bytes)
    await writeFile(join(handed, sealed), bytes)
    anew.set(id, bytes)
    list.push({ id, sealed })
  }
  const text = await signResealing({ v: 1, at: new Date().toISOString(), boxes: list }, key.privateKey)
  await writeFile(join(handed, resealingFile), text)
  return anew
}

async function reseal(...words: string[]) {
  let [out, err] = ['', '']
  const around = { out: (text: string) => (out += text), err: (text: string) => (err += text), stop: Promise.resolve() }
  const { database } = await databaseOf(receiver.dataDir)
  const more = database === undefined ? [] : ['--database', database]
  const exit = await receiverCommand(['reseal', '--data', receiver.dataDir, ...words, ...more], around)
  return { exit, out, err }
}
const byTheDesk = () => ['--desk-key', toBase64Url(desk.publicKey), handed]

const fetched = async ({ id }: Kept) => {
  const answer = await receiver.ask(paths.box(id), { token: await receiver.running.deskToken() })
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : answer.status
}

/** Some bytes in the middle of a box, as whoever has the disk would look for them. */
const partOf = ({ bytes }: Pick<Kept, 'bytes'>) => Buffer.from(bytes.subarray(1000, 1064)).toString('latin1')

describe('boxes that the desk sealed anew', () => {
  it('lie in the place of the old ones under their names, and nothing else changes', async () => {
    const [one, other] = [await sent(), await sent()]
    const anew = await handedFor([one])
    expect(await reseal(...byTheDesk())).toMatchObject({ exit: 0, out: expect.stringContaining('sealed anew: 1. ') })
    expect(await fetched(one)).toEqual(anew.get(one.id))
    expect(await fetched(other)).toEqual(other.bytes)
    const receipt = await receiver.receiptIn(await receiver.put(device.token, [one.bytes]))
    expect(receipt?.boxes).toEqual([{ id: one.id, size: one.bytes.length, result: 'kept' }])
    expect(await fetched(one)).toEqual(anew.get(one.id))
  })

  it('may be put there again, and after some were let go', async () => {
    const [one, gone] = [await sent(), await sent()]
    const anew = await handedFor([one, gone])
    const store = await receiver.openStore()
    await store.forgetBytes('first', device.deviceId, [gone.id])
    await store.close()
    for (let n = 0; n < 2; n += 1)
      expect((await reseal(...byTheDesk())).out).toContain('sealed anew: 1. Not here any more, and left: 1.')
    expect(await fetched(one)).toEqual(anew.get(one.id))
    expect(await fetched(gone)).toBe(404)
  })

  it('are not believed without the desk’s signature, and then nothing changes', async () => {
    const box = await sent()
    await handedFor([box], newSigningKey())
    expect(await reseal(...byTheDesk())).toMatchObject({
      exit: 1,
      err: expect.stringContaining('Nothing was changed.'),
    })
    await rm(join(handed, resealingFile))
    expect((await reseal(...byTheDesk())).exit).toBe(1)
    expect(await fetched(box)).toEqual(box.bytes)
    expect(await reseal(handed)).toMatchObject({ exit: 2, err: expect.stringContaining('needs --desk-key') })
    expect(await reseal('--desk-key', toBase64Url(desk.publicKey))).toMatchObject({
      exit: 2,
      err: expect.stringContaining('FOLDER'),
    })
  })

  it('go in but for those that came damaged, and that is said', async () => {
    const boxes = [await sent(), await sent(), await sent()] as const
    const anew = await handedFor(boxes)
    const [first = '', second = ''] = (await readdir(handed)).filter((name) => name !== resealingFile)
    await rm(join(handed, first))
    await writeFile(join(handed, second), likeABox(5000))
    const { exit, out, err } = await reseal(...byTheDesk())
    expect([exit, err]).toEqual([1, expect.stringContaining('2 in this folder are missing or not whole')])
    expect(out).toContain('sealed anew: 1. ')
    const now = await Promise.all(boxes.map(fetched))
    const kinds = boxes.map(({ id, bytes }, i) =>
      [bytes, anew.get(id)].findIndex((one) => Buffer.compare(now[i] as Uint8Array, one as Uint8Array) === 0),
    )
    expect(kinds.toSorted()).toEqual([0, 0, 1])
  })

  it('leave nothing of what was there before in the database file, where no receiver runs on it', async () => {
    const { database } = await databaseOf(receiver.dataDir)
    const box = await sent()
    await handedFor([box])
    expect(await receiver.everythingKept()).toContain(partOf(box))
    await receiver.running.close()
    const { out } = await reseal(...byTheDesk())
    if (database !== undefined) return expect(out).toContain('VACUUM FULL box_bytes')
    expect(out).toContain('written over in the database')
    expect(await receiver.everythingKept()).not.toContain(partOf(box))
    expect((await stat(join(receiver.dataDir, 'receiver.db-wal')).catch(() => ({ size: 0 }))).size).toBe(0)
  })
})
