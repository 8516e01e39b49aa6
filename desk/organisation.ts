// An organisation's keys and what it tells its tablets. Keys are made here and handed back; where they are kept, and
// behind which passphrase, is for the shell. No Node built-in is used here or below.

import {
  configurationSchema,
  digestOfKey,
  profileSchema,
  signConfiguration,
  standingSettings,
  type Configuration,
  type Profile,
} from '../src/batch/configuration.ts'
import { setupSizeLimit } from '../src/batch/protocol.ts'
import { configFingerprint, setupSha, writeSetup, writeSetupLink, type Setup } from '../src/batch/setup.ts'
import { isCountryCode } from '../src/codebook/lists/countries.ts'
import { variable } from '../src/codebook/codebook.ts'
import { answerSchema } from '../src/record/answers.ts'
import type { Overlay } from '../src/codebook/overlay.ts'
import { isMissing } from '../src/record/codes.ts'
import { isSame, type Json } from '../src/record/json.ts'
import type { OverlayWish } from '../src/record/overlay.ts'
import { recipientFingerprint, recipientKind, type RecipientKind } from '../src/seal/age-keys.ts'
import { toBase64Url } from '../src/seal/base64url.ts'
import { utf8, type Bytes } from '../src/seal/bytes.ts'
import { sha256Hex } from '../src/seal/digest.ts'
import { newRecipientPair, type RecipientPair } from '../src/seal/envelope.ts'
import { newKeyId } from '../src/seal/random.ts'
import { newSigningKey, type SigningKey } from '../src/seal/signature.ts'

export interface OrganisationKeys {
  readonly kind: RecipientKind
  /** Opens boxes every day. */
  readonly work: RecipientPair
  /** Opens the same boxes when the first is lost; lives on paper. */
  readonly drawer: RecipientPair
  /** Signs configurations. */
  readonly configuration: SigningKey
  /** May sign them after it; configurations announce its digest from the first day. */
  readonly successor: SigningKey
  /** Signs the desk's receipts. */
  readonly desk: SigningKey
}

/** What is kept in files: the drawer's secret is on paper alone. */
export type KeptKeys = Omit<OrganisationKeys, 'kind' | 'drawer'> & { readonly drawer: Pick<RecipientPair, 'recipient'> }

/** New keys; both recipients are of the one kind, since the weaker of a mixed pair would decide. */
export async function newOrganisationKeys(kind: RecipientKind = 'hybrid'): Promise<OrganisationKeys> {
  const [work, drawer] = await Promise.all([newRecipientPair({ kind }), newRecipientPair({ kind })])
  return {
    kind,
    work,
    drawer,
    configuration: newSigningKey(),
    successor: newSigningKey(),
    desk: newSigningKey(),
  }
}

/** What signing a configuration needs: kept together behind the passphrase, so that no edited file adds a recipient. */
export interface SigningRoom {
  readonly privateKey: Bytes
  readonly publicKey: Bytes
  /** For work, then for the drawer. */
  readonly recipients: readonly [work: string, drawer: string]
  /** Hex SHA-256 of the successor's public key. */
  readonly successor: string
  /** Base64url; the key of the desk's receipts. */
  readonly deskKey: string
}

export async function signingRoomOf(keys: KeptKeys): Promise<SigningRoom> {
  return {
    ...keys.configuration,
    recipients: [keys.work.recipient, keys.drawer.recipient],
    successor: await digestOfKey(toBase64Url(keys.successor.publicKey)),
    deskKey: toBase64Url(keys.desk.publicKey),
  }
}

/** What the organisation decides; what is left out has the value of `standingSettings`. */
export interface Wishes {
  /** Where tablets send; without it they hand sealed files over, and nothing else. */
  readonly receiver?: {
    readonly endpoint: string
    /** Base64url, one or two. */
    readonly receiverKeys: readonly string[]
  }
  readonly profile: Omit<Profile, 'v' | 'salt'>
  readonly label?: string
  /** Other recipients than the organisation's own, all of one kind: for work, then for the drawer. */
  readonly recipients?: readonly string[]
  /** Recipients of the configuration before that are not named any more are revoked: nobody seals to them again. */
  readonly revoke?: boolean
  /** Do without the drawer: said on purpose. */
  readonly single?: boolean
  readonly steps?: Configuration['steps']
  readonly limits?: Partial<Configuration['limits']>
  readonly safetyCopies?: boolean
  readonly circle?: Configuration['circle']
  /** Filled records may be printed from tablets. */
  readonly print?: boolean
  /** Accounts may have a second passphrase that erases them. */
  readonly wipePassphrase?: boolean
  /** What it asks otherwise than the codebook does; `readOverlay` has looked at it. */
  readonly overlay?: OverlayWish
}

export interface MadeSetup {
  readonly configuration: Configuration
  readonly configurationText: string
  /** The set-up document, which holds configuration and profile, and its digest. */
  readonly document: string
  readonly sha256: string
  /** Six words for the signing key, to compare aloud. */
  readonly words: readonly string[]
}

/** Which wish cannot be: the name of the member, or `orgType`, `country` of the profile. */
export type WishFault = keyof Wishes | 'endpoint' | 'receiverKeys' | 'orgType' | 'orgCode' | 'name' | 'country' | 'area'

export type SetupMade =
  { readonly status: 'made'; readonly setup: MadeSetup } | { readonly status: 'refused'; readonly fault: WishFault }

/**
 * The next signed configuration and the set-up document that carries it. `before` is the one that was issued last: the
 * version goes on from it, and where nothing else would change the document is the same to the byte.
 */
