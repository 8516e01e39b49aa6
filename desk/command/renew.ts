import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOfKey } from '../../src/batch/configuration.ts'
import { recipientKind } from '../../src/seal/age-keys.ts'
import { fromBase64Url, toBase64Url } from '../../src/seal/base64url.ts'
import type { Bytes } from '../../src/seal/bytes.ts'
import { newRecipientPair } from '../../src/seal/envelope.ts'
import { newSigningKey, publicKeyOf } from '../../src/seal/signature.ts'
import { fingerprintWords } from '../../src/seal/words.ts'
import type { KeptKeys } from '../organisation.ts'
import { DeskError } from './desk-error.ts'
import { isThere } from './files.ts'
import { issuedFile, readLastIssued } from './issued-setup.ts'
import {
  hasKeys,
  keyFiles,
  readIdentityFile,
  readSecrets,
  readSigningRoom,
  readSuccessorKey,
  workKeyIn,
  writeKeys,
  writeSecrets,
  type AskPassphrase,
} from './key-files.ts'
import { knownReceiverFile } from './known-receiver.ts'
import { newPassphrase } from './passphrase.ts'
import type { Terminal } from './terminal.ts'

/** Where keys are, where the new folder goes, and its passphrase. */
interface FolderWishes {
  readonly keys: string
  /** A new folder: the one that is there is never changed. */
  readonly out: string
  readonly plainKeys: boolean
  readonly askPassphrase: AskPassphrase
  readonly newPassphraseFile?: string
}

export interface RenewWishes extends FolderWishes {
  /** Where the successor's key lies; else beside the others. */
  readonly successor?: string
}

/**
 * Makes a folder in which the announced successor signs configurations, with a new key for work, a new one for the desk's
 * receipts and a new successor. The drawer stays; the former keys for work stay in the new file, for what was sealed to them.
 * Throws DeskError `keys-exist`, `not-the-successor`, `foreign-configuration`, and those of keys, passphrase and files.
 */
export async function renew(wishes: RenewWishes, terminal: Terminal): Promise<void> {
  const { keys, out, askPassphrase } = wishes
  if (await hasKeys(out)) throw new DeskError('keys-exist', out)
  const before = await knownBefore(keys, askPassphrase)
  const path = wishes.successor ?? join(keys, keyFiles.successor)
  const successor = await readSuccessorKey(path, askPassphrase)
  const publicKey = publicKeyOf(successor)
  if ((await digestOfKey(toBase64Url(publicKey))) !== before.successor) throw new DeskError('not-the-successor', path)
  const former = await readIdentityFile(workKeyIn(keys), askPassphrase)
  const renewed = await renewedKeys(before.drawer, { privateKey: successor, publicKey })
  const passphrase = await passphraseOfNew(wishes, terminal)
  await writeKeys(out, renewed, passphrase, former)
  await takeAlong(keys, out, [issuedFile, knownReceiverFile])
  terminal.say(afterRenewing(wishes, before.words, await fingerprintWords(publicKey)))
}

/** The same keys in a new folder, under another passphrase. Throws as `renew` does. */
export async function changePassphrase(wishes: FolderWishes, terminal: Terminal): Promise<void> {
  const { keys, out, plainKeys } = wishes
  if (await hasKeys(out)) throw new DeskError('keys-exist', out)
  const secrets = await readSecrets(keys, wishes.askPassphrase)
  if (secrets.size === 0) throw new DeskError('no-key', workKeyIn(keys))
  await writeSecrets(out, secrets, await passphraseOfNew(wishes, terminal))
  await takeAlong(keys, out, [keyFiles.about, issuedFile, knownReceiverFile])
  const names = [...secrets.keys()].join(', ')
  terminal.say(`${names} are in ${out}, ${plainKeys ? 'with NO passphrase' : 'under the new passphrase'}. What is in ${keys} is unchanged.
Try the new folder with "fingerprint --keys ${out}", copy it to the stick, and only then delete the old one, on the stick too.`)
}

const passphraseOfNew = async ({ plainKeys, newPassphraseFile }: FolderWishes, terminal: Terminal) =>
  plainKeys ? undefined : await newPassphrase(terminal, newPassphraseFile)

/**
 * What tablets know: from the key for configurations, or, where that is lost, from the configuration that was issued last.
 * The words of that are shown, since its signature says only that it is whole.
 */
async function knownBefore(folder: string, ask: AskPassphrase) {
  if (await isThere(join(folder, keyFiles.configuration))) {
    const { recipients, successor, publicKey } = await readSigningRoom(folder, ask)
    return { drawer: recipients[1], successor, words: await fingerprintWords(publicKey) }
  }
  const issued = await readLastIssued(folder)
  const drawer = issued?.configuration.recipients[1]
  if (issued === undefined || drawer === undefined) throw new DeskError('no-key', join(folder, keyFiles.configuration))
  return {
    drawer,
    successor: issued.configuration.successor,
    words: await fingerprintWords(fromBase64Url(issued.configuration.key)),
  }
}

async function renewedKeys(drawer: string, configuration: { privateKey: Bytes; publicKey: Bytes }): Promise<KeptKeys> {
  const work = await newRecipientPair({ kind: recipientKind(drawer) ?? 'hybrid' })
  return { work, drawer: { recipient: drawer }, configuration, successor: newSigningKey(), desk: newSigningKey() }
}

async function takeAlong(from: string, to: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (!(await isThere(join(from, name)))) continue
    await copyFile(join(from, name), join(to, name)).catch((cause: unknown) => {
      throw new DeskError('cannot-write', join(to, name), cause)
    })
  }
}

const afterRenewing = ({ keys, out, plainKeys }: RenewWishes, before: readonly string[], now: readonly string[]) =>
  `The new keys are in ${out}${plainKeys ? ', with NO passphrase' : ''}. What is in ${keys} is unchanged, and still opens what was sealed so far.

The six words so far, which tablets showed: ${before.join(' ')}
The six words from now on:                  ${now.join(' ')}

1. Give whoever left no way in: at the receiver, "desk revoke" their token and "desk add" a new one.
2. Sign the next configuration with "configure --keys ${out} --revoke-recipients" and all else as before.
   Each tablet takes its link; it shows both rows of words. It seals anew what waits for the old key.
3. Open with "open --keys ${out}" from now on, into the same folder as before.
4. Seal what came before anew with "reseal --keys ${out}", so that the old key opens nothing that lies here or at the receiver.
5. Copy ${out} to the stick, and move its ${keyFiles.successor} to the drawer. The 24 words of the drawer stay as they are;
   where they too may be known, make everything new with "keygen".`
