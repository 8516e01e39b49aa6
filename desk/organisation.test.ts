import { beforeAll, describe, expect, test } from 'vitest'
import { openConfiguration, pinOf } from '../src/batch/configuration.ts'
import { configFingerprint, openSetup, readSetupLink } from '../src/batch/setup.ts'
import { recipientFingerprint, recipientKind } from '../src/seal/age-keys.ts'
import { toBase64Url } from '../src/seal/base64url.ts'
import { newRecipientPair } from '../src/seal/envelope.ts'
import { newSigningKey } from '../src/seal/signature.ts'
import {
  makeSetup,
  newOrganisationKeys,
  setupLinkOf,
  signingRoomOf,
  type MadeSetup,
  type SigningRoom,
  type Wishes,
} from './organisation.ts'

let room: SigningRoom
const wishes: Wishes = {
  receiver: { endpoint: 'https://receiver.example', receiverKeys: [toBase64Url(newSigningKey().publicKey)] },
  profile: { name: 'Harbour House (invented)', orgCode: 'NGO-14', orgType: 'ngo', country: 'ES' },
}
const made = async (changes: Partial<Wishes> = {}, before?: MadeSetup): Promise<MadeSetup> => {
  const issued = before && (await openSetup(before.document, before.sha256))
  const result = await makeSetup(room, { ...wishes, ...changes }, issued)
  if (result.status === 'refused') throw new Error(result.fault)
  return result.setup
}
const fault = async (changes: Partial<Wishes>) => {
  const result = await makeSetup(room, { ...wishes, ...changes })
  return result.status === 'refused' ? result.fault : undefined
}

beforeAll(async () => {
  room = await signingRoomOf(await newOrganisationKeys('x25519'))
})

describe('an overlay', () => {
  const quotes = (count: number) => ({
    words: Object.fromEntries(
      'moc ces cca cyb ssc fls dab dae x3att x3soc x3loc x3nvk x3npk lcv msv ncv lpv lsv lev'
        .split(' ')
        .map((code) => [code, { help: { en: '"'.repeat(count) } }]),
    ),
  })

  test('has the version of the configuration that brought it, until it says something else', async () => {
    const first = await made()
    const second = await made({ overlay: quotes(1) }, first)
    const third = await made({ overlay: quotes(1), label: 'the harbour' }, second)
    const fourth = await made({ overlay: quotes(2) }, third)
    const versions = [first, second, third, fourth].map(({ configuration }) => configuration.overlay?.version)
    expect(versions).toEqual([undefined, '2', '2', '4'])
  })

  test('is not signed where the document would be larger than a tablet reads', async () => {
    expect(await fault({ overlay: quotes(500) })).toBeUndefined()
    expect(await fault({ overlay: quotes(846) })).toBe('overlay')
  })
})

describe('keys', () => {
  test('are hybrid unless told otherwise, both of the same kind', async () => {
    const [standing, classic] = [await newOrganisationKeys(), await newOrganisationKeys('x25519')]
    expect([standing.work, standing.drawer].map(({ recipient }) => recipientKind(recipient))).toEqual([
      'hybrid',
      'hybrid',
    ])
    expect([classic.work, classic.drawer].map(({ recipient }) => recipientKind(recipient))).toEqual([
      'x25519',
      'x25519',
    ])
  })
})