export async function makeSetup(room: SigningRoom, wishes: Wishes, before?: IssuedSetup): Promise<SetupMade> {
  const profile: Profile = { v: 1, salt: before?.profile.salt ?? newKeyId(), ...wishes.profile }
  const fault = profileFault(profile) ?? recipientsFault(wishes) ?? stepsFault(wishes)
  if (fault) return { status: 'refused', fault }
  const profileText = JSON.stringify(profile)
  const version = before?.configuration.version ?? 0
  const overlay = versioned(wishes.overlay, version + 1, before?.configuration.overlay)
  const decided = configurationOf(room, wishes, await sha256Hex(utf8(profileText)))
  const revoked = await revokedOf(decided.recipients, wishes, before?.configuration)
  const draft = { ...decided, version, ...(overlay && { overlay }), ...(revoked.length > 0 && { revoked }) }
  if (before && sameMembers(draft, before.configuration)) {
    return { status: 'made', setup: await madeOf(before.configuration, before.configurationText, before.profileText) }
  }
  const checked = configurationSchema.safeParse({ ...draft, version: version + 1 })
  if (!checked.success) return { status: 'refused', fault: faultOf(checked.error.issues[0]?.path[0]) }
  const configurationText = await signConfiguration(checked.data, room.privateKey)
  const setup = await madeOf(checked.data, configurationText, profileText)
  return utf8(setup.document).length > setupSizeLimit
    ? { status: 'refused', fault: 'overlay' }
    : { status: 'made', setup }
}

/** What was issued last, as it was read back. */
export type IssuedSetup = Setup

/**
 * The link that sets a tablet up: with `address` it names where the document lies, without it carries the whole document,
 * which is then too long for a QR code.
 */
export function setupLinkOf(setup: MadeSetup, way: { appUrl: string; address?: string; code?: string }): string {
  const where = way.address === undefined ? { b: setup.document } : { u: way.address }
  return writeSetupLink(way.appUrl, { ...where, h: setup.sha256, ...(way.code !== undefined && { c: way.code }) })
}

function configurationOf(room: SigningRoom, wishes: Wishes, profile: string): Omit<Configuration, 'version'> {
  const { receiver } = wishes
  return {
    v: 1,
    key: toBase64Url(room.publicKey),
    successor: room.successor,
    label: wishes.label ?? standingSettings.label,
    profile,
    recipients: (wishes.recipients ?? room.recipients).slice(0, wishes.single ? 1 : 2),
    ...(wishes.single && { single: true as const }),
    ...(receiver && { endpoint: receiver.endpoint, receiverKeys: [...receiver.receiverKeys] }),
    deskKeys: [room.deskKey],
    steps: [...(wishes.steps ?? standingSettings.steps)],
    limits: { ...standingSettings.limits, ...wishes.limits },
    safetyCopies: wishes.safetyCopies ?? standingSettings.safetyCopies,
    circle: wishes.circle ?? standingSettings.circle,
    ...(wishes.print && { print: true as const }),
    ...(wishes.wipePassphrase && { wipePassphrase: true as const }),
  }
}

/** Who was revoked once stays so, unless named again. The newest are last. */
async function revokedOf(now: readonly string[], { revoke }: Wishes, before?: Configuration): Promise<string[]> {
  const gone = revoke ? (before?.recipients ?? []).filter((recipient) => !now.includes(recipient)) : []
  const named = await Promise.all(now.map(recipientFingerprint))
  const revoked = [...(before?.revoked ?? []), ...(await Promise.all(gone.map(recipientFingerprint)))]
  return [...new Set(revoked)].filter((fingerprint) => !named.includes(fingerprint))
}

/** It keeps the version of the configuration that brought it for as long as it says the same. */
function versioned(wish: OverlayWish | undefined, next: number, before: Overlay | undefined): Overlay | undefined {
  if (wish === undefined) return undefined
  const same = before && isSame({ ...wish, version: before.version } as unknown as Json, before as unknown as Json)
  return same ? before : { version: String(next), ...wish }
}

async function madeOf(configuration: Configuration, text: string, profile: string): Promise<MadeSetup> {
  const document = writeSetup({ configuration: text, profile })
  return {
    configuration,
    configurationText: text,
    document,
    sha256: await setupSha(document),
    words: await configFingerprint(configuration),
  }
}

/** One recipient is refused unless it was asked for; two of different kinds always are. */
function recipientsFault({ recipients, single }: Wishes): WishFault | undefined {
  if (recipients === undefined) return undefined
  if (recipients.length === 1 && !single) return 'single'
  const kinds = new Set(recipients.map(recipientKind))
  return recipients.length > 2 || kinds.size !== 1 || kinds.has(undefined) ? 'recipients' : undefined
}

const stepsFault = ({ steps = standingSettings.steps }: Wishes): WishFault | undefined =>
  steps.includes(1) ? undefined : 'steps'

/** The kind of organisation is what tablets fill in as `rer`, so it must be one that a record may hold. */
function profileFault(profile: Profile): WishFault | undefined {
  const { orgCode, orgType, country } = profile
  if (isMissing(orgType) || !answerSchema(variable('ret')).safeParse(orgType).success) return 'orgType'
  if (!answerSchema(variable('rer')).safeParse({ orgCode, orgType }).success) return 'orgCode'
  if (country !== undefined && !isCountryCode(country)) return 'country'
  const checked = profileSchema.safeParse(profile)
  return checked.success ? undefined : faultOf(checked.error.issues[0]?.path[0])
}

const faultOf = (member: PropertyKey | undefined): WishFault => (member as WishFault | undefined) ?? 'endpoint'

function sameMembers(left: object, right: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)))
  return sorted(left) === sorted(right)
}
