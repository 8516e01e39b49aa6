import 'fake-indexeddb/auto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openBoxes } from '../../desk/open-boxes.ts'
import { startReceiver, type RunningReceiver } from '../../receiver/server.ts'
import { openSetup, setupSha } from '../batch/setup.ts'
import { deliver } from '../outbox/deliver.ts'
import { tryLine, type LineTried } from '../outbox/try-line.ts'
import { identityToSecret } from '../seal/age-keys.ts'
import { toBase64Url } from '../seal/base64url.ts'
import { newRecipientPair } from '../seal/envelope.ts'
import { ATablet, folded, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation, type AnOrganisation } from '../testing/an-organisation.ts'
import { newLocks } from '../testing/an-outbox.ts'
import type { HandPrepared, VaultApi } from './api.ts'
import type { HandFields } from './hand-fields.ts'

let [dataDir, receiver]: [string, RunningReceiver | undefined] = ['', undefined]
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'receiver-'))
  receiver = await startReceiver({ dataDir, port: 0, appOrigins: ['http://127.0.0.1:4173'] })
})
afterEach(async () => {
  await receiver?.close()
  await rm(dataDir, { recursive: true })
})
const running = (): RunningReceiver => {
  if (!receiver) throw new Error('not running')
  return receiver
}

async function typed({ base }: AnOrganisation, change: Partial<HandFields> = {}): Promise<HandFields> {
  const [work = '', drawer = ''] = base.recipients
  return {
    endpoint: running().url,
    work,
    drawer,
    alone: false,
    receiverKey: running().receiptPublicKey,
    importKey: base.deskKeys[0] ?? '',
    code: await running().issueCode(),
    label: 'our office',
    name: 'Harbour House (invented)',
    orgCode: 'NGO-14',
    orgType: 'ngo',
    country: 'ES',
    safetyCopies: false,
    ...change,
  }
}

type Ready = Extract<HandPrepared, { status: 'ready' }>
async function ready(vault: VaultApi, fields: HandFields): Promise<Ready> {
  const prepared = await vault.prepareByHand(fields)
  if (prepared.status !== 'ready') throw new Error(JSON.stringify(prepared))
  return prepared
}
const overTheLine = ({ database }: ATablet, vault: VaultApi, { configuration, device, box }: Ready) =>
  tryLine(
    { database, fetch, now: Date.now },
    { configuration, device, box, keepToken: (token) => vault.keepTrialToken(token) },
  )
const receiptOf = (tried: LineTried): string => (tried.status === 'received' ? tried.receipt : '')

async function setByHand(tablet: ATablet, vault: VaultApi, fields: HandFields) {
  return await vault.setByHand(receiptOf(await overTheLine(tablet, vault, await ready(vault, fields))))
}
async function send({ database }: ATablet) {
  return await deliver({ database, fetch, now: Date.now, random: () => 0.5, locks: newLocks(), trigger: 'person' })
}
async function atTheDesk() {
  const headers = { Authorization: `Bearer ${await running().deskToken()}` }
  const list = (await (await fetch(`${running().url}/v1/boxes?after=0&limit=500`, { headers })).json()) as {
    boxes: { id: string; deviceId: string }[]
  }
  const bytesOf = async (id: string) =>
    new Uint8Array(await (await fetch(`${running().url}/v1/boxes/${id}`, { headers })).arrayBuffer())
  return Promise.all(list.boxes.map(async ({ id, deviceId }) => ({ bytes: await bytesOf(id), from: deviceId })))
}

