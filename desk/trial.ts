import { join } from 'node:path'
import { DeskError } from './command/desk-error.ts'
import { writeWhole } from './command/files.ts'
import { readIssued, writeIssued } from './command/issued-setup.ts'
import { hasKeys, readSigningRoom, writeKeys } from './command/key-files.ts'
import { writeKnownReceiver } from './command/known-receiver.ts'
import { ReceiverClient } from './command/receiver-client.ts'
import { makeSetup, newOrganisationKeys, setupLinkOf } from './organisation.ts'

export interface TrialOptions {
  /** Kept from start to start; made where it is missing. */
  readonly dir: string
  readonly endpoint: string
  readonly appUrl: string
  /** Base64url: the key that the receiver signs receipts with. */
  readonly receiverPublicKey: string
  /** The receiver must answer already: the set-up document is put there. */
  readonly deskToken: string
  readonly issueCode: () => Promise<string>
}

export interface TrialOrganisation {
  readonly setupLink: string
  /** Six words that the tablet shows, too. */
  readonly words: readonly string[]
  /** The words of the desk's command that opens what arrives, but for `--out`. */
  readonly openCommand: readonly string[]
}

/**
 * An organisation for trying things out: keys without a passphrase, a signed configuration and a link that sets up any
 * browser. Keys and configuration are made once; an address that changed makes the next version by the same key, and
 * where nothing changed the set-up document stays the same. Throws DeskError.
 */
export async function makeTrialOrganisation(options: TrialOptions): Promise<TrialOrganisation> {
  const { dir, endpoint, appUrl, deskToken } = options
  if (!(await hasKeys(dir))) await makeTrialKeys(dir)
  const room = await readSigningRoom(dir, noPassphrase)
  const receiver = { endpoint, receiverKeys: [options.receiverPublicKey] }
  const wishes = { receiver, profile: trialProfile }
  const made = await makeSetup(room, wishes, await readIssued(dir, room))
  if (made.status === 'refused') throw new DeskError('bad-setting', `The ${made.fault} of the trial cannot be used.`)
  await writeIssued(dir, made.setup)
  await writeKnownReceiver(dir, { endpoint, token: deskToken })
  const address = await new ReceiverClient(endpoint, deskToken).putSetup(made.setup.sha256, made.setup.document)
  const setupLink = setupLinkOf(made.setup, { appUrl, address, code: await options.issueCode() })
  return { setupLink, words: made.setup.words, openCommand: ['open', '--keys', dir] }
}

const trialProfile = { name: 'Daybook trial', orgCode: 'TRIAL', orgType: 'ngo' }

async function makeTrialKeys(dir: string): Promise<void> {
  await writeKeys(dir, await newOrganisationKeys(), undefined)
  await writeWhole(join(dir, 'FOR-TRYING-OUT.txt'), notice)
}

const notice = `These keys were made by "npm start" for trying Daybook out. They have no passphrase, the drawer's key was
thrown away, and whoever reads this folder can open what was sent to it. Never record a real person with them: an
organisation makes its own keys with "npm run desk -- keygen".
`

const noPassphrase = () => Promise.reject(new DeskError('no-passphrase'))
