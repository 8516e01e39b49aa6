import 'fake-indexeddb/auto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver } from '../../receiver/server.ts'
import { fetchSetup } from '../../src/app/fetch-setup.ts'
import type { Setup } from '../../src/batch/setup.ts'
import { deliver } from '../../src/outbox/deliver.ts'
import { takeAnswer } from '../../src/outbox/imported.ts'
import { outboxView } from '../../src/outbox/outbox.ts'
import { boxesAsFile, noteSaved } from '../../src/outbox/to-file.ts'
import { ATablet, folded, savedCase } from '../../src/testing/a-tablet.ts'
import { newLocks } from '../../src/testing/an-outbox.ts'
import type { VaultApi } from '../../src/vault/api.ts'
import { ATerminal } from '../testing/a-terminal.ts'
import { run } from './run.ts'

// An organisation that has no receiver: the command, the vault and the outbox as they are, with nothing between them but files.

let folder: string
const tablets: ATablet[] = []
const at = (name: string) => join(folder, name)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'no-receiver-'))
  await desk(`keygen --out ${at('keys')} --classic --plain-keys --yes-i-wrote-them-down`)
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  for (const tablet of tablets.splice(0)) await tablet.database.delete()
})

async function desk(words: string, env: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  const terminal = new ATerminal()
  const code = await run(words.split(' '), terminal, { env, now: () => new Date('2024-07-01T09:30:00Z') })
  return { code, said: terminal.said }
}

const configure = (way: string, env?: Record<string, string>) =>
  desk(
    `configure --keys ${at('keys')} --out ${at('setup')} ${way} --app https://app.example --name Harbour --org-code NGO-14 --org-type ngo`,
    env,
  )

/** What a tablet reads in the link, and the code in it. */
async function linked(): Promise<Setup & { readonly code: string | undefined }> {
  const found = await fetchSetup(await readFile(at('setup/setup-link.txt'), 'utf8'))
  if (found.status !== 'found') throw new Error(found.status)
  return { ...found.setup, code: found.code }
}

async function aTablet(): Promise<{ tablet: ATablet; vault: VaultApi }> {
  const tablet = new ATablet()
  tablets.push(tablet)
  const { configurationText, profileText } = await linked()
  return { tablet, vault: (await tablet.withAccount({ setup: { configurationText, profileText } })).vault }
}

/** A pass as the page makes one when somebody asks for it; gives also what it asked of the network. */
async function aPass({ database }: ATablet, request: typeof fetch = fetch) {
  const asked: string[] = []
  const report = await deliver({
    database,
    locks: newLocks(),
    now: () => Date.now(),
    random: () => 0.5,
    trigger: 'person',
    fetch: (url, init) => {
      asked.push(url)
      return request(url, init)
    },
  })
  return { report, asked }
}

async function saved({ database }: ATablet): Promise<string> {
  const made = await boxesAsFile(database)
  if (made.status !== 'made') throw new Error(made.status)
  await writeFile(at('from-a-tablet'), made.bytes)
  await noteSaved(database, made.boxIds, '2024-05-02')
  return at('from-a-tablet')
}

async function answerOf(file: string): Promise<string> {
  expect((await desk(`take ${file} --keys ${at('keys')} --out ${at('opened')}`)).code).toBe(0)
  const [name = ''] = (await readdir(at('opened/answers'))).filter((each) => each.endsWith('.json'))
  return await readFile(at(`opened/answers/${name}`), 'utf8')
}

async function finished(vault: VaultApi): Promise<string> {
  const { id, rev } = await savedCase(vault)
  expect((await vault.finish(id, rev)).status).toBe('finished')
  return id
}
const stateOf = async (vault: VaultApi, id: string) => (await vault.list()).cases.find((one) => one.id === id)?.state

