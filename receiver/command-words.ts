import { parseArgs } from 'node:util'

/** The words cannot be understood; the message says why, in one sentence. */
export class Misuse extends Error {}

export const options = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  origin: { type: 'string', multiple: true },
  days: { type: 'string' },
  'open-while-running': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The options of a command line, each as it was given. */
export type Values = ReturnType<typeof read>['values']

/** Codes and devices are 128 bits, base64url: one in 64 begins with a hyphen, and is no option all the same. */
const hyphened = /^-[\w-]{21}$/

/** Takes options and words apart; what stands after a `--` is no option. Throws Misuse. */
export function read(words: readonly string[]) {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const before = words.slice(0, end)
  const named = before.filter((word) => hyphened.test(word))
  const others = before.filter((word) => !hyphened.test(word))
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

export function originsOf({ origin = [] }: Values): readonly string[] {
  if (origin.length === 0)
    throw new Misuse('--origin URL is missing: where the app is served, like https://app.example.org')
  return origin.map((text) => text.replace(/\/$/, ''))
}

export function numberOf(name: string, text: string | undefined, least: number, most: number): number {
  if (text === undefined) throw new Misuse(`--${name} is missing.`)
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (number >= least && number <= most) return number
  throw new Misuse(`--${name} must be a number from ${least} to ${most}.`)
}