describe('a configuration', () => {
  test('is signed, names both recipients and the successor, and has no full name in the clear', async () => {
    const { configurationText, configuration } = await made()
    expect(await openConfiguration(configurationText)).toEqual(configuration)
    expect(configuration).toMatchObject({
      version: 1,
      recipients: [...room.recipients],
      successor: room.successor,
      deskKeys: [room.deskKey],
    })
    expect(configurationText).not.toContain('Harbour')
  })

  test('travels with its profile in a document that a link names', async () => {
    const setup = await made()
    const link = readSetupLink(setupLinkOf(setup, { appUrl: 'https://app.example/', code: 'abcd-1234' }))
    const document = 'b' in link ? link.b : ''
    const opened = await openSetup(document, link.h)
    expect(opened.profile).toMatchObject(wishes.profile)
    expect(link.c).toBe('abcd-1234')
    expect(setup.words).toEqual(await configFingerprint(opened.configuration))
  })

  test('stays the same document where nothing changed', async () => {
    const first = await made()
    expect((await made({}, first)).document).toBe(first.document)
  })

  test('goes on to the next version where something changed, which a tablet with the first one takes', async () => {
    const first = await made()
    const receiverKeys = wishes.receiver?.receiverKeys ?? []
    const second = await made({ receiver: { endpoint: 'https://other.example', receiverKeys } }, first)
    expect(second.configuration.version).toBe(2)
    expect(await openConfiguration(second.configurationText, pinOf(first.configuration))).toEqual(second.configuration)
    expect(second.words).toEqual(first.words)
  })

  test('goes on also where only the profile changed', async () => {
    const first = await made()
    const second = await made({ profile: { ...wishes.profile, name: 'Another name' } }, first)
    expect(second.configuration.version).toBe(2)
    expect(second.configuration.profile).not.toBe(first.configuration.profile)
  })
})

describe('a recipient who is named no more', () => {
  const other = async () => [
    (await newRecipientPair({ kind: 'x25519' })).recipient,
    (await newRecipientPair({ kind: 'x25519' })).recipient,
  ]

  test('keeps what was sealed to them, unless they are revoked by name of the wish', async () => {
    const first = await made()
    expect((await made({ recipients: await other() }, first)).configuration.revoked).toBeUndefined()
    const second = await made({ recipients: await other(), revoke: true }, first)
    expect(second.configuration.revoked).toEqual(await Promise.all(room.recipients.map(recipientFingerprint)))
    expect(await openConfiguration(second.configurationText)).toEqual(second.configuration)
  })

  test('stays revoked in every configuration after that, until named again', async () => {
    const second = await made({ recipients: await other(), revoke: true }, await made())
    const third = await made({ recipients: second.configuration.recipients, steps: [1] }, second)
    expect(third.configuration.revoked).toEqual(second.configuration.revoked)
    expect((await made({}, third)).configuration.revoked).toBeUndefined()
  })
})

describe('what is refused', () => {
  test('a single recipient, unless it was asked for', async () => {
    const { recipient } = await newRecipientPair({ kind: 'x25519' })
    expect(await fault({ recipients: [recipient] })).toBe('single')
    expect((await made({ recipients: [recipient], single: true })).configuration).toMatchObject({
      recipients: [recipient],
      single: true,
    })
    expect((await made({ single: true })).configuration.recipients).toEqual([room.recipients[0]])
  })

  test('recipients of two kinds', async () => {
    const pair = await Promise.all([newRecipientPair({ kind: 'x25519' }), newRecipientPair({ kind: 'hybrid' })])
    expect(await fault({ recipients: pair.map(({ recipient }) => recipient) })).toBe('recipients')
  })

  test.each([
    ['endpoint', { receiver: { endpoint: 'http://receiver.example', receiverKeys: ['A'.repeat(43)] } }],
    ['endpoint', { receiver: { endpoint: 'https://receiver.example/', receiverKeys: ['A'.repeat(43)] } }],
    ['receiverKeys', { receiver: { endpoint: 'https://receiver.example', receiverKeys: ['short'] } }],
    ['orgType', { profile: { ...wishes.profile, orgType: 'club' } }],
    ['orgType', { profile: { ...wishes.profile, orgType: 'nk' } }],
    ['country', { profile: { ...wishes.profile, country: 'XX' } }],
    ['name', { profile: { ...wishes.profile, name: '' } }],
    ['label', { label: 'x'.repeat(41) }],
    ['limits', { limits: { coverMinutes: 500 } }],
    ['steps', { steps: [2] }],
  ] as [string, Partial<Wishes>][])('a wrong %s', async (name, changes) => {
    expect(await fault(changes)).toBe(name)
  })
})
