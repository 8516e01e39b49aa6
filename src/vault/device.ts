import { openConfiguration, openProfile, type Configuration } from '../batch/configuration.ts'
import { BatchError } from '../batch/batch-error.ts'
import { freshDevice, type Database, type DeviceRow } from '../database.ts'
import { sha256HexOf } from '../seal/digest.ts'
import { newKeyId } from '../seal/random.ts'
import type { DeviceView, SetupWish } from './api.ts'
import type { PinnedConfiguration } from './payload.ts'
import { VaultError } from './vault-error.ts'
import { pinOf } from '../batch/configuration.ts'

/**
 * The device's row. It is made at the very first start only: where accounts are kept and the row is not, something was
 * lost, and a new one would hide it.
 */
export async function deviceRow(database: Database): Promise<DeviceRow | undefined> {
  const { accounts, device } = database
  // A tablet without room is opened, too: what is there needs no writing.
  const here = await device.get('device')
  if (here) return here
  return database.transaction('rw', [accounts, device], async () => {
    const row = await device.get('device')
    if (row || (await accounts.count()) > 0) return row
    const fresh = freshDevice(newKeyId())
    await device.add(fresh)
    return fresh
  })
}

/** The device's row. Throws VaultError `device` where it is lost. */
export async function requireDevice(database: Database): Promise<DeviceRow> {
  const row = await deviceRow(database)
  if (!row) throw new VaultError('device')
  return row
}

/** What may be shown of the device before any account is open. Its configuration counts as hearsay until then. */
export async function viewDevice(row: DeviceRow | undefined): Promise<DeviceView> {
  if (!row) return { configured: false, label: '', host: '', problem: 'device' }
  const none = { configured: false, label: '', host: '', ...(row.language && { language: row.language }) }
  if (row.configuration === '') return none
  const configuration = await openedOrNot(row.configuration)
  if (!configuration) return { ...none, configured: true, problem: 'settings' }
  const { label, circle } = configuration
  return { ...none, configured: true, label, host: hostOf(configuration), circle }
}

/** Host of the receiver; '' where there is none. */
export const hostOf = ({ endpoint }: Configuration): string => (endpoint === undefined ? '' : new URL(endpoint).host)

/** The configuration, if its own key signed it; what that is worth only a pin can tell. */
export async function openedOrNot(text: string): Promise<Configuration | undefined> {
  try {
    return await openConfiguration(text)
  } catch (error) {
    if (error instanceof BatchError) return undefined
    throw error
  }
}

/** What an account will remember of a set-up that its person accepted; undefined where it does not hold together. */
export async function pinOfSetup(setup: SetupWish): Promise<PinnedConfiguration | undefined> {
  const configuration = await openedOrNot(setup.configurationText)
  if (!configuration || !(await profileFits(setup.profileText, configuration))) return undefined
  return pinned(setup.configurationText, configuration, setup.profileText)
}

export async function profileFits(text: string, configuration: Configuration): Promise<boolean> {
  try {
    await openProfile(text, configuration)
    return true
  } catch (error) {
    if (error instanceof BatchError) return false
    throw error
  }
}

export async function pinned(
  text: string,
  configuration: Configuration,
  profile: string | undefined,
): Promise<PinnedConfiguration> {
  const { byHand } = configuration
  const pin = { sha256: await sha256HexOf(text), pin: pinOf(configuration), ...(byHand && { byHand }) }
  return profile === undefined ? pin : { ...pin, profile }
}
