// How a tablet gets its first configuration: a document (configuration and profile), and a link that names it by its
// digest and carries the code to enrol with. What is in a fragment is sent to no server.

import * as z from 'zod/mini'
import { fromBase64Url, toBase64Url } from '../seal/base64url.ts'
import { textOf, utf8 } from '../seal/bytes.ts'
import { sha256HexOf } from '../seal/digest.ts'
import { fingerprintWords } from '../seal/words.ts'
import { BatchError } from './batch-error.ts'
import {
  openConfiguration,
  openProfile,
  secureUrl,
  type Configuration,
  type ConfigurationPin,
  type Profile,
} from './configuration.ts'
import { setupSizeLimit } from './protocol.ts'
import { digestSchema, jsonOf } from './signed-text.ts'

const documentSchema = z.strictObject({ configuration: z.string(), profile: z.string() })
export type SetupDocument = z.infer<typeof documentSchema>

/** The document's text; its name is the hex SHA-256 of this text (`setupSha`). */
export const writeSetup = ({ configuration, profile }: SetupDocument): string =>
  JSON.stringify({ configuration, profile })

/** Hex SHA-256 of a set-up document's UTF-8 bytes. */
export const setupSha = (documentText: string): Promise<string> => sha256HexOf(documentText)

const digestAndCode = { h: digestSchema, c: z.optional(z.string().check(z.regex(/^[\w-]{8,64}$/))) }
const address = z.string().check(
  z.maxLength(500),
  z.refine((text) => secureUrl(text) !== undefined),
)

/** `u` where the document lies, or `b` the document itself; `h` its digest; `c` the code to enrol with, once. */
export const setupLinkSchema = z.union([
  z.strictObject({ u: address, ...digestAndCode }),
  z.strictObject({ b: z.string().check(z.minLength(2), z.maxLength(setupSizeLimit)), ...digestAndCode }),
])
export type SetupLink = z.infer<typeof setupLinkSchema>

const route = '#/setup/'

/** @param appUrl where the app is served, with or without an end slash. Throws `bad-setup`. */
export function writeSetupLink(appUrl: string, link: SetupLink): string {
  const checked = setupLinkSchema.safeParse(link)
  if (!checked.success) throw new BatchError('bad-setup')
  return `${appUrl.replace(/\/+$/, '')}/${route}${toBase64Url(utf8(JSON.stringify(checked.data)))}`
}

/** Reads a whole link, its fragment or only the last part of it, as it was pasted or scanned. Throws `bad-setup`. */
export function readSetupLink(text: string): SetupLink {
  const token = text.trim().replace(/^.*\/setup\//s, '')
  try {
    const link = setupLinkSchema.safeParse(jsonOf(textOf(fromBase64Url(token)))).data
    if (link !== undefined) return link
  } catch (cause) {
    throw new BatchError('bad-setup', cause)
  }
  throw new BatchError('bad-setup')
}

export type Setup = {
  readonly configuration: Configuration
  readonly configurationText: string
  readonly profile: Profile
  readonly profileText: string
}

/**
 * Takes a set-up document of which the digest `h` is known from the link.
 * Throws `bad-setup` (another document, none, or one that was set by hand on some tablet) and what `openConfiguration` throws.
 */
export async function openSetup(documentText: string, h: string, pin?: ConfigurationPin): Promise<Setup> {
  if (documentText.length > setupSizeLimit || (await setupSha(documentText)) !== h) throw new BatchError('bad-setup')
  const read = documentSchema.safeParse(jsonOf(documentText)).data
  if (read === undefined) throw new BatchError('bad-setup')
  const configuration = await openConfiguration(read.configuration, pin)
  if (configuration.byHand) throw new BatchError('bad-setup')
  const profile = await openProfile(read.profile, configuration)
  return { configuration, configurationText: read.configuration, profile, profileText: read.profile }
}

/** Six words for the key that signs an organisation's configurations: the same for every version, to compare aloud. */
export const configFingerprint = (configuration: Configuration): Promise<string[]> =>
  fingerprintWords(fromBase64Url(configuration.key))
