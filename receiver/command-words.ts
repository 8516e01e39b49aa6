import { parseArgs } from 'node:util'
import { hyphenedCode, hyphenedKey, withHyphened } from '../src/batch/hyphened-words.ts'
import { firstOrg } from './store.ts'

/** Where the command writes, and how it learns that it shall stop. */
export interface Surroundings {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** What is piped in. */
  readonly input?: NodeJS.ReadableStream
  /** Resolves when the receiver shall stop. */
  readonly stop: Promise<void>
}

/** The words cannot be understood; the message says why, in one sentence. */
export class Misuse extends Error {}

export const options = {
  data: { type: 'string' },
  database: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  'metrics-port': { type: 'string' },
  to: { type: 'string', multiple: true },
  out: { type: 'string' },
  url: { type: 'string' },
  'receipt-key': { type: 'string' },
  'desk-token': { type: 'string' },
  'desk-key': { type: 'string', multiple: true },
  'opened-days': { type: 'string' },
  origin: { type: 'string', multiple: true },
  root: { type: 'string' },
  'app-port': { type: 'string' },
  connect: { type: 'string', multiple: true },
  development: { type: 'boolean' },
  org: { type: 'string' },
  'mib-per-day': { type: 'string' },
  days: { type: 'string' },
  'open-while-running': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The options of a command line, each as it was given. */
export type Values = ReturnType<typeof read>['values']

/**
 * Takes options and words apart; what stands after a `--` is no option, nor is a code or a device, which stand by themselves
 * here. Throws Misuse.
 */
export function read(words: readonly string[]) {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const before = words.slice(0, end)
  const named = before.filter((word) => hyphenedCode.test(word))
  const others = withHyphened(
    before.filter((word) => !hyphenedCode.test(word)),
    (word) => hyphenedKey.test(word),
  )
  try {
    return parseArgs({ args: [...others, '--', ...named, ...words.slice(end + 1)], options, allowPositionals: true })
  } catch (error) {
    throw new Misuse(oneSentence((error as Error).message))
  }
}

/** Node tells an option without its value in three lines. */
function oneSentence(text: string): string {
  const bare = /'(--[\w-]+)[^']*' argument (?:is ambiguous|missing)/.exec(text)?.[1]
  return bare ? `${bare} needs a value.` : `${text.split('. ')[0]?.replace(/\.$/, '') ?? text}.`
}

export function dataOf({ data }: Values): string {
  if (!data) throw new Misuse('--data DIR is missing: the folder where everything is kept.')
  return data
}

/** An organisation's name here is for the operator alone: no tablet and no desk ever sees it. Throws Misuse. */
export function orgName(text: string): string {
  if (/^[a-z][a-z0-9-]{1,30}$/.test(text)) return text
  throw new Misuse(
    'The name of an organisation is 2 to 31 small letters, digits and hyphens, and begins with a letter.',
  )
}

export const orgOf = ({ org = firstOrg }: Values): string => orgName(org)

/** The address of the database may hold a password, which the list of processes would show: the environment has it, too. */
export function databaseOf({ database }: Values): { database?: string } {
  const given = database ?? process.env['DAYBOOK_DATABASE']
  return given === undefined || given === '' ? {} : { database: given }
}

export function originsOf({ origin = [] }: Values): readonly string[] {
  if (origin.length === 0)
    throw new Misuse('--origin URL is missing: where the app is served, like https://app.example.org')
  return origin.map((text) => text.replace(/\/$/, ''))
}

export function rootOf({ root }: Values): string {
  if (!root) throw new Misuse('--root DIR is missing: the folder of the built app, like dist/app')
  return root
}

/** Receivers that the app may call; each becomes part of the policy in the headers, so nothing but an origin will do. */
export function connectOf({ connect = [] }: Values): readonly string[] {
  return connect.map((text) => {
    const given = text.replace(/\/$/, '')
    const url = URL.canParse(given) ? new URL(given) : undefined
    const loopback = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1'
    const allowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)
    if (url?.origin === given && allowed) return given
    throw new Misuse(
      '--connect must be where a receiver is: https, host and port only, like https://receiver.example.org',
    )
  })
}

export function numberOf(name: string, text: string | undefined, least: number, most: number): number {
  if (text === undefined) throw new Misuse(`--${name} is missing.`)
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (number >= least && number <= most) return number
  throw new Misuse(`--${name} must be a number from ${least} to ${most}.`)
}