describe('settings made by hand', () => {
  test('take a case from a tablet that stood alone to the desk, and claim nobody’s signature', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const { id, rev } = await savedCase(vault)
    expect(await vault.finish(id, rev)).toMatchObject({ state: 'tablet-only' })
    expect(await setByHand(tablet, vault, await typed(organisation))).toEqual({ status: 'set', boxed: 1 })
    expect(await vault.profile()).toMatchObject({ byHand: true, tellsOpened: true, name: 'Harbour House (invented)' })
    expect(await vault.verifyConfiguration()).toBe('verified')
    expect(await send(tablet)).toMatchObject({ status: 'done', received: 1, code: '' })
    const opened = await openBoxes(await atTheDesk(), organisation.identities)
    expect(opened.tests).toHaveLength(1)
    expect(opened.records).toHaveLength(1)
    expect([opened.gaps, opened.chainForks, opened.quarantined]).toEqual([[], [], []])
  })

  test('count only by the receipt for their own test box: an older one, or another box’s, changes nothing', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const fields = await typed(organisation)
    const first = await overTheLine(tablet, vault, await ready(vault, fields))
    await ready(vault, fields)
    for (const receipt of [receiptOf(first), '', '{"receipt":"{}","sig":"x"}'])
      expect(await vault.setByHand(receipt)).toEqual({ status: 'refused', reason: 'untried' })
    expect(await vault.verifyConfiguration()).toBe('none')
    expect(await tablet.database.device.get('device')).toMatchObject({ configuration: '', token: '' })
  })

  test('need no second code where the answer of the receiver was lost, not even after the tablet was locked', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault, accountId } = await tablet.withAccount()
    const fields = await typed(organisation)
    const prepared = await ready(vault, fields)
    expect(await overTheLine(tablet, vault, prepared)).toMatchObject({ status: 'received' })
    const later = tablet.tab()
    expect(await later.unlock(accountId, folded())).toMatchObject({ status: 'opened' })
    expect(await later.handNow()).toMatchObject({ status: 'offered', enrolledAt: [running().url] })
    expect(await setByHand(tablet, later, { ...fields, code: '' })).toMatchObject({ status: 'set' })
    expect(await tablet.database.device.get('device')).toMatchObject({ enrolCode: '' })
  })

  test('are changed by hand again, and other accounts of the tablet follow the same hand', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    await setByHand(tablet, vault, await typed(organisation))
    const other = await tablet.withAccount({ label: 'Green' })
    expect(await other.vault.handNow()).toEqual({ status: 'not-lead' })
    expect(await other.vault.prepareByHand(await typed(organisation))).toEqual({ status: 'not-lead' })
    const before = await vault.handNow()
    if (before.status !== 'offered' || !before.now) throw new Error(before.status)
    expect(before.now).toMatchObject({ endpoint: running().url, orgCode: 'NGO-14', alone: false, code: '' })
    expect(await setByHand(tablet, vault, { ...before.now, label: 'the new office' })).toMatchObject({ status: 'set' })
    const again = tablet.tab()
    expect(await again.unlock(other.accountId, folded())).toMatchObject({ status: 'opened' })
    expect(await again.profile()).toMatchObject({ label: 'the new office', byHand: true, configVersion: 2 })
  })

  test('give way to what an organisation has signed; then the hand changes nothing any more', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    await setByHand(tablet, vault, await typed(organisation))
    const { id, rev } = await savedCase(vault)
    expect(await vault.finish(id, rev)).toMatchObject({ state: 'ready' })
    const endpoint = running().url
    const signed = await organisation.configuration({ endpoint, receiverKeys: [running().receiptPublicKey] })
    expect(await vault.setConfiguration(signed, organisation.profileText)).toMatchObject({ status: 'set' })
    expect(await vault.profile()).toMatchObject({ byHand: false })
    expect(await send(tablet)).toMatchObject({ status: 'done', received: 1 })
    expect(await vault.handNow()).toEqual({ status: 'signed' })
    expect(await vault.prepareByHand(await typed(organisation))).toEqual({ status: 'signed' })
    const stranger = await anOrganisation()
    expect(await vault.setConfiguration(await stranger.configuration({ version: 9 }), stranger.profileText)).toEqual({
      status: 'refused',
      reason: 'foreign',
    })
  })

  test('of another account are not believed before its person has compared the words', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    await setByHand(tablet, vault, await typed(organisation))
    const other = await tablet.withAccount({ label: 'Green' })
    const signed = await organisation.configuration()
    await vault.setConfiguration(signed, organisation.profileText)
    const again = tablet.tab()
    expect(await again.unlock(other.accountId, folded())).toMatchObject({ status: 'settings-changed' })
    const found = await again.foundSettings()
    expect(found).toMatchObject({ byHand: false, configurationText: signed })
    expect(found?.words).toHaveLength(6)
    expect(await again.setConfiguration(found?.configurationText ?? '')).toMatchObject({ status: 'set' })
    expect(await again.verifyConfiguration()).toBe('verified')
    expect(await again.foundSettings()).toBeUndefined()
  })

  test('are found by an account that had none, and its finished cases go the same way', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const other = await tablet.withAccount({ label: 'Green' })
    const { id, rev } = await savedCase(other.vault)
    await other.vault.finish(id, rev)
    await setByHand(tablet, vault, await typed(organisation))
    const again = tablet.tab()
    expect(await again.unlock(other.accountId, folded())).toMatchObject({ status: 'settings-changed' })
    const found = await again.foundSettings()
    const mine = await vault.handNow()
    expect(found).toMatchObject({ byHand: true, words: mine.status === 'offered' && mine.words })
    expect(await again.setConfiguration(found?.configurationText ?? '')).toEqual({ status: 'set', boxed: 1 })
  })

  test('that were tried and left leave their token to what the organisation signs for the same receiver', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    await overTheLine(tablet, vault, await ready(vault, await typed(organisation)))
    const change = { endpoint: running().url, receiverKeys: [running().receiptPublicKey] }
    await vault.setConfiguration(await organisation.configuration(change), organisation.profileText)
    const { id, rev } = await savedCase(vault)
    await vault.finish(id, rev)
    expect(await send(tablet)).toMatchObject({ status: 'done', received: 1, code: '' })
  })

  test('that somebody edited on the disk stop everything, and are offered to nobody whose settings were signed', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault, accountId } = await tablet.withAccount({ setup: await organisation.setup() })
    const stranger = await anOrganisation()
    await tablet.database.device.update('device', { configuration: await stranger.configuration({ version: 7 }) })
    expect(await vault.verifyConfiguration()).toBe('changed')
    const again = tablet.tab()
    expect(await again.unlock(accountId, folded())).toMatchObject({ status: 'settings-changed' })
    expect(await again.foundSettings()).toBeUndefined()
    expect(await again.sealTest()).toEqual({ status: 'settings-changed' })
  })

  test('go to no other tablet: as a set-up document, or as settings that come from outside', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    await setByHand(tablet, vault, await typed(organisation))
    expect(await vault.setupToHand()).toEqual({ status: 'by-hand' })
    const device = await tablet.database.device.get('device')
    const document = JSON.stringify({ configuration: device?.configuration ?? '', profile: organisation.profileText })
    await expect(openSetup(document, await setupSha(document))).rejects.toMatchObject({ reason: 'bad-setup' })
    const next = await new ATablet().withAccount()
    expect(await next.vault.setConfiguration(device?.configuration ?? '', organisation.profileText)).toMatchObject({
      reason: 'bad-configuration',
    })
  })
})

