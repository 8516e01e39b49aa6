import 'fake-indexeddb/auto'
import { serialize } from 'node:v8'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fold } from '../seal/passphrase.ts'
import { ATablet, passphrase, savedCase } from '../testing/a-tablet.ts'
import { anOrganisation } from '../testing/an-organisation.ts'
import type { VaultApi } from './api.ts'

type Watched = 'importKey' | 'deriveBits' | 'encrypt' | 'decrypt'
type Call = (...given: unknown[]) => Promise<unknown>

let tablet: ATablet
/** Every secret that was a value in JavaScript: what was imported as a key, encrypted, decrypted or derived. */
let secrets: Buffer[]
beforeEach(() => {
  tablet = new ATablet()
  secrets = []
  const subtle = crypto.subtle
  const keep = (secret: unknown): void => {
    if (secret instanceof ArrayBuffer) secrets.push(Buffer.from(secret.slice(0)))
    else if (ArrayBuffer.isView(secret))
      secrets.push(Buffer.from(new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)))
  }
  const watch = (name: Watched, look: (given: unknown[], result: unknown) => void) => {
    const original = Reflect.get(subtle, name) as unknown as Call
    vi.spyOn(subtle, name).mockImplementation(async (...given: unknown[]) => {
      const before = given.map((one) => (ArrayBuffer.isView(one) ? Uint8Array.from(one as Uint8Array) : one))
      const result = await Reflect.apply(original, subtle, given)
      look(before, result)
      return result as never
    })
  }
  // Public keys are imported, too, to verify with and to seal to.
  watch('importKey', ([, bytes], key) => {
    if (!(key instanceof CryptoKey) || key.type !== 'public') keep(bytes)
  })
  watch('encrypt', ([, , plain]) => keep(plain))
  watch('decrypt', (_, plain) => keep(plain))
  // X25519 gives age's share here, which stands in the open in every age file.
  watch('deriveBits', ([algorithm], bits) => {
    if ((algorithm as { name: string }).name === 'HKDF') keep(bits)
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await tablet.database.delete()
})

/** The keys that are derived without ever being a value, derived once more where a test may see them. */
async function derivedKeys(): Promise<Buffer[]> {
  const infos = ['tip/kek/v1', 'tip/account/v1', 'tip/age/v1', 'tip/dek/v1', 'tip/audit/v1', 'tip/wipe/v1']
  const bases = secrets.filter(({ length }) => length === 32 || length === 64)
  const [account] = await tablet.database.accounts.toArray()
  const salts = [new Uint8Array(0), new TextEncoder().encode(account?.accountId)]
  const keys: Buffer[] = []
  for (const base of bases) {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(base), 'HKDF', false, ['deriveBits'])
    for (const text of infos)
      for (const salt of salts) {
        const hkdf = { name: 'HKDF', hash: 'SHA-256', salt, info: new TextEncoder().encode(text) }
        keys.push(Buffer.from(await crypto.subtle.deriveBits(hkdf, key, 256)))
      }
  }
  return keys
}

/** All that lies on the disk, keys of rows and names of tables included. */
const disk = async (): Promise<Buffer> =>
  Buffer.concat([
    serialize(await tablet.everything()),
    serialize(
      tablet.database.tables.map(({ name, schema }) => [
        name,
        schema.primKey.src,
        schema.indexes.map(({ src }) => src),
      ]),
    ),
  ])

const readings = (secret: Buffer): Buffer[] => [
  secret,
  Buffer.from(secret.toString('hex')),
  Buffer.from(secret.toString('hex').toUpperCase()),
  ...[0, 1, 2].flatMap((shift) => inBase64(secret, shift)),
]

// In base64 a text looks otherwise at each of three places it can begin at; the signs that neighbours touch are cut off.
function inBase64(secret: Buffer, shift: number): Buffer[] {
  const text = Buffer.concat([Buffer.alloc(shift), secret])
    .toString('base64')
    .replace(/=+$/, '')
  const sure = text.slice(shift === 0 ? 0 : shift + 1, -2)
  return [Buffer.from(sure), Buffer.from(sure.replaceAll('+', '-').replaceAll('/', '_'))]
}

