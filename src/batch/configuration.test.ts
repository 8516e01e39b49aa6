import { describe, expect, test } from 'vitest'
import { fromHex } from '../seal/base64url.ts'
import { newSigningKey } from '../seal/signature.ts'
import { BatchError } from './batch-error.ts'
import {
  configurationSchema,
  digestOfKey,
  endpointSchema,
  openConfiguration,
  openProfile,
  openStoredConfiguration,
  pinOf,
  signConfiguration,
  type ConfigurationPin,
} from './configuration.ts'
import { configFingerprint } from './setup.ts'
import { signText } from './signed-text.ts'
import setups from './vectors/setup.json' with { type: 'json' }
import vectors from './vectors/configuration.json' with { type: 'json' }

type Line = { readonly text: string; readonly pin?: ConfigurationPin }
const open = ({ text, pin }: Line) => openConfiguration(text, pin)

const privateKey = fromHex(vectors.privateKeyHex)
const sample = configurationSchema.parse(vectors.accepted[0]?.configuration)

describe('the vectors', () => {
  test.each(vectors.accepted)('are taken: $name', async (line) => {
    expect(await open(line)).toEqual(line.configuration)
  })

  test.each(vectors.refused)('are refused: $name', async (line) => {
    await expect(open(line)).rejects.toMatchObject({ name: 'BatchError', reason: line.reason })
  })

  test('have the fingerprint', async () => {
    expect(await configFingerprint(sample)).toEqual(vectors.fingerprint)
  })
})

describe('a configuration', () => {
  test('is signed in the same way each time, and opens', async () => {
    const text = await signConfiguration(sample, privateKey)
    expect(text).toBe(vectors.accepted[0]?.text)
    expect(await openConfiguration(text)).toEqual(sample)
  })

  test('is not signed by another key than it names, nor where no tablet would take it', async () => {
    const refused = { name: 'BatchError', reason: 'bad-configuration' }
    await expect(signConfiguration(sample, newSigningKey().privateKey)).rejects.toMatchObject(refused)
    await expect(signConfiguration({ ...sample, version: 0 }, privateKey)).rejects.toMatchObject(refused)
  })

  test('carries an overlay under the same signature', async () => {
    const overlay = { version: '1', variables: { off: ['x3mig'] } }
    const text = await signConfiguration({ ...sample, overlay }, privateKey)
    expect((await openConfiguration(text)).overlay).toEqual(overlay)
    await expect(openConfiguration(text.replace('x3mig', 'x3abd'))).rejects.toMatchObject({
      reason: 'bad-configuration',
    })
  })

  test('that switches off what is counted is neither signed nor, signed by other means, taken', async () => {
    const bad = { ...sample, overlay: { version: '1', variables: { off: ['toe'] } } }
    await expect(signConfiguration(bad, privateKey)).rejects.toMatchObject({ reason: 'bad-configuration' })
    const json = JSON.stringify(bad)
    const text = `CONF1 ${await signText('configuration', json, privateKey)}\n${json}`
    await expect(openConfiguration(text)).rejects.toMatchObject({ reason: 'bad-configuration' })
  })

  test('is refused with any single byte changed', async () => {
    const text = await signConfiguration(sample, privateKey)
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
      await expect(openConfiguration(changed)).rejects.toBeInstanceOf(BatchError)
    }
  })

  test('hands over to its announced successor once, and the key before is foreign from then on', async () => {
    const [first, second, third] = [newSigningKey(), newSigningKey(), newSigningKey()]
    const keyOf = ({ publicKey }: typeof first) => Buffer.from(publicKey).toString('base64url')
    const make = async (version: number, by: typeof first, next: typeof first) =>
      signConfiguration(
        { ...sample, version, key: keyOf(by), successor: await digestOfKey(keyOf(next)) },
        by.privateKey,
      )
    let pin = pinOf(await openConfiguration(await make(1, first, second)))
    pin = pinOf(await openConfiguration(await make(2, second, third), pin))
    await expect(openConfiguration(await make(3, first, second), pin)).rejects.toMatchObject({ reason: 'foreign' })
    pin = pinOf(await openConfiguration(await make(3, third, first), pin))
    expect(pin.key).toBe(keyOf(third))
  })

  test('that is kept must be the one that was pinned', async () => {
    const text = await signConfiguration(sample, privateKey)
    const pin = pinOf(sample)
    expect(await openStoredConfiguration(text, pin)).toEqual(sample)
    const refused = (changed: Partial<ConfigurationPin>, reason: string) =>
      expect(openStoredConfiguration(text, { ...pin, ...changed })).rejects.toMatchObject({ reason })
    await refused({ version: sample.version + 1 }, 'older')
    await refused({ version: sample.version - 1 }, 'older')
    await refused({ key: 'x' }, 'foreign')
    await refused({ successor: 'x' }, 'foreign')
    await expect(openStoredConfiguration(`${text} `, pin)).rejects.toMatchObject({ reason: 'bad-configuration' })
  })

  test.each([
    ['https://receiver.example', true],
    ['https://receiver.example/daybook', true],
    ['https://receiver.example:8443', true],
    ['http://localhost:8787', true],
    ['http://[::1]:8787', true],
    ['http://localhost.example', false],
    ['http://127.0.0.1.example', false],
    ['https://receiver.example/#x', false],
    ['https://receiver.example/?', false],
    ['https://receiver.example/a/../b', false],
    ['ftp://receiver.example', false],
    ['javascript:alert(1)', false],
    ['receiver.example', false],
    [' https://receiver.example', false],
  ])('has an endpoint like %s: %s', (endpoint, good) => {
    expect(endpointSchema.safeParse(endpoint).success).toBe(good)
  })
})

describe('a profile', () => {
  test('opens only where the configuration names its text', async () => {
    expect((await openProfile(setups.profileText, sample)).orgCode).toBe('NGO-14')
    const changed = openProfile(setups.profileText.replace('NGO-14', 'NGO-15'), sample)
    await expect(changed).rejects.toMatchObject({ reason: 'bad-configuration' })
  })
})
