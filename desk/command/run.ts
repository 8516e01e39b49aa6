// The desk's command. Says in a sentence what happened, what is safe and what to do; 0 done, 1 could not, 2 wrong words.

import { join } from 'node:path'
import type { Configuration } from '../../src/batch/configuration.ts'
import { toBase64Url } from '../../src/seal/base64url.ts'
import { recipientFingerprint } from '../../src/seal/envelope.ts'
import { fingerprintWords } from '../../src/seal/words.ts'
import type { Wishes } from '../organisation.ts'
import { configure } from './configure.ts'
import { openACopy, passOnACopy, type Opener } from './copy.ts'
import { DeskError, sentenceFor } from './desk-error.ts'
import { handDraftsBack } from './drafts.ts'
import { drawer } from './drawer.ts'
import { help } from './help.ts'
import { readSigningRoom } from './key-files.ts'
import { keygen } from './keygen.ts'
import { openArrived } from './open.ts'
import { isCommand, needed, read, wholeNumber, type Command } from './options.ts'
import { passphraseFrom } from './passphrase.ts'
import { changePassphrase, renew } from './renew.ts'
import { reseal } from './reseal.ts'
import { takeFiles } from './take.ts'
import { makeSheet } from './sheet.ts'
import { isSheetLanguage, type SheetLanguage } from './sheet-words.ts'
import type { Terminal } from './terminal.ts'

export type ExitCode = 0 | 1 | 2

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
}

/** Runs one command; planned failures are told on the terminal, others are thrown. */
export async function run(words: readonly string[], terminal: Terminal, around: Surroundings): Promise<ExitCode> {
  const [command = 'help', ...rest] = words
  if (['help', '--help', '-h'].includes(command) || rest.includes('--help')) {
    terminal.say(help)
    return 0
  }
  try {
    if (!isCommand(command)) throw new DeskError('usage', `There is no command "${command}".`)
    await commands[command](rest, terminal, around)
    return 0
  } catch (cause) {
    if (!(cause instanceof DeskError)) throw cause
    terminal.say(sentenceFor(cause))
    return cause.reason === 'usage' ? 2 : 1
  }
}

type Run = (words: readonly string[], terminal: Terminal, around: Surroundings) => Promise<void>

