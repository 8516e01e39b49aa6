import { Readable } from 'node:stream'
import { restore } from './backup.ts'
import { app, serve } from './command-serving.ts'
import {
  acceptance,
  addDesk,
  addOrg,
  backup,
  code,
  desks,
  devices,
  onStore,
  orgs,
  pruneBoxes,
  resealBoxes,
  said,
} from './command-store.ts'
import { usage } from './command-usage.ts'
import {
  databaseOf,
  dataOf,
  Misuse,
  options,
  orgName,
  orgOf,
  read,
  type Surroundings,
  type Values,
} from './command-words.ts'
import { lost } from './lost.ts'
import { ReceiverError } from './receiver-error.ts'
import { sentences } from './sentences.ts'
import { storeIdName } from './server.ts'
import { hashOf, newToken } from './tokens.ts'

/** Runs one command line. Resolves to the exit code: 0 done, 1 could not, 2 not understood. */
export async function receiverCommand(words: readonly string[], around: Surroundings): Promise<number> {
  try {
    const { values, positionals } = read(words)
    if (values.help || positionals.length === 0) {
      around.out(usage)
      return values.help ? 0 : 2
    }
    const { name, command, rest } = commandIn(positionals)
    refuseOthers(name, command, values, rest)
    return await command.run(values, rest, around)
  } catch (error) {
    if (!(error instanceof Misuse) && !(error instanceof ReceiverError)) throw error
    around.err(error instanceof Misuse ? `${error.message}\n\n${usage}` : `${sentences[error.reason]}\n`)
    return error instanceof Misuse ? 2 : 1
  }
}

/** A command is one word, or two. */
function commandIn(words: readonly string[]): { name: string; command: Command; rest: readonly string[] } {
  for (const count of [2, 1]) {
    const name = words.slice(0, count).join(' ')
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command) return { name, command, rest: words.slice(count) }
  }
  throw new Misuse(`There is no command "${words[0] ?? ''}".`)
}

interface Command {
  readonly takes: readonly (keyof typeof options)[]
  /** What the words after the command are; each is needed. */
  readonly words: readonly string[]
  readonly run: (values: Values, words: readonly string[], around: Surroundings) => Promise<number>
}

const commands: Readonly<Record<string, Command>> = {
  serve: {
    takes: ['data', 'database', 'port', 'host', 'metrics-port', 'origin', 'root', 'app-port', 'connect', 'development'],
    words: [],
    run: serve,
  },
  app: { takes: ['root', 'port', 'host', 'connect', 'development'], words: [], run: app },
  code: {
    takes: ['data', 'database', 'org', 'days', 'open-while-running'],
    words: [],
    run: (values, _, around) => code(values, around),
  },
  withdraw: {
    takes: ['data', 'database', 'org'],
    words: ['CODE'],
    run: (values, [given = ''], around) =>
      onStore(values, async (store) => {
        const done = await store.withdrawCode(orgOf(values), hashOf(given))
        return said(around, done, 'The code is worth nothing now.', 'No unused code reads like this.')
      }),
  },
  'org add': {
    takes: ['data', 'database', 'mib-per-day'],
    words: ['NAME'],
    run: (values, [name = ''], around) => addOrg(values, orgName(name), around),
  },
  'org list': { takes: ['data', 'database'], words: [], run: (values, _, around) => orgs(values, around) },
  'desk add': { takes: ['data', 'database', 'org'], words: [], run: addDesk },
  'desk list': { takes: ['data', 'database', 'org'], words: [], run: (values, _, around) => desks(values, around) },
  'desk revoke': {
    takes: ['data', 'database', 'org'],
    words: ['DESK'],
    run: (values, [desk = ''], around) =>
      onStore(values, async (store) => {
        const done = await store.revokeDesk(orgOf(values), desk)
        return said(around, done, 'The token of this desk opens nothing any more.', 'No desk has this name.')
      }),
  },
  backup: { takes: ['data', 'database', 'to', 'out'], words: [], run: backup },
  restore: {
    takes: ['data', 'database'],
    words: [],
    run: async (values, _, { err, input }) => {
      const { boxes } = await restore({ dataDir: dataOf(values), ...databaseOf(values) }, input ?? Readable.from([]))
      err(`Brought back, with ${boxes} boxes. Tablets and desks begin to read at the first again.\n`)
      return 0
    },
  },
  prune: { takes: ['data', 'database', 'org', 'desk-key', 'opened-days'], words: [], run: pruneBoxes },
  reseal: { takes: ['data', 'database', 'org', 'desk-key'], words: ['FOLDER'], run: resealBoxes },
  restored: {
    takes: ['data', 'database'],
    words: [],
    run: (values, _, around) =>
      onStore(values, async (store) => {
        await store.remember(storeIdName, newToken())
        return said(around, true, 'Tablets will offer again what the desk has not opened. Start the receiver now.', '')
      }),
  },
  accept: {
    takes: ['url', 'receipt-key', 'desk-token', 'origin'],
    words: [],
    run: (values, _, around) => acceptance(values, around),
  },
  devices: { takes: ['data', 'database', 'org'], words: [], run: (values, _, around) => devices(values, around) },
  revoke: {
    takes: ['data', 'database', 'org'],
    words: ['DEVICE'],
    run: (values, [device = ''], around) =>
      onStore(values, async (store) => {
        const done = await store.revokeDevice(orgOf(values), device, Date.now())
        return said(
          around,
          done,
          'The device is revoked.',
          'No device of this name is enrolled, or it is revoked already.',
        )
      }),
  },
  lost: { takes: ['data', 'database', 'org'], words: ['NUMBER'], run: lost },
  readmit: {
    takes: ['data', 'database', 'org'],
    words: ['DEVICE'],
    run: (values, [device = ''], around) =>
      onStore(values, async (store) => {
        const done = await store.readmitDevice(orgOf(values), device)
        return said(
          around,
          done,
          'The device may enrol once more with a new code.',
          'No device of this name is enrolled.',
        )
      }),
  },
}

function refuseOthers(name: string, { takes, words }: Command, values: Values, given: readonly string[]): void {
  const other = Object.keys(values).find((option) => !takes.some((known) => known === option))
  if (other) throw new Misuse(`"${name}" does not take --${other}.`)
  const missing = words[given.length]
  if (missing) throw new Misuse(`"${name}" needs ${missing}.`)
  if (given.length > words.length) throw new Misuse(`"${name}" does not take "${given[words.length]}".`)
}
