// What an organisation tells its tablets, signed: where to send, to whom to seal, whose receipts to believe. It lies
// on the disk in the clear, so its words are neutral, and it is verified at every use: an edited one stops sending.

import * as z from 'zod/mini'
import { overlaySchema } from '../record/overlay.ts'
import { recipientKind } from '../seal/age-keys.ts'
import { fromBase64Url, toBase64Url } from '../seal/base64url.ts'
import { ownBytes, utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex } from '../seal/digest.ts'
import { publicKeyOf } from '../seal/signature.ts'
import { BatchError } from './batch-error.ts'
import { setupSizeLimit } from './protocol.ts'
import { digestSchema, isSignedBy, jsonOf, publicKeySchema, signText } from './signed-text.ts'

const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most))
export const plainText = (most: number) =>
  z.string().check(
    z.minLength(1),
    z.maxLength(most),
    z.regex(/^\P{C}+$/u),
    z.refine((text) => text.trim() === text),
  )
const different = z.refine<readonly unknown[]>((list) => new Set(list).size === list.length)
const oneOrTwo = <T extends z.ZodMiniType<string>>(schema: T) =>
  z.array(schema).check(z.minLength(1), z.maxLength(2), different)

/** As `recipientFingerprint` makes it. */
const fingerprintSchema = z.string().check(z.regex(/^[\w-]{22}$/))

/** Base address of a receiver: https, or http on this machine; no end slash, no query, no fragment, no credentials. */
export const endpointSchema = z.string().check(z.maxLength(200), z.refine(isEndpoint))

function isEndpoint(text: string): boolean {
  const url = secureUrl(text)
  if (url === undefined || text.endsWith('/') || url.search + url.hash + url.username + url.password !== '')
    return false
  return text === url.origin || text === url.origin + url.pathname
}

/** An address to fetch from: https, or http on this same machine; `undefined` for every other text. */
export function secureUrl(text: string): URL | undefined {
  const url = asUrl(text)
  if (!url) return undefined
  const here = url.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  return url.protocol === 'https:' || here ? url : undefined
}

/** Not by `URL.canParse`, which tablets with the last browser for Android 7 do not have. */
function asUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

export const configurationSchema = z
  .strictObject({
    v: z.literal(1),
    version: z.int().check(z.positive()),
    /** public key that signs this, base64url */
    key: publicKeySchema,
    /** hex SHA-256 of the raw public key that may sign after it */
    successor: digestSchema,
    /** neutral: it is readable on the disk */
    label: plainText(40),
    /** hex SHA-256 of the profile's text */
    profile: digestSchema,
    /** absent, with `receiverKeys`, where the organisation has no receiver: it takes sealed files alone */
    endpoint: z.optional(endpointSchema),
    /** for work, then for the drawer; all of one kind */
    recipients: oneOrTwo(z.string()),
    /** fingerprints of earlier recipients that nobody should seal to any more: what waits for one is sealed anew */
    revoked: z.optional(z.array(fingerprintSchema).check(z.minLength(1), z.maxLength(20), different)),
    /** one recipient is enough: said on purpose */
    single: z.optional(z.literal(true)),
    receiverKeys: z.optional(oneOrTwo(publicKeySchema)),
    /** none only where it was set by hand, and then nothing is ever known to be opened */
    deskKeys: z.array(publicKeySchema).check(z.maxLength(2), different),
    /** a person set it on this tablet, which signed it itself: no organisation vouches for it, and it goes to no other */
    byHand: z.optional(z.literal(true)),
    steps: z.array(z.union([z.literal(1), z.literal(2), z.literal(3)])).check(z.minLength(1), different),
    limits: z.strictObject({
      /** covered time before the lock */
      coverMinutes: whole(0, 120),
      /** idle time before the cover */
      idleSeconds: whole(30, 900),
      /** kept on the tablet after the organisation opened it */
      retentionDays: whole(0, 365),
    }),
    safetyCopies: z.boolean(),
    /** a filled record may be printed from a tablet: said on purpose */
    print: z.optional(z.literal(true)),
    /** accounts may have a second passphrase that erases them: said on purpose */
    wipePassphrase: z.optional(z.literal(true)),
    /** whose a new case is */
    circle: z.enum(['me', 'team']),
    /** what this organisation asks otherwise than the codebook */
    overlay: z.optional(overlaySchema),
  })
  .check(
    z.refine(({ recipients, single }) => (recipients.length === 1) === (single === true)),
    z.refine(({ recipients }) => recipientKinds(recipients).size === 1 && !recipientKinds(recipients).has(undefined)),
    z.refine(({ steps }) => steps.includes(1)),
    z.refine(({ endpoint, receiverKeys }) => (endpoint === undefined) === (receiverKeys === undefined)),
    // What a person sets by hand is in use once a receiver has signed for a test box.
    z.refine(({ endpoint, byHand }) => byHand !== true || endpoint !== undefined),
    z.refine(({ deskKeys, byHand }) => byHand === true || deskKeys.length > 0),
  )
