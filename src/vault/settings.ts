import { BatchError } from '../batch/batch-error.ts'
import {
  openConfiguration,
  openProfile,
  openStoredConfiguration,
  pinOf,
  type Configuration,
  type Profile,
} from '../batch/configuration.ts'
import type { DeviceRow } from '../database.ts'
import { sha256HexOf } from '../seal/digest.ts'
import type { ConfigurationSet, OrganisationView } from './api.ts'
import { commit } from './commit.ts'
import { withSetup } from './create-account.ts'
import { deviceRow, hostOf, openedOrNot, pinned, profileFits, requireDevice } from './device.ts'
import { sealPins } from './own-columns.ts'
import type { Pins } from './payload.ts'
import type { Session } from './session.ts'

export type Settings =
  | { readonly status: 'none'; readonly device: DeviceRow }
  | { readonly status: 'verified'; readonly device: DeviceRow; readonly configuration: Configuration }
  | { readonly status: 'changed' }

/**
 * The configuration, as far as this account vouches for it: the text on the disk is the one that it pinned, on the
 * device that it pinned. Asked before anything is sealed and before a receipt is believed.
 */
export async function settingsNow({ tools, pins }: Session): Promise<Settings> {
  const device = await deviceRow(tools.database)
  if (device?.deviceId !== pins.deviceId) return { status: 'changed' }
  if (!pins.configuration) return device.configuration === '' ? { status: 'none', device } : { status: 'changed' }
  if ((await sha256HexOf(device.configuration)) !== pins.configuration.sha256) return { status: 'changed' }
  const configuration = await orReason(openStoredConfiguration(device.configuration, pins.configuration.pin))
  return typeof configuration === 'string' ? { status: 'changed' } : { status: 'verified', device, configuration }
}

/**
 * At unlock: takes a newer configuration that another account of this device set, if the pinned key or its announced
 * successor signed it.
 */
export async function followConfiguration(session: Session): Promise<void> {
  const { pins, tools } = session
  const device = await deviceRow(tools.database)
  if (!device || !pins.configuration || (await settingsNow(session)).status !== 'changed') return
  const configuration = await orReason(openConfiguration(device.configuration, pins.configuration.pin))
  if (typeof configuration === 'string' || device.deviceId !== pins.deviceId) return
  const { profile } = pins.configuration
  const kept = profile !== undefined && (await profileFits(profile, configuration)) ? profile : undefined
  await repin(session, device, {
    ...pins,
    configuration: await pinned(device.configuration, configuration, kept),
  })
}

/** What a person set on purpose; see `setConfiguration` of the api. */
export async function takeConfiguration(
  session: Session,
  text: string,
  profileText?: string,
  enrolCode?: string,
): Promise<Exclude<ConfigurationSet, { status: 'set' }> | { readonly status: 'taken' }> {
  const { tools } = session
  const { hand: _, trial, ...pins } = session.pins
  const device = await requireDevice(tools.database)
  const configuration = await acceptable(session, device, text)
  if (typeof configuration === 'string') return { status: 'refused', reason: configuration }
  const known = profileText ?? pins.configuration?.profile
  const profile = known !== undefined && (await profileFits(known, configuration)) ? known : undefined
  // What somebody else took on this tablet is known to be its own by its six words alone, like a tablet already set up.
  if (profile === undefined && (profileText !== undefined || text !== device.configuration))
    return { status: 'refused', reason: 'profile' }
  const next: Pins = { ...pins, deviceId: device.deviceId, configuration: await pinned(text, configuration, profile) }
  const { enrolCode: code, changes } = withSetup(device, text, enrolCode)
  // A code that was spent while settings were tried by hand brought this token, and would bring no other.
  const tried = device.token === '' && trial && trial.endpoint === configuration.endpoint ? { token: trial.token } : {}
  return repin(session, device, next, { configuration: text, enrolCode: code, changes, ...tried })
}

