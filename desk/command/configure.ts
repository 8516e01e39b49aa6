import { join } from 'node:path'
import { hasReceiver } from '../../src/batch/configuration.ts'
import { isBase64Url } from '../../src/seal/base64url.ts'
import type { Overlay } from '../../src/codebook/overlay.ts'
import type { OverlayWish } from '../../src/record/overlay.ts'
import { makeSetup, setupLinkOf, type MadeSetup, type WishFault, type Wishes } from '../organisation.ts'
import { readOverlay } from '../overlay.ts'
import { DeskError } from './desk-error.ts'
import { readBytes, writeWhole } from './files.ts'
import { readIssued, writeIssued } from './issued-setup.ts'
import { readSigningRoom, type AskPassphrase } from './key-files.ts'
import { writeKnownReceiver, type KnownReceiver } from './known-receiver.ts'
import { qrOf } from './qr.ts'
import { ReceiverClient } from './receiver-client.ts'
import type { Terminal } from './terminal.ts'

export interface ConfigureWishes {
  readonly keys: string
  /** Where link and QR are written. */
  readonly out: string
  readonly organisation: Wishes
  readonly appUrl: string
  /** Path of the overlay's file. */
  readonly overlay?: string
  /** An enrolment code; with a token one is made if none is given. */
  readonly code?: string
  /** The desk's token: the set-up document is put on the receiver, so that the link is short. */
  readonly token?: string
  readonly askPassphrase: AskPassphrase
}

/**
 * Makes the next signed configuration, the set-up document that carries it, and the link and QR that set a tablet up.
 * Where nothing changed, the document stays the same. Throws DeskError `bad-setting`, `foreign-configuration`, and those
 * of keys, files and receiver.
 */
export async function configure(wishes: ConfigureWishes, terminal: Terminal): Promise<MadeSetup> {
  const { keys, out, organisation } = wishes
  if (organisation.receiver && !areKeys(organisation.receiver.receiverKeys)) throw badSetting('receiverKeys')
  if (wishes.code !== undefined && !/^[\w-]{8,64}$/.test(wishes.code)) throw badSetting('code')
  const room = await readSigningRoom(keys, wishes.askPassphrase)
  const before = await readIssued(keys, room)
  const overlay = wishes.overlay === undefined ? undefined : await overlayIn(wishes.overlay)
  const made = await makeSetup(room, { ...organisation, ...(overlay && { overlay }) }, before)
  if (made.status === 'refused') throw badSetting(made.fault)
  const { setup } = made
  await writeIssued(keys, setup)

  const known = knownReceiver(wishes)
  const receiver = known && new ReceiverClient(known.endpoint, known.token)
  const address = await receiver?.putSetup(setup.sha256, setup.document)
  const code = wishes.code ?? (await receiver?.newCode())?.code
  if (known) await writeKnownReceiver(keys, known)
  const way = { appUrl: wishes.appUrl, ...(address !== undefined && { address }), ...(code !== undefined && { code }) }
  await handOut(setup, setupLinkOf(setup, way), out, terminal)
  return setup
}

const areKeys = (keys: readonly string[]): boolean => keys.length > 0 && keys.every((key) => isBase64Url(key, 32))

/** Where the set-up document is put; nowhere without a token. */
function knownReceiver({ organisation: { receiver }, token }: ConfigureWishes): KnownReceiver | undefined {
  return receiver && token !== undefined ? { endpoint: receiver.endpoint, token } : undefined
}

async function overlayIn(path: string): Promise<OverlayWish> {
  const read = readOverlay(new TextDecoder().decode(await readBytes(path)))
  if (read.status === 'read') return read.overlay
  throw new DeskError('bad-setting', [`${path} cannot be used as an overlay.`, ...read.faults].join('\n  ') + '\n')
}

async function handOut(setup: MadeSetup, link: string, out: string, terminal: Terminal): Promise<void> {
  const { version, endpoint = 'no receiver' } = setup.configuration
  await writeWhole(join(out, 'configuration.conf'), setup.configurationText)
  await writeWhole(join(out, 'setup.json'), setup.document)
  await writeWhole(join(out, 'setup-link.txt'), `${link}\n`)
  const qr = qrOf(link)
  if (qr) await writeWhole(join(out, 'setup-qr.svg'), qr.svg)
  terminal.say(`Configuration ${version} for ${endpoint} is signed. Link, QR and document are in ${out}.
${overlayLine(setup.configuration.overlay)}

The six words that a tablet must show: ${setup.words.join(' ')}

${link}
${qr ? `\n${qr.terminal}` : `The link holds the whole set-up and is too long for a QR code. ${insteadOfACode(setup)}`}`)
}

const insteadOfACode = ({ configuration }: MadeSetup): string =>
  hasReceiver(configuration)
    ? 'With --token the document goes to the receiver and the code fits.'
    : 'Send it as a message or hand over its file, or print a sheet, which holds it in several codes ("sheet").'

/** Said every time: a run without --overlay signs a configuration without one. */
function overlayLine(overlay: Overlay | undefined): string {
  if (overlay === undefined) return 'It has no overlay: the codebook is asked as it is.'
  const count = (lists: Readonly<Record<string, readonly unknown[]>> = {}) => Object.values(lists).flat().length
  const parts = [
    `questions that are off: ${overlay.variables?.off.length ?? 0}`,
    `own values: ${count(overlay.values)}`,
    `areas: ${count(overlay.areas)}`,
    `questions with own words: ${Object.keys(overlay.words ?? {}).length}`,
  ]
  return `Its overlay has the version ${overlay.version}; ${parts.join(', ')}.`
}

const badSetting = (fault: WishFault | 'code') =>
  fault === 'single' ? new DeskError('single-recipient') : new DeskError('bad-setting', faults[fault])

const faults: Readonly<Record<WishFault | 'code', string>> = {
  receiver: 'The receiver cannot be used as it is given.',
  code: '--code must be the enrolment code as the receiver gave it, 8 signs or more.',
  endpoint:
    '--endpoint must be the address of the receiver: https, or http on this same machine; no slash at the end, nothing after it.',
  receiverKeys:
    '--receiver-key must be the public key that the receiver signs receipts with, 43 signs, as its operator gives it; one or two different ones.',
  profile: 'The name, code, type and country of the organisation cannot be used as they are.',
  name: '--name must be the name of the organisation, 120 signs at most.',
  orgCode: '--org-code must be the code agreed with the central agency, 40 signs at most.',
  orgType: '--org-type must be one of the codes for kinds of organisation, for example ngo, police, social, io.',
  country: '--country must be the two letters of ISO 3166, for example ES.',
  area: '--area must be the code of an administrative area, 40 signs at most.',
  label: '--label must be a short neutral name, 40 signs at most: tablets show it before they are unlocked.',
  recipients: '--recipient must be one or two age recipients of one kind (age1pq… or age1…), never mixed.',
  single: 'A single recipient must be asked for with --single-recipient.',
  steps: '--steps must be 1, 1,2 or 1,2,3: step 1 is always asked.',
  limits: '--cover-minutes goes from 0 to 120, --idle-seconds from 30 to 900, --retention-days from 0 to 365.',
  safetyCopies: '--no-safety-copies takes no value.',
  circle: '--circle must be me or team.',
  overlay: 'The overlay and all the rest together are too large.',
  revoke: '--revoke-recipients takes no value.',
  print: '--allow-printing takes no value.',
  wipePassphrase: '--allow-wipe-passphrase takes no value.',
}