describe('an organisation without a receiver', () => {
  test('has each case opened by a file there and an answer back, and nothing is ever asked of the network', async () => {
    const { code, said } = await configure('--no-receiver', { DAYBOOK_DESK_TOKEN: 'of another one' })
    expect([code, said]).toEqual([0, expect.stringContaining('Configuration 1 for no receiver is signed.')])
    const { configuration, code: enrolCode } = await linked()
    expect([configuration.endpoint, configuration.receiverKeys, enrolCode]).toEqual([undefined, undefined, undefined])

    const { tablet, vault } = await aTablet()
    expect(await vault.profile()).toMatchObject({ name: 'Harbour', tellsOpened: true })
    expect((await vault.profile())?.endpointHost).toBeUndefined()
    const id = await finished(vault)
    expect(await stateOf(vault, id)).toBe('ready')
    const { report, asked } = await aPass(tablet)
    expect([report.status, report.waiting, asked]).toEqual(['not-set-up', 1, []])
    expect(await outboxView(tablet.database)).toMatchObject({ waiting: 1, lastCode: '', nextAt: 0, triedAt: 0 })

    const file = await saved(tablet)
    expect(await stateOf(vault, id)).toBe('ready')
    expect(await takeAnswer(tablet.database, await answerOf(file))).toMatchObject({ status: 'taken', opened: 1 })
    await vault.carryReceipts()
    expect(await stateOf(vault, id)).toBe('opened')
    expect(await tablet.database.outbox.count()).toBe(0)
    expect(await readFile(at('opened/events.csv'), 'utf8')).toContain('ES-AN')
  })

  test('says on its sheet neither a code nor a day nor a number, and its link is a sheet’s whole content', async () => {
    await configure('--no-receiver')
    const { code, said } = await desk(
      `sheet --keys ${at('keys')} --app https://app.example --languages en,fr,es,ar,ru,zh --telephone 0600`,
    )
    expect([code, said]).toEqual([0, expect.stringContaining('sets any number of tablets up')])
    const page = await readFile(at('keys/setup-sheet.html'), 'utf8')
    expect(page.match(/<svg /g)?.length).toBeGreaterThan(0)
    expect(page).toContain('For every tablet of your organisation.')
    expect(page).not.toMatch(/\{day\}|class="lost"|undefined/)
    const given = await desk(
      `sheet --keys ${at('keys')} --app https://app.example --code QkZGRkZGRkZGRkZGRkZGRg --until 2026-01-15`,
    )
    expect([given.code, given.said]).toEqual([2, expect.stringContaining('belongs to a receiver')])
  })

  test.each([
    ['', '--endpoint is missing; --no-receiver says that there is no receiver.'],
    ['--no-receiver --endpoint https://receiver.example', '--endpoint belongs to a receiver'],
    [`--no-receiver --receiver-key ${'A'.repeat(43)}`, '--receiver-key belongs to a receiver'],
    ['--no-receiver --token abc', '--token belongs to a receiver'],
    ['--no-receiver --code QkZGRkZGRkZG', '--code belongs to a receiver'],
    ['--endpoint https://receiver.example', '--receiver-key must be'],
  ])('is asked for on purpose, and whole: “%s”', async (way, said) => {
    const done = await configure(way === '' ? '--label office' : way)
    expect(done).toEqual({ code: way.includes('--no') || way === '' ? 2 : 1, said: expect.stringContaining(said) })
    await expect(readFile(at('setup/setup.json'))).rejects.toThrow('ENOENT')
  })
})

describe('a receiver that comes later, or goes', () => {
  test('is sent what waited, also what was saved as a file; without it again, nothing is tried and nothing is lost', async () => {
    const receiver = await startReceiver({ dataDir: at('receiver'), port: 0, appOrigins: ['https://app.example'] })
    try {
      await configure('--no-receiver')
      const { tablet, vault } = await aTablet()
      const id = await finished(vault)
      await saved(tablet)
      await aPass(tablet)

      const code = await receiver.issueCode()
      await configure(`--endpoint ${receiver.url} --receiver-key ${receiver.receiptPublicKey} --code ${code}`)
      const second = await linked()
      expect(second.configuration.version).toBe(2)
      expect(await vault.setConfiguration(second.configurationText, second.profileText, second.code)).toMatchObject({
        status: 'set',
      })
      expect((await aPass(tablet)).report).toMatchObject({ status: 'done', received: 1 })
      await vault.carryReceipts()
      expect(await stateOf(vault, id)).toBe('received')

      // Nobody was reached with the next one.
      const next = await finished(vault)
      const down = () => Promise.reject(new TypeError('no network'))
      expect((await aPass(tablet, down)).report.code).toBe('net')

      await configure('--no-receiver')
      const third = await linked()
      expect((await vault.setConfiguration(third.configurationText)).status).toBe('set')
      const { asked } = await aPass(tablet, down)
      expect(asked).toEqual([])
      expect(await outboxView(tablet.database)).toMatchObject({ lastCode: '', nextAt: 0, triedAt: 0 })
      for (const row of await tablet.database.outbox.toArray()) expect(row.lastCode).toBe('')

      // The desk never opened what the receiver had: after the next unlock it goes along in the file.
      await vault.lock()
      const [account] = await tablet.database.accounts.toArray()
      const again = tablet.tab()
      await again.start()
      expect((await again.unlock(account?.accountId ?? '', folded())).status).toBe('opened')
      await again.tidy()
      expect((await takeAnswer(tablet.database, await answerOf(await saved(tablet)))).status).toBe('taken')
      await again.carryReceipts()
      for (const one of [id, next]) expect(await stateOf(again, one)).toBe('opened')
    } finally {
      await receiver.close()
    }
  })
})
