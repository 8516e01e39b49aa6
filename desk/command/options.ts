import { parseArgs, type ParseArgsConfig } from 'node:util'
import { hyphenedCode, hyphenedKey, withHyphened } from '../../src/batch/hyphened-words.ts'
import { DeskError } from './desk-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

export const optionsOf = {
  keygen: {
    out: text,
    classic: flag,
    'plain-keys': flag,
    'passphrase-file': text,
    'yes-i-wrote-them-down': flag,
  },
  drawer: {
    out: text,
    keys: text,
    classic: flag,
    'words-file': text,
    'plain-keys': flag,
    'passphrase-file': text,
  },
  configure: {
    keys: text,
    out: text,
    endpoint: text,
    'no-receiver': flag,
    app: text,
    name: text,
    'org-code': text,
    'org-type': text,
    country: text,
    area: text,
    label: text,
    code: text,
    token: text,
    'receiver-key': texts,
    recipient: texts,
    'single-recipient': flag,
    steps: text,
    overlay: text,
    circle: text,
    'cover-minutes': text,
    'idle-seconds': text,
    'retention-days': text,
    'no-safety-copies': flag,
    'revoke-recipients': flag,
    'allow-printing': flag,
    'allow-wipe-passphrase': flag,
    'passphrase-file': text,
  },
  open: {
    keys: text,
    out: text,
    receiver: text,
    token: text,
    boxes: texts,
    labels: flag,
    'no-receipt': flag,
    'hold-new-keys': flag,
    approve: texts,
    identity: text,
    'identity-passphrase-file': text,
    'passphrase-file': text,
  },
  take: {
    keys: text,
    out: text,
    answer: text,
    labels: flag,
    'hold-new-keys': flag,
    approve: texts,
    'passphrase-file': text,
  },
  copy: {
    file: text,
    out: text,
    for: text,
    keys: text,
    identity: text,
    words: flag,
    'words-file': text,
    labels: flag,
    'passphrase-file': text,
  },
  drafts: {
    keys: text,
    from: text,
    for: text,
    device: text,
    out: text,
    'passphrase-file': text,
  },
  reseal: { keys: text, from: text, out: text, 'passphrase-file': text },
  renew: {
    keys: text,
    out: text,
    successor: text,
    'plain-keys': flag,
    'passphrase-file': text,
    'new-passphrase-file': text,
  },
  passphrase: { keys: text, out: text, 'plain-keys': flag, 'passphrase-file': text, 'new-passphrase-file': text },
  sheet: {
    keys: text,
    app: text,
    out: text,
    languages: text,
    telephone: text,
    code: text,
    until: text,
    token: text,
    'passphrase-file': text,
  },
  fingerprint: { keys: text, 'passphrase-file': text },
} as const satisfies Record<string, Options>

export type Command = keyof typeof optionsOf

export const isCommand = (word: string): word is Command => Object.hasOwn(optionsOf, word)

/** Only files, after --boxes or after "take", stand without an option of their own. */
const takesFiles = (command: Command) => command === 'open' || command === 'take'

const isHyphened = (word: string): boolean => hyphenedKey.test(word) || hyphenedCode.test(word)

/** The words of a command, read. Throws DeskError `usage` for an option that it does not have. */
export function read<C extends Command>(command: C, words: readonly string[]) {
  const args = withHyphened(words, isHyphened)
  try {
    return parseArgs({ args, options: optionsOf[command], allowPositionals: takesFiles(command) })
  } catch (cause) {
    throw new DeskError('usage', faultIn(command, args), cause)
  }
}

/** What is wrong, in one sentence; Node takes up to three lines for it. */
function faultIn(command: Command, args: string[]): string {
  const options: Options = optionsOf[command]
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'positional' && !takesFiles(command))
      return `"${token.value}" stands alone; each value comes after its option.`
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    if (!Object.hasOwn(options, name)) return `"${command}" has no option ${rawName}.`
    const takesValue = options[name]?.type === 'string'
    if (!takesValue && value !== undefined) return `${rawName} takes no value.`
    if (takesValue && (value === undefined || (!inlineValue && value.startsWith('-'))))
      return `${rawName} needs a value.`
  }
  return 'The words after the command cannot be read.'
}

/** An option that must be given. Throws DeskError `usage`. */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new DeskError('usage', `--${name} is missing.`)
  return value
}

/** A whole number. Throws DeskError `usage`. */
export function wholeNumber(value: string | undefined, name: string): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,6}$/.test(value)) throw new DeskError('usage', `--${name} must be a whole number.`)
  return Number(value)
}
