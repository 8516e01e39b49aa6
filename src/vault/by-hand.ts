import {
  digestOfKey,
  hasReceiver,
  openProfile,
  profileSchema,
  signConfiguration,
  standingSettings,
  type Configuration,
  type WithReceiver,
} from '../batch/configuration.ts'
import { verifyReceipt } from '../batch/receipt.ts'
import { configFingerprint, writeSetup } from '../batch/setup.ts'
import type { DeviceRow } from '../database.ts'
import { fromBase64Url, toBase64Url } from '../seal/base64url.ts'
import { ownBytes, utf8, type Bytes } from '../seal/bytes.ts'
import { sha256Hex } from '../seal/digest.ts'
import { newKeyId } from '../seal/random.ts'
import { newSigningKey, publicKeyOf } from '../seal/signature.ts'
import type { ConfigurationSet, FoundSettings, HandNow, HandPrepared, SetupToHand, TestSealed } from './api.ts'
import { readHead } from './audit.ts'
import { sealTest } from './boxing.ts'
import { openedOrNot, pinned, requireDevice } from './device.ts'
import { readByHand, type HandFields } from './hand-fields.ts'
import type { Prepared, Session } from './session.ts'
import { repin, settingsNow } from './settings.ts'
import { leads } from './team.ts'
import { VaultError } from './vault-error.ts'

/** See `handNow` of the api. */
export async function handNow(session: Session): Promise<HandNow> {
  const device = await requireDevice(session.tools.database)
  const refusal = await whyNotByHand(session, device)
  if (refusal) return { status: refusal }
  const { pins } = session
  const configuration = await openedOrNot(device.configuration)
  const enrolledAt = [configuration && device.token !== '' ? configuration.endpoint : undefined, pins.trial?.endpoint]
  const enrolled = { enrolledAt: enrolledAt.filter((endpoint) => endpoint !== undefined) }
  const profile = pins.configuration?.profile
  if ((await settingsNow(session)).status !== 'verified' || !configuration || profile === undefined)
    return { status: 'offered', ...enrolled }
  const words = await configFingerprint(configuration)
  return { status: 'offered', ...enrolled, words, now: await fieldsOf(configuration, profile) }
}

async function fieldsOf(configuration: Configuration, profileText: string): Promise<HandFields> {
  const { name, orgCode, orgType, country = '' } = await openProfile(profileText, configuration)
  const { endpoint = '', recipients, receiverKeys = [], deskKeys, label, safetyCopies } = configuration
  const [work = '', drawer = ''] = recipients
  const keys = { receiverKey: receiverKeys[0] ?? '', importKey: deskKeys[0] ?? '' }
  const alone = recipients.length === 1
  return { endpoint, work, drawer, alone, ...keys, code: '', label, name, orgCode, orgType, country, safetyCopies }
}

/** Only a lead sets a tablet up, and what an organisation signed only the organisation changes. */
async function whyNotByHand(
  session: Session,
  { configuration }: DeviceRow,
): Promise<'not-lead' | 'signed' | undefined> {
  if (!(await leads(session))) return 'not-lead'
  const mine = session.pins.configuration
  if (mine && !mine.byHand) return 'signed'
  const onDisk = await openedOrNot(configuration)
  return onDisk && !onDisk.byHand ? 'signed' : undefined
}

/** See `prepareByHand` of the api. */
export async function prepareByHand(session: Session, typed: HandFields): Promise<HandPrepared> {
  const device = await requireDevice(session.tools.database)
  const refusal = await whyNotByHand(session, device)
  if (refusal) return { status: refusal }
  const { pins } = session
  const before = await openedOrNot(device.configuration)
  const tokenFor = (endpoint: string): string => {
    if (pins.trial?.endpoint === endpoint) return pins.trial.token
    return before?.endpoint === endpoint ? device.token : ''
  }
  const read = readByHand(typed, (endpoint) => tokenFor(endpoint) !== '')
  if (read.status === 'wrong') return read
  const { fields } = read
  const hand = pins.hand ?? toBase64Url(newSigningKey().privateKey)
  const privateKey = ownBytes(fromBase64Url(hand))
  const version = (before?.version ?? 0) + 1
  const made = await signByHand(fields, { privateKey, version, circle: pins.home.kind })
  const box = await sealTest(session, { device, ...made }, await readHead(session, pins.home.circleId))
  const token = tokenFor(fields.endpoint)
  session.prepared = { ...made, hand, token, test: { boxId: box.boxId, size: box.bytes.length } }
  const { deviceId } = device
  const { configuration } = made
  return { status: 'ready', configuration, box, device: { deviceId, token, enrolCode: fields.code } }
}

/** What the settings are signed with, beside what was typed. */
interface OwnHand {
  /** 32-byte seed of the tablet's own key */
  readonly privateKey: Bytes
  readonly version: number
  readonly circle: Configuration['circle']
}