const commands: Readonly<Record<Command, Run>> = {
  keygen: async (words, terminal) => {
    const { values } = read('keygen', words)
    const file = values['passphrase-file']
    await keygen(
      {
        out: needed(values.out, 'out'),
        kind: values.classic ? 'x25519' : 'hybrid',
        plainKeys: values['plain-keys'] ?? false,
        writtenDown: values['yes-i-wrote-them-down'] ?? false,
        ...(file !== undefined && { passphraseFile: file }),
      },
      terminal,
    )
  },

  drawer: async (words, terminal) => {
    const { values } = read('drawer', words)
    const { keys, 'words-file': wordsFile, 'passphrase-file': passphraseFile } = values
    await drawer(
      {
        out: needed(values.out, 'out'),
        kind: values.classic ? 'x25519' : 'hybrid',
        plainKeys: values['plain-keys'] ?? false,
        ...(keys !== undefined && { keys }),
        ...(wordsFile !== undefined && { wordsFile }),
        ...(passphraseFile !== undefined && { passphraseFile }),
      },
      terminal,
    )
  },

  configure: async (words, terminal, { env }) => {
    const { values } = read('configure', words)
    const keys = needed(values.keys, 'keys')
    const receiver = receiverIn(values)
    const token = receiver && (values.token ?? env['DAYBOOK_DESK_TOKEN'])
    await configure(
      {
        keys,
        out: values.out ?? keys,
        organisation: { ...wishesOf(values), ...(receiver && { receiver }) },
        ...(values.overlay !== undefined && { overlay: values.overlay }),
        appUrl: appAddress(values.app),
        askPassphrase: passphraseFrom(terminal, values['passphrase-file']),
        ...(values.code !== undefined && { code: values.code }),
        ...(token !== undefined && { token }),
      },
      terminal,
    )
  },

  open: async (words, terminal, { env, now }) => {
    const { values, positionals } = read('open', words)
    if (positionals.length > 0 && values.boxes === undefined)
      throw new DeskError('usage', `"${positionals[0]}" stands alone; files come after --boxes.`)
    const receiver = receiverOf(values.receiver, values.token ?? env['DAYBOOK_DESK_TOKEN'])
    const out = needed(values.out, 'out')
    const { identity } = values
    const keys = identity !== undefined && values['no-receipt'] ? values.keys : needed(values.keys, 'keys')
    const file = values['passphrase-file']
    const approved = values['hold-new-keys'] || values.approve ? new Set(values.approve) : undefined
    const { report, summary, receipts, late } = await openArrived({
      out,
      files: [...(values.boxes ?? []), ...positionals],
      labels: values.labels ?? false,
      receipts: !values['no-receipt'],
      askPassphrase: passphraseFrom(terminal, file),
      now: now(),
      ...(keys !== undefined && { keys }),
      ...(identity !== undefined && {
        identity: {
          path: identity,
          askPassphrase: passphraseFrom(terminal, values['identity-passphrase-file'] ?? file, identity),
        },
      }),
      ...(receiver && { receiver }),
      ...(approved && { approved }),
    })
    terminal.say(
      `${report}\n${summary}\nTables and report.txt are in ${out}, in the clear. Receipts made: ${receipts}.`,
    )
    if (late !== undefined) terminal.say(`\n${late}`)
  },

  take: async (words, terminal, { now }) => {
    const { values, positionals: files } = read('take', words)
    if (files.length === 0) throw new DeskError('usage', '"take" needs the file that a tablet saved.')
    const { answer } = values
    await takeFiles(
      {
        files,
        keys: needed(values.keys, 'keys'),
        out: needed(values.out, 'out'),
        labels: values.labels ?? false,
        askPassphrase: passphraseFrom(terminal, values['passphrase-file']),
        now: now(),
        ...(answer !== undefined && { answer }),
        ...((values['hold-new-keys'] || values.approve) && { approved: new Set(values.approve) }),
      },
      terminal,
    )
  },

  copy: async (words, terminal) => {
    const { values } = read('copy', words)
    const { keys, for: recipient } = values
    const wishes = {
      file: needed(values.file, 'file'),
      opener: openerOf(values),
      out: needed(values.out, 'out'),
      askPassphrase: passphraseFrom(terminal, values['passphrase-file'], values.identity),
    }
    if (recipient !== undefined) return await passOnACopy(wishes, recipient, terminal)
    await openACopy({ ...wishes, labels: values.labels ?? false, ...(keys !== undefined && { keys }) }, terminal)
  },

  drafts: async (words, terminal, { now }) => {
    const { values } = read('drafts', words)
    await handDraftsBack(
      {
        keys: needed(values.keys, 'keys'),
        from: needed(values.from, 'from'),
        recipient: needed(values.for, 'for'),
        out: needed(values.out, 'out'),
        askPassphrase: passphraseFrom(terminal, values['passphrase-file']),
        now: now(),
        ...(values.device !== undefined && { device: values.device }),
      },
      terminal,
    )
  },

  reseal: async (words, terminal, { now }) => {
    const { values } = read('reseal', words)
    const { out } = values
    await reseal(
      {
        keys: needed(values.keys, 'keys'),
        from: needed(values.from, 'from'),
        askPassphrase: passphraseFrom(terminal, values['passphrase-file']),
        now: now(),
        ...(out !== undefined && { out }),
      },
      terminal,
    )
  },

  renew: async (words, terminal) => {
    const { values } = read('renew', words)
    const { successor } = values
    await renew({ ...folderWishes(values, terminal), ...(successor !== undefined && { successor }) }, terminal)
  },

  passphrase: async (words, terminal) => {
    await changePassphrase(folderWishes(read('passphrase', words).values, terminal), terminal)
  },

  sheet: async (words, terminal, { env }) => {
    const { values } = read('sheet', words)
    const keys = needed(values.keys, 'keys')
    const { telephone } = values
    const token = values.token ?? env['DAYBOOK_DESK_TOKEN']
    await makeSheet(
      {
        keys,
        out: values.out ?? join(keys, 'setup-sheet.html'),
        appUrl: appAddress(values.app),
        languages: languagesOf(values.languages ?? 'en'),
        askPassphrase: passphraseFrom(terminal, values['passphrase-file']),
        ...(telephone !== undefined && { telephone }),
        ...(values.code !== undefined && { code: givenCode(values.code, values.until) }),
        ...(token !== undefined && { token }),
      },
      terminal,
    )
  },

  fingerprint: async (words, terminal) => {
    const { values } = read('fingerprint', words)
    const room = await readSigningRoom(needed(values.keys, 'keys'), passphraseFrom(terminal, values['passphrase-file']))
    const [work, drawer] = await Promise.all(room.recipients.map(recipientFingerprint))
    const six = await fingerprintWords(room.publicKey)
    terminal.say(
      [
        `Six words of the organisation: ${six.join(' ')}`,
        `Recipient for work:   ${work}`,
        `Recipient for drawer: ${drawer}`,
        `Configuration key:    ${toBase64Url(room.publicKey)}`,
        `Receipt key of the desk: ${room.deskKey}`,
      ].join('\n'),
    )
  },
}

