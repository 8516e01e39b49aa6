import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/batch/protocol.ts'
import { EmbeddedDatabase } from './embedded-database.ts'
import { row, rows } from './sql.ts'
import { publicText } from './keys.ts'
import { ReceiverError } from './receiver-error.ts'
import { openData, startReceiver } from './server.ts'
import { aFolder, appOrigin, likeABox, TestReceiver } from './testing/a-receiver.ts'

let folder: string

beforeEach(async () => {
  folder = await aFolder()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const options = () => ({ dataDir: folder, port: 0, appOrigins: [appOrigin] })

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it worked'),
    (cause: unknown) => cause,
  )
  return error instanceof ReceiverError ? error.reason : String(error)
}

describe('a receiver that is started again on its folder', () => {
  it('has its boxes, devices and key, and counts on', async () => {
    const first = await TestReceiver.start({ dataDir: folder })
    const device = await first.aDevice()
    await first.put(device.token, [likeABox()])
    await first.stop()
    const second = await TestReceiver.start({ dataDir: folder })
    expect(second.running.receiptPublicKey).toBe(first.running.receiptPublicKey)
    const receipt = await second.receiptIn(await second.put(device.token, [likeABox()]))
    expect(receipt?.boxes).toMatchObject([{ result: 'kept' }])
    const token = await second.running.deskToken()
    const { boxes } = (await (await second.ask(paths.boxes, { token })).json()) as { boxes: { n: number }[] }
    expect(boxes.map(({ n }) => n)).toEqual([1, 2])
    await second.stop()
  })

  it('keeps its key where only its owner reads it', async () => {
    await (await startReceiver(options())).close()
    expect((await stat(join(folder, 'receipt.key'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'receiver.db'))).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['incoming', 'receipt.key', 'receiver.db']))
  })

  it('writes through on each commit', async () => {
    const database = new EmbeddedDatabase(join(folder, 'x.db'))
    expect(await database.run(row('PRAGMA journal_mode'))).toMatchObject({ journal_mode: 'wal' })
    expect(await database.run(row('PRAGMA synchronous'))).toMatchObject({ synchronous: 2 })
    await database.close()
  })

  it('does not go on with another key than tablets were told', async () => {
    await (await startReceiver(options())).close()
    const path = join(folder, 'receipt.key')
    const text = await readFile(path, 'utf8')
    await rm(path)
    expect(await reasonOf(startReceiver(options()))).toBe('key-missing')
    await writeFile(path, 'receipt-key-v1 AAAA\n')
    expect(await reasonOf(startReceiver(options()))).toBe('key-damaged')
    await writeFile(path, `receipt-key-v1 ${'A'.repeat(43)}\n`)
    expect(await reasonOf(startReceiver(options()))).toBe('not-together')
    await writeFile(path, text)
    await (await startReceiver(options())).close()
  })

  it('does not go on beside its key with a database that does not know it', async () => {
    const running = await startReceiver(options())
    const half = join(folder, 'half')
    await mkdir(half)
    for (const name of ['receipt.key', 'receiver.db']) await copyFile(join(folder, name), join(half, name))
    await running.close()
    const other = new EmbeddedDatabase(join(folder, 'foreign'))
    await other.close()
    const [path, key] = [join(folder, 'receiver.db'), await readFile(join(folder, 'receipt.key'))]
    const databases: [string, () => Promise<void>][] = [
      ['missing', () => rm(path)],
      ['empty', () => writeFile(path, '')],
      [
        'copied without its log',
        () => rm(`${path}-wal`, { force: true }).then(() => copyFile(join(half, 'receiver.db'), path)),
      ],
      ['of another receiver', () => copyFile(join(folder, 'foreign'), path)],
    ]
    for (const [what, put] of databases) {
      await put()
      for (const want of ['any', 'existing'] as const)
        expect([what, want, await reasonOf(openData(folder, want))]).toEqual([what, want, 'store-lost'])
      expect(await readFile(join(folder, 'receipt.key'))).toEqual(key)
    }
    await rm(path)
    expect(await reasonOf(startReceiver(options()))).toBe('store-lost')
    expect(await readdir(folder)).not.toContain('receiver.db')
  })

  it('has all of it in the database once it is closed, whatever becomes of the log', async () => {
    await (await startReceiver(options())).close()
    await rm(join(folder, 'receiver.db-wal'), { force: true })
    await rm(join(folder, 'receiver.db-shm'), { force: true })
    await (await startReceiver(options())).close()
  })

  it('leaves the log beside an emptied database alone', async () => {
    await (await startReceiver(options())).close()
    await writeFile(join(folder, 'receiver.db'), '')
    await writeFile(join(folder, 'receiver.db-wal'), 'may hold everything')
    expect(await reasonOf(startReceiver(options()))).toBe('store-lost')
    expect(await readFile(join(folder, 'receiver.db-wal'), 'utf8')).toBe('may hold everything')
  })

  it('begins where it was stopped while making its key', async () => {
    const { store, key } = await openData(folder)
    await store.close()
    const database = new EmbeddedDatabase(join(folder, 'receiver.db'))
    await database.run(rows(`DELETE FROM memory WHERE name = 'receipt-key'`))
    await database.close()
    const again = await openData(folder)
    expect(publicText(again.key)).toBe(publicText(key))
    await again.store.close()
  })

  it('is not begun by a command that only looks', async () => {
    await writeFile(join(folder, 'receiver.db'), '')
    expect(await reasonOf(openData(folder, 'existing'))).toBe('no-data')
    expect(await readdir(folder)).toEqual(['receiver.db'])
    await (await startReceiver(options())).close()
  })

  it('does not touch what a newer version wrote', async () => {
    await (await startReceiver(options())).close()
    const database = new EmbeddedDatabase(join(folder, 'receiver.db'))
    await database.run(rows('INSERT INTO migrations (version, at) VALUES (?, ?)', 99, 0))
    await database.close()
    expect(await reasonOf(startReceiver(options()))).toBe('store-newer')
  })
})

describe('a receiver that cannot start says why', () => {
  it('when its port is in use, and leaves the other alone', async () => {
    const other = await startReceiver(options())
    const port = Number(new URL(other.url).port)
    const error = await startReceiver({ ...options(), port }).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ reason: 'port-in-use', code: 'EADDRINUSE' })
    expect((await fetch(`${other.url}${paths.health}`)).status).toBe(200)
    await other.close()
  })

  it('when an origin is none', async () => {
    for (const origin of ['https://app.test/', 'app.test', '*', 'https://app.test/x', 'null']) {
      expect([origin, await reasonOf(startReceiver({ ...options(), appOrigins: [origin] }))]).toEqual([
        origin,
        'bad-origin',
      ])
    }
  })

  it('when its folder is a file, or holds a damaged database', async () => {
    await writeFile(join(folder, 'file'), '')
    for (const dataDir of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      expect(await reasonOf(startReceiver({ ...options(), dataDir }))).toBe('data-folder')
    }
    await mkdir(join(folder, 'bad'))
    await writeFile(join(folder, 'bad', 'receiver.db'), 'not a database '.repeat(500))
    expect(await reasonOf(startReceiver({ ...options(), dataDir: join(folder, 'bad') }))).toBe('store-damaged')
  })
})

describe('closing', () => {
  it('frees the port and may be asked for twice', async () => {
    const running = await startReceiver(options())
    await Promise.all([running.close(), running.close()])
    const probe = createServer()
    await new Promise<void>((resolve) => probe.listen(Number(new URL(running.url).port), '127.0.0.1', resolve))
    await new Promise((resolve) => probe.close(resolve))
  })
})