/**
 * The configuration that these settings are: signed by the tablet itself, which says so in it. Everything else that reads
 * a configuration reads this one by the same way. Throws BatchError `bad-configuration`.
 */
async function signByHand(
  fields: HandFields,
  { privateKey, version, circle }: OwnHand,
): Promise<Pick<Prepared, 'configuration' | 'configurationText' | 'profileText'>> {
  const { name, orgCode, orgType, country, drawer, importKey } = fields
  const profile = { v: 1, salt: newKeyId(), name, orgCode, orgType, ...(country !== '' && { country }) }
  const profileText = JSON.stringify(profileSchema.parse(profile))
  const key = toBase64Url(publicKeyOf(privateKey))
  const configuration: WithReceiver = {
    ...standingSettings,
    v: 1,
    version,
    key,
    // Nobody is announced: the key itself goes on.
    successor: await digestOfKey(key),
    label: fields.label,
    profile: await sha256Hex(utf8(profileText)),
    endpoint: fields.endpoint,
    recipients: drawer === '' ? [fields.work] : [fields.work, drawer],
    ...(drawer === '' && { single: true as const }),
    receiverKeys: [fields.receiverKey],
    deskKeys: importKey === '' ? [] : [importKey],
    byHand: true,
    safetyCopies: fields.safetyCopies,
    circle,
  }
  return { configuration, configurationText: await signConfiguration(configuration, privateKey), profileText }
}

/** See `keepTrialToken` of the api. */
export async function keepTrialToken(session: Session, token: string): Promise<void> {
  const { prepared, pins, tools } = session
  if (!prepared) throw new VaultError('bad-input')
  const trial = { endpoint: prepared.configuration.endpoint, token }
  const kept = await repin(session, await requireDevice(tools.database), { ...pins, trial })
  if (kept.status !== 'taken') throw new VaultError('store')
  prepared.token = token
}

/** See `setByHand` of the api. */
export async function setByHand(
  session: Session,
  receiptText: string,
): Promise<Exclude<ConfigurationSet, { status: 'set' }> | { readonly status: 'taken' }> {
  const { prepared, tools } = session
  if (!prepared) throw new VaultError('bad-input')
  const device = await requireDevice(tools.database)
  if ((await whyNotByHand(session, device)) !== undefined || !(await arrived(prepared, device, receiptText)))
    return { status: 'refused', reason: 'untried' }
  const { configuration, configurationText, profileText, hand, token } = prepared
  const { trial: _, ...pins } = session.pins
  const pin = await pinned(configurationText, configuration, profileText)
  const next = { configuration: configurationText, token, enrolCode: '', changes: device.changes + 1 }
  const done = await repin(session, device, { ...pins, deviceId: device.deviceId, hand, configuration: pin }, next)
  if (done.status === 'taken') delete session.prepared
  return done
}

async function arrived(
  { configuration, test }: Prepared,
  { deviceId }: DeviceRow,
  receiptText: string,
): Promise<boolean> {
  const receipt = await verifyReceipt(receiptText, configuration.receiverKeys, 'stored')
  if (receipt?.deviceId !== deviceId) return false
  return receipt.boxes.some(({ id, size, result }) => id === test.boxId && size === test.size && result === 'kept')
}

/** See `sealTest` of the api. */
export async function sealTestNow(session: Session): Promise<TestSealed> {
  const settings = await settingsNow(session)
  if (settings.status === 'none') return { status: 'no-organisation' }
  if (settings.status === 'changed') return { status: 'settings-changed' }
  const head = await readHead(session, session.pins.home.circleId)
  return { status: 'sealed', ...(await sealTest(session, settings, head)) }
}

/** See `foundSettings` of the api. What somebody signed for comes by its link where there was nothing before. */
export async function foundSettings(session: Session): Promise<FoundSettings | undefined> {
  const { configuration: mine, deviceId } = session.pins
  if ((mine && !mine.byHand) || (await settingsNow(session)).status !== 'changed') return undefined
  const device = await requireDevice(session.tools.database)
  const found = device.deviceId === deviceId ? await openedOrNot(device.configuration) : undefined
  if (!found || (!mine && !found.byHand)) return undefined
  const { label, endpoint, byHand } = found
  const words = await configFingerprint(found)
  const receiver = endpoint !== undefined && { endpoint }
  return { configurationText: device.configuration, label, ...receiver, words, byHand: byHand === true }
}

/** See `setupToHand` of the api. */
export async function setupToHand(session: Session): Promise<SetupToHand> {
  if (!(await leads(session))) return { status: 'not-lead' }
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return { status: settings.status }
  const { configuration, device } = settings
  if (configuration.byHand) return { status: 'by-hand' }
  const profile = session.pins.configuration?.profile
  if (profile === undefined) return { status: 'no-profile' }
  const document = writeSetup({ configuration: device.configuration, profile })
  const needsCode = hasReceiver(configuration)
  return { status: 'ready', document, words: await configFingerprint(configuration), needsCode }
}
