/** Why the command could not do what it was asked. Closed, so that each has its words. */
const deskReasons = [
  'usage',
  'passphrase-too-short',
  'passphrases-differ',
  'no-passphrase',
  'words-not-confirmed',
  'keys-exist',
  'file-exists',
  'no-words',
  'bad-words',
  'words-of-another',
  'not-a-copy',
  'not-boxes',
  'copy-of-others',
  'no-drafts',
  'several-tablets',
  'no-organisation',
  'no-key',
  'not-the-successor',
  'wrong-passphrase',
  'damaged-key',
  'foreign-configuration',
  'single-recipient',
  'bad-setting',
  'no-configuration',
  'sheet-too-large',
  'receiver-unreachable',
  'token-refused',
  'receiver-without-way',
  'receiver-answered-otherwise',
  'setup-not-taken',
  'cannot-read',
  'cannot-write',
  'damaged-memory',
] as const
export type DeskReason = (typeof deskReasons)[number]

/** Thrown by everything in `desk/command/`. `about` is a path, an address or an option that the person gave. */
export class DeskError extends Error {
  readonly reason: DeskReason
  readonly about: string

  constructor(reason: DeskReason, about = '', cause?: unknown) {
    super(reason, { cause })
    this.name = 'DeskError'
    this.reason = reason
    this.about = about
  }
}

/** What happened, what is safe, and what to do. */
export function sentenceFor({ reason, about }: DeskError): string {
  return sentences[reason](about)
}

const sentences: Readonly<Record<DeskReason, (about: string) => string>> = {
  usage: (about) => `${about} Nothing was done. "desk help" shows how each command is used.`,
  'passphrase-too-short': () =>
    'The passphrase is too short. Nothing was written. Take at least 14 signs, or leave it empty to get six words.',
  'passphrases-differ': () => 'The two passphrases are not the same. Nothing was written. Begin again.',
  'no-passphrase': () =>
    'A passphrase is needed and nobody is at the terminal to type it. Nothing was changed. Put it into a file and name it with --passphrase-file.',
  'words-not-confirmed': () =>
    'The words were not confirmed, so no key was kept. Begin again; the next words will be others.',
  'keys-exist': (about) =>
    `${about} already holds keys. They were not touched: without them nothing that was sealed to them can be opened. Choose another folder with --out.`,
  'file-exists': (about) =>
    `${about} is there already and was not touched: it may be a key. Choose another name with --out.`,
  'no-words': () =>
    'The 24 words are needed and nobody is at the terminal to type them. Nothing was written. Put them into a file and name it with --words-file.',
  'bad-words': (about) => `${about} Nothing was written. Look at the paper and begin again.`,
  'words-of-another': (about) =>
    `The 24 words are whole, but they are not those of the drawer of the organisation in ${about}. Nothing was written: they would not open its boxes. Look for another paper, or name another folder with --keys.`,
  'not-a-copy': (about) =>
    `${about} is no copy that a tablet made, or it was damaged on the way. Nothing was written, and the file is unchanged. Take it from the stick again, or take an older copy.`,
  'not-boxes': (about) =>
    `${about} is no file of boxes that a tablet saved, or it is not whole. Nothing was taken, and the tablet still has them. Take the file from the stick again, or save it anew.`,
  'copy-of-others': (about) =>
    `${about} does not open with this key: it was sealed for others, or damaged on the way. Nothing was written, and the file is unchanged. Type the 24 words of the tablet's own key for the drawer with --words, or name another key with --identity or --keys.`,
  'no-drafts': (about) =>
    `No draft ${about === '' ? '' : `of the tablet ${about} `}is safe here. Nothing was written. Run "open" first, so that the newest boxes are here; report.txt names the drafts and their tablets.`,
  'several-tablets': (about) =>
    `Drafts of several tablets are here: ${about}. Nothing was written. Name the one that is gone with --device.`,
  'no-organisation': (about) =>
    `${about} is missing or damaged, so the words cannot be compared with the organisation. Nothing was written. Take the copy of it that you keep elsewhere, or leave --keys out to go without comparing.`,
  'no-key': (about) =>
    `There is no key ${about}. Nothing was changed. Name the folder that keygen made with --keys.${
      about.endsWith('work.key')
        ? ' Where this key is lost, "desk drawer" makes the words of the drawer a key again.'
        : ''
    }`,
  'not-the-successor': (about) =>
    `${about} is not the successor that the last configuration announced: tablets would refuse what it signs. Nothing was written. Take the one that keygen made with these keys, and name it with --successor.`,
  'wrong-passphrase': (about) => `The passphrase does not open ${about}. Nothing was changed. Type it again.`,
  'damaged-key': (about) =>
    `${about} is not a key that this program made, or it was changed. Nothing was changed. Take the copy of it that you keep elsewhere.`,
  'foreign-configuration': (about) =>
    `${about} was not signed by this organisation's key, or it was changed. Nothing was written. Take it away, or take the right keys with --keys.`,
  'single-recipient': () =>
    'A configuration has two recipients, one for work and one for the drawer, so that a lost key does not lose every case. Nothing was written. To do without the drawer all the same, say --single-recipient.',
  'bad-setting': (about) => `${about} Nothing was written.`,
  'no-configuration': (about) =>
    `No configuration was issued from ${about} yet. Nothing was written. Run "configure" first; the sheet carries what it signed.`,
  'sheet-too-large': () =>
    'What this configuration says does not fit the codes of one page. Nothing was written and no code was made. Hand out the link that "configure --token" makes, or ask for a shorter overlay.',
  'receiver-unreachable': (about) =>
    `Nobody answered at ${about}. What the tablets sent is safe there or still on the tablets. Check the address and the network, then run the same command again.`,
  'token-refused': (about) =>
    `The receiver at ${about} does not accept this token. Nothing was changed there or here. Ask its operator for the token of the desk.`,
  'receiver-without-way': (about) =>
    `There is no receiver at ${about}: somebody answered, but not as a receiver does. Nothing was changed. Check the address.`,
  'receiver-answered-otherwise': (about) =>
    `The receiver at ${about} gave an answer that cannot be used. What it keeps is untouched. Try again later; if it stays so, ask its operator.`,
  'setup-not-taken': (about) =>
    `The receiver at ${about} did not take the set-up document. The configuration is written here; upload it again, or hand out the file.`,
  'cannot-read': (about) =>
    `${about} cannot be read. Nothing was changed. Check that it is there and that you may read it.`,
  'cannot-write': (about) =>
    `${about} cannot be written. What was there before is unchanged. Check that the folder exists, has room and that you may write to it.`,
  'damaged-memory': (about) =>
    `${about}, in which the desk keeps what it has seen, was changed or is damaged. Nothing was overwritten. Take the last copy of it, or move it away: the boxes beside it are then read anew.`,
}