describe('the set-up document for the next tablet', () => {
  test('is what the organisation signed, for a lead alone', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const setup = await organisation.setup()
    const { vault } = await tablet.withAccount({ setup })
    const handed = await vault.setupToHand()
    if (handed.status !== 'ready') throw new Error(handed.status)
    const read = await openSetup(handed.document, await setupSha(handed.document))
    expect([read.configurationText, read.profileText]).toEqual([setup.configurationText, setup.profileText])
    expect(handed.words).toHaveLength(6)
    const { vault: caseworker } = await tablet.withAccount({ label: 'Green' })
    expect(await caseworker.setupToHand()).toEqual({ status: 'not-lead' })
    expect(await (await new ATablet().withAccount()).vault.setupToHand()).toEqual({ status: 'none' })
  })
})

describe('what is typed by hand', () => {
  test('is taken with spaces and line breaks in its keys, and with an end slash', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const fields = await typed(organisation)
    const broken = (text: string): string => ` ${text.slice(0, 20)}\r\n  ${text.slice(20)} \n`
    const { work, drawer, receiverKey, importKey, code } = fields
    const pasted = {
      ...fields,
      endpoint: ` ${fields.endpoint}/ `,
      work: broken(work),
      drawer: broken(drawer),
      receiverKey: broken(receiverKey),
      importKey: broken(importKey),
      code: broken(code),
    }
    expect((await ready(vault, pasted)).configuration).toMatchObject({
      endpoint: fields.endpoint,
      recipients: [work, drawer],
      receiverKeys: [receiverKey],
    })
    expect(await setByHand(tablet, vault, pasted)).toMatchObject({ status: 'set' })
  })

  test('may leave the desk’s key and the drawer out, the drawer only on purpose', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const alone = await typed(organisation, { drawer: '', alone: true, importKey: '', country: '' })
    expect(await setByHand(tablet, vault, alone)).toMatchObject({ status: 'set' })
    expect(await vault.profile()).toMatchObject({ tellsOpened: false, recipients: [organisation.base.recipients[0]] })
  })

  test('says of each field why it will not do', async () => {
    const [tablet, organisation] = [new ATablet(), await anOrganisation()]
    const { vault } = await tablet.withAccount()
    const good = await typed(organisation)
    const hybrid = (await newRecipientPair({ kind: 'hybrid' })).recipient
    const [secret = ''] = organisation.identities
    const rows: [keyof HandFields, string, string][] = [
      ['endpoint', '', 'missing'],
      ['endpoint', 'http://receiver.example', 'plain-http'],
      ['endpoint', 'receiver.example', 'address'],
      ['endpoint', 'https://user:word@receiver.example', 'address'],
      ['work', '', 'missing'],
      ['work', good.work.slice(1), 'recipient'],
      ['work', secret, 'secret'],
      ['drawer', '', 'alone'],
      ['drawer', good.work, 'same'],
      ['drawer', hybrid, 'kinds'],
      ['receiverKey', '', 'missing'],
      ['receiverKey', toBase64Url(identityToSecret(secret).slice(1)), 'key'],
      ['receiverKey', secret, 'secret'],
      ['importKey', good.receiverKey, 'same'],
      ['importKey', 'key', 'key'],
      ['code', '', 'missing'],
      ['code', 'two words?', 'code'],
      ['label', ' ', 'missing'],
      ['label', 'x'.repeat(41), 'text'],
      ['name', 'a\u202Eb', 'text'],
      ['orgCode', '', 'missing'],
      ['orgType', 'nk', 'kind-of-organisation'],
      ['orgType', '', 'kind-of-organisation'],
      ['country', 'XX', 'country'],
    ]
    for (const [field, value, fault] of rows)
      expect(await vault.prepareByHand({ ...good, [field]: value }), `${field} ${value}`).toEqual({
        status: 'wrong',
        faults: { [field]: fault },
      })
  })
})