test('no key and no answer lies on the disk in any reading, from the first save to the finished box', async () => {
  const organisation = await anOrganisation()
  const { vault } = await tablet.withAccount({ setup: await organisation.setup(), pin: '918273', circle: 'team' })
  const { id, rev, draft } = await savedCase(vault)
  const canary = 'Zimtkanarienvogel'
  const saved = await vault.save(id, rev, { ...draft, localReference: canary }, { section: 'canarysection' })
  if (saved.status !== 'saved') throw new Error(saved.status)
  await vault.note('export', id)
  const done = await vault.finish(id, saved.rev)
  if (done.status !== 'finished') throw new Error(done.status)
  await handAround(vault, id, done.rev)

  const secretsOfPeople = [canary, 'canarysection', draft.caseId, draft.code, passphrase, fold(passphrase), '918273']
  const answers = ['the door code was kept from her', 'takes_earnings', 'made to carry messages']
  const giveaways = ['Harbour House', 'NGO-14', 'tip/', 'tip-rec', 'AGE-SECRET-KEY', 'trafficking']
  const texts = [...secretsOfPeople, ...answers, ...giveaways]
  const needles = [
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]).flatMap(readings),
    ...[...secrets, ...(await derivedKeys())]
      .filter(({ length }) => length >= 16)
      .flatMap((secret) => readings(secret.subarray(0, 64))),
  ]
  expect(secrets.length).toBeGreaterThan(20)
  const bytes = await disk()
  expect(bytes.length).toBeGreaterThan(8_000)
  expect(bytes.includes('our office')).toBe(true)
  const found = needles.filter((needle) => needle.length >= 4 && bytes.includes(needle))
  expect(found.map(String)).toEqual([])
})

/** A colleague comes to the team and leaves it, another account is handed the case. */
async function handAround(vault: VaultApi, id: string, rev: number): Promise<void> {
  const colleague = await tablet.withAccount({ label: 'Green', circle: 'team' })
  const recipientOf = async (accountId: string) =>
    (await vault.team()).others.find((other) => other.accountId === accountId)?.recipient ?? ''
  const recipient = await recipientOf(colleague.accountId)
  expect(await vault.letIn(colleague.accountId, recipient)).toEqual({ status: 'done' })
  expect(await vault.takeOut(colleague.accountId)).toEqual({ status: 'done' })
  expect((await vault.give(id, rev, { accountId: colleague.accountId, recipient })).status).toBe('given')
}

test('no CryptoKey is stored, and every ciphertext has a size that is a step', async () => {
  const organisation = await anOrganisation()
  const { vault } = await tablet.withAccount({ setup: await organisation.setup() })
  const { id, rev } = await savedCase(vault)
  await vault.finish(id, rev)
  const records = await tablet.database.records.toArray()
  const revisions = await tablet.database.revisions.toArray()
  const [outbox] = await tablet.database.outbox.toArray()
  const envelope = 29
  for (const { sum, body } of records)
    expect([(sum.length - envelope) % 512, (body.length - envelope) % 512]).toEqual([0, 0])
  for (const { body } of revisions) expect((body.length - envelope) % 512).toBe(0)
  expect(records[0]?.sum.length).toBe(1024 + envelope)
  expect(outbox?.nextAt).toBe(0)
  for (const { rows } of await tablet.everything())
    for (const row of rows as object[])
      for (const value of Object.values(row))
        expect(['string', 'number'].includes(typeof value) || value instanceof Uint8Array).toBe(true)
})

test('the plain columns are those of the table, and no other', async () => {
  const organisation = await anOrganisation()
  const { vault } = await tablet.withAccount({ setup: await organisation.setup(), circle: 'team' })
  const { id, rev } = await savedCase(vault)
  await vault.finish(id, rev)
  await vault.setLanguage('ar')
  await handAround(vault, id, (await vault.open(id)).rev)
  const more = await savedCase(vault)
  await vault.finish(more.id, more.rev)
  await vault.sendChange({ code: '482913070', says: { kind: 'proceedings', date: '2024', ces: 'convicted' } })
  const columns = Object.fromEntries(
    (await tablet.everything()).map(({ table, rows }) => [
      table,
      Object.keys(rows[0] as object)
        .sort()
        .join(' '),
    ]),
  )
  expect(columns).toEqual({
    accounts:
      'accountId configurationPin failed header label pin recipient recovery signingKey wipeVerifier wrap writes',
    circles: 'accountId circleId epoch form wrapped',
    rosters: 'body circleId epoch',
    handovers: 'accountId bytes id',
    records: 'body circleId epoch id rev schema sum',
    revisions: 'body circleId epoch id schema',
    changes: 'body circleId epoch id schema',
    audit: 'circleId entry mac n',
    outbox: 'attempts boxId bytes configVersion imported lastCode nextAt receipt recipientFpr seq size state',
    device: 'changes configuration deviceId enrolCode key language lastContactAt prevBoxId receiptsAfter seq token',
  })
})