export type Configuration = z.infer<typeof configurationSchema>

/** One that names a receiver: what enrols, sends and asks takes no other. */
export type WithReceiver = Configuration & { readonly endpoint: string; readonly receiverKeys: string[] }

/** Whether it names a receiver, address and keys. */
export const hasReceiver = (configuration: Configuration): configuration is WithReceiver =>
  configuration.endpoint !== undefined && configuration.receiverKeys !== undefined

/** Where nothing is said. The label is neutral on purpose: it lies on the tablet in the clear. */
export const standingSettings = {
  label: 'our office',
  steps: [1, 2, 3] as Configuration['steps'],
  limits: { coverMinutes: 30, idleSeconds: 120, retentionDays: 90 },
  safetyCopies: true,
  circle: 'team',
} satisfies Partial<Configuration>

const recipientKinds = (recipients: readonly string[]) => new Set(recipients.map(recipientKind))

/** What a device remembers of the configuration it took last. */
export const configurationPinSchema = z.strictObject({
  key: publicKeySchema,
  version: z.int().check(z.positive()),
  successor: digestSchema,
})
export type ConfigurationPin = z.infer<typeof configurationPinSchema>

export const pinOf = ({ key, version, successor }: Configuration): ConfigurationPin => ({ key, version, successor })

/** `CONF1 <signature>\n<json>`. Throws `bad-configuration`, also where `key` is not the private key's public half. */
export async function signConfiguration(configuration: Configuration, privateKey: Bytes): Promise<string> {
  const checked = configurationSchema.safeParse(configuration)
  if (!checked.success || checked.data.key !== toBase64Url(publicKeyOf(privateKey)))
    throw new BatchError('bad-configuration')
  const json = JSON.stringify(checked.data)
  return `CONF1 ${await signText('configuration', json, privateKey)}\n${json}`
}

/**
 * Takes a configuration that arrived. Without a pin any that its own key signed is good: what vouches for the first is
 * the digest in the link and the words compared aloud. With one: a higher version by the pinned key, or by the
 * successor that it announced, whose pin then replaces this one.
 * Throws `bad-configuration` (shape or signature), `older` (not a higher version), `foreign` (another key).
 */
export async function openConfiguration(text: string, pin?: ConfigurationPin): Promise<Configuration> {
  const configuration = await verified(text)
  if (pin === undefined) return configuration
  const known = configuration.key === pin.key || (await digestOfKey(configuration.key)) === pin.successor
  if (!known) throw new BatchError('foreign')
  if (configuration.version <= pin.version) throw new BatchError('older')
  return configuration
}

/**
 * Verifies the configuration that a device keeps, at every use: it must be the very one that was pinned.
 * Throws `bad-configuration`, `older` (another version) or `foreign` (another key or successor).
 */
export async function openStoredConfiguration(text: string, pin: ConfigurationPin): Promise<Configuration> {
  const configuration = await verified(text)
  if (configuration.key !== pin.key || configuration.successor !== pin.successor) throw new BatchError('foreign')
  if (configuration.version !== pin.version) throw new BatchError('older')
  return configuration
}

async function verified(text: string): Promise<Configuration> {
  const head = /^CONF1 ([\w-]{86})\n/.exec(text)
  if (head === null || text.length > setupSizeLimit) throw new BatchError('bad-configuration')
  const json = text.slice(head[0].length)
  const configuration = configurationSchema.safeParse(jsonOf(json)).data
  if (configuration === undefined) throw new BatchError('bad-configuration')
  if (!(await isSignedBy('configuration', json, head[1] ?? '', [configuration.key])))
    throw new BatchError('bad-configuration')
  return configuration
}

/** Hex SHA-256 of a public key's 32 bytes: how a successor is announced. Throws `bad-text` for no base64url. */
export const digestOfKey = (key: string): Promise<string> => sha256Hex(ownBytes(fromBase64Url(key)))

/** Full name and codes of the organisation: on the tablet only under the accounts' keys. */
export const profileSchema = z.strictObject({
  v: z.literal(1),
  /** 128 random bits, so that the digest in the configuration cannot be guessed from a name */
  salt: z.string().check(z.regex(/^[\w-]{22}$/)),
  name: plainText(120),
  orgCode: plainText(40),
  orgType: plainText(40),
  country: z.optional(z.string().check(z.regex(/^[A-Z]{2}$/))),
  area: z.optional(plainText(40)),
})
export type Profile = z.infer<typeof profileSchema>

/** The profile, if its text is what the configuration names. Throws `bad-configuration`. */
export async function openProfile(text: string, { profile: digest }: Configuration): Promise<Profile> {
  const profile = profileSchema.safeParse(jsonOf(text)).data
  if (profile === undefined || (await sha256Hex(utf8(text))) !== digest) throw new BatchError('bad-configuration')
  return profile
}