type Unfit = 'bad-configuration' | 'older' | 'foreign'

/**
 * A signed configuration is followed by its own key's alone. Settings that were made by hand nobody signed for: whatever
 * a person accepted takes their place, unless the tablet has a signed one by now.
 */
async function acceptable({ pins }: Session, device: DeviceRow, text: string): Promise<Configuration | Unfit> {
  const mine = pins.configuration
  if (mine && (await sha256HexOf(text)) === mine.sha256) return orReason(openStoredConfiguration(text, mine.pin))
  const opened = await orReason(openConfiguration(text, mine && !mine.byHand ? mine.pin : undefined))
  if (typeof opened === 'string') return opened
  if (opened.byHand && text !== device.configuration) return 'bad-configuration'
  if ((mine && !mine.byHand) || device.configuration === '' || device.configuration === text) return opened
  const stored = await openedOrNot(device.configuration)
  if (stored?.byHand) return opened
  return stored ? orReason(openConfiguration(text, pinOf(stored))) : 'foreign'
}

async function orReason(opening: Promise<Configuration>): Promise<Configuration | Unfit> {
  try {
    return await opening
  } catch (error) {
    if (!(error instanceof BatchError)) throw error
    return error.reason === 'older' || error.reason === 'foreign' ? error.reason : 'bad-configuration'
  }
}

/** Remembers `pins`, and writes `next` to the device's row, while it has the configuration that it was `seen` with. */
export async function repin(session: Session, seen: DeviceRow, pins: Pins, next?: Partial<DeviceRow>) {
  const { accounts, device } = session.tools.database
  const configurationPin = await sealPins(session.adk, session.accountId, pins)
  const done = await commit(session, async () => ({
    result: { status: 'taken' } as const,
    event: { action: 'configuration' },
    encryptions: 0,
    guard: async () => (await device.get('device'))?.configuration === seen.configuration,
    async write() {
      if (next) await device.update('device', next)
      await accounts.update(session.accountId, { configurationPin })
    },
  }))
  if (done.status === 'taken') session.pins = pins
  return done
}

/** Whether a filled record may go to paper: off unless the organisation switched it on; on where there is none. */
export async function mayPrint(session: Session): Promise<boolean> {
  const settings = await settingsNow(session)
  return settings.status === 'verified' ? settings.configuration.print === true : settings.status === 'none'
}

/**
 * What the app may show of the organisation; undefined without one, or while the settings are not to be believed. An
 * account that never saw the set-up document, nor a team that did, knows it by its neutral label alone.
 */
export async function organisationOf(session: Session): Promise<OrganisationView | undefined> {
  const settings = await settingsNow(session)
  if (settings.status !== 'verified') return undefined
  const { configuration } = settings
  const { name, orgCode, orgType, country, area } = await profileOf(session, configuration)
  return {
    name,
    orgCode,
    orgType,
    ...(country !== undefined && { country }),
    ...(area !== undefined && { area }),
    label: configuration.label,
    ...(configuration.endpoint !== undefined && { endpointHost: hostOf(configuration) }),
    configVersion: configuration.version,
    byHand: configuration.byHand === true,
    tellsOpened: configuration.deskKeys.length > 0,
    recipients: configuration.recipients,
    steps: configuration.steps,
    limits: configuration.limits,
    ...(configuration.overlay && { overlay: configuration.overlay }),
    safetyCopies: configuration.safetyCopies,
    print: configuration.print === true,
    wipePassphrase: configuration.wipePassphrase === true,
  }
}

type Known = Pick<Profile, 'name' | 'orgCode' | 'orgType' | 'country' | 'area'>

async function profileOf({ pins }: Session, configuration: Configuration): Promise<Known> {
  const text = pins.configuration?.profile
  if (text !== undefined) return openProfile(text, configuration)
  return { name: configuration.label, orgCode: '', orgType: '' }
}