function folderWishes(values: ReturnType<typeof read<'passphrase'>>['values'], terminal: Terminal) {
  const { 'passphrase-file': passphraseFile, 'new-passphrase-file': newPassphraseFile } = values
  return {
    keys: needed(values.keys, 'keys'),
    out: needed(values.out, 'out'),
    plainKeys: values['plain-keys'] ?? false,
    askPassphrase: passphraseFrom(terminal, passphraseFile),
    ...(newPassphraseFile !== undefined && { newPassphraseFile }),
  }
}

function openerOf(values: ReturnType<typeof read<'copy'>>['values']): Opener {
  const { identity, words, 'words-file': file } = values
  if (words || file !== undefined) return { by: 'words', ...(file !== undefined && { file }) }
  return identity === undefined
    ? { by: 'keys', folder: needed(values.keys, 'keys') }
    : { by: 'identity', path: identity }
}

function receiverOf(endpoint: string | undefined, token: string | undefined) {
  if (endpoint === undefined) return undefined
  return { endpoint, token: needed(token, 'token') }
}

function languagesOf(text: string): readonly SheetLanguage[] {
  const languages = [...new Set(text.split(','))]
  if (languages.every(isSheetLanguage)) return languages
  throw new DeskError('usage', '--languages takes en, fr, es, ar, ru and zh, with commas between them.')
}

function givenCode(code: string, until: string | undefined): { code: string; lastDay: Date } {
  if (!/^[\w-]{8,64}$/.test(code))
    throw new DeskError('usage', '--code must be the enrolment code as the receiver gave it, 8 signs or more.')
  const day = needed(until, 'until')
  const lastDay = new Date(`${day}T12:00:00`)
  if (/^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(lastDay.getTime())) return { code, lastDay }
  throw new DeskError('usage', '--until must be the last day of the code, like 2027-01-31.')
}

function appAddress(text: string | undefined): string {
  const address = needed(text, 'app')
  if (!URL.canParse(address)) throw new DeskError('usage', '--app must be the address where the app is served.')
  return address
}

type ConfigureValues = ReturnType<typeof read<'configure'>>['values']

/** Either it is named, or it is said on purpose that there is none; what belongs to a receiver is then left out, too. */
function receiverIn(values: ConfigureValues): Wishes['receiver'] {
  if (!values['no-receiver']) {
    const endpoint = values.endpoint
    if (!endpoint) throw new DeskError('usage', '--endpoint is missing; --no-receiver says that there is no receiver.')
    return { endpoint, receiverKeys: values['receiver-key'] ?? [] }
  }
  const left = (['endpoint', 'receiver-key', 'token', 'code'] as const).find((name) => values[name] !== undefined)
  if (left !== undefined)
    throw new DeskError('usage', `--${left} belongs to a receiver, and --no-receiver says that there is none.`)
  return undefined
}

function wishesOf(values: ConfigureValues): Omit<Wishes, 'receiver'> {
  const steps = stepsOf(values.steps)
  const limits = limitsOf(values)
  return {
    profile: {
      name: needed(values.name, 'name'),
      orgCode: needed(values['org-code'], 'org-code'),
      orgType: needed(values['org-type'], 'org-type'),
      ...(values.country !== undefined && { country: values.country }),
      ...(values.area !== undefined && { area: values.area }),
    },
    ...(values.label !== undefined && { label: values.label }),
    ...(values.recipient && { recipients: values.recipient }),
    ...(values['single-recipient'] && { single: true }),
    ...(steps && { steps }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(values['no-safety-copies'] && { safetyCopies: false }),
    ...(values['revoke-recipients'] && { revoke: true }),
    ...(values['allow-printing'] && { print: true }),
    ...(values['allow-wipe-passphrase'] && { wipePassphrase: true }),
    ...(values.circle !== undefined && { circle: circleOf(values.circle) }),
  }
}

function stepsOf(text: string | undefined): Configuration['steps'] | undefined {
  if (text === undefined) return undefined
  const steps = text.split(',').map(Number)
  if (!steps.every((step) => step === 1 || step === 2 || step === 3))
    throw new DeskError('usage', '--steps must be 1, 1,2 or 1,2,3.')
  return steps
}

function limitsOf(values: ConfigureValues): Partial<Configuration['limits']> {
  const limits = {
    coverMinutes: wholeNumber(values['cover-minutes'], 'cover-minutes'),
    idleSeconds: wholeNumber(values['idle-seconds'], 'idle-seconds'),
    retentionDays: wholeNumber(values['retention-days'], 'retention-days'),
  }
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined))
}

function circleOf(text: string): Configuration['circle'] {
  if (text !== 'me' && text !== 'team') throw new DeskError('usage', '--circle must be me or team.')
  return text
}
