import { Readable } from 'node:stream'
import { SealError } from '../src/seal/seal.ts'
import { accept } from './acceptance.ts'
import { startAppServer } from './app-files.ts'
import { backUp, restore } from './backup.ts'
import { issueCode } from './codes.ts'
import type { Listening } from './listen.ts'
import { logTo } from './log.ts'
import {
  connectOf,
  databaseOf,
  dataOf,
  Misuse,
  numberOf,
  options,
  orgName,
  orgOf,
  originsOf,
  read,
  rootOf,
  type Values,
} from './command-words.ts'
import { publicText } from './keys.ts'
import { orgKey } from './receipt-keys.ts'
import { ReceiverError } from './receiver-error.ts'
import { sentences } from './sentences.ts'
import { newDeskToken, openData, startReceiver } from './server.ts'
import { type Store } from './store.ts'
import { hashOf } from './tokens.ts'

/** Where the command writes, and how it learns that it shall stop. */
export interface Surroundings {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** What is piped in. */
  readonly input?: NodeJS.ReadableStream
  /** Resolves when the receiver shall stop. */
  readonly stop: Promise<void>
}

const usage = `Usage:
  receiver serve --data DIR --port N --origin URL [--origin URL ...] [--host HOST] [--database URL]
      Takes in boxes. --origin is where the app (or the desk's page) is served. --database keeps them in PostgreSQL
      instead of in DIR, like postgres://user:password@host:5432/name; any number of processes may share one. The
      variable DAYBOOK_DATABASE says the same without showing the password in the list of processes. Commands on the
      data below take it, too. --metrics-port N answers GET /metrics for Prometheus, to this machine alone.
      With --root DIR and --app-port N the same process serves the built app, too, on an origin of its own.
  receiver app --root DIR --port N [--connect URL ...] [--host HOST] [--development]
      Serves the built app, with the headers that it needs. --connect is a receiver that the app may call; without it
      the app may call any over https. --development lets it call receivers on this machine over plain http.
  receiver code --data DIR [--days N | --open-while-running]
      Prints a new enrolment code: for one device and 14 days, or for many devices until the receiver stops.
  receiver withdraw --data DIR CODE
      Makes a code that was not used yet worthless.
  receiver desk add --data DIR
      Prints a new token for a desk. It is shown once.
  receiver desk list --data DIR
      Lists the desks' tokens by name and day.
  receiver desk revoke --data DIR DESK
      Makes the token of this name worthless.
  receiver devices --data DIR
      Lists the devices that enrolled.
  receiver revoke --data DIR DEVICE
      Refuses what a device sends from now on.
  receiver readmit --data DIR DEVICE
      Lets a device that is known enrol once more, with a new code.
  receiver org add --data DIR NAME [--mib-per-day N]
      Serves one more organisation, with a receipt key and devices, desks and boxes of its own; prints the token of its
      desk. The commands above are then told whose by --org NAME; without it they are about the one called "first".
  receiver org list --data DIR
      Lists the organisations.
  receiver backup --data DIR --to AGE1... [--to AGE1...] --out FILE
      Writes all that the receiver keeps into one file, sealed; it may run meanwhile. This program cannot open it.
  receiver accept --url URL --receipt-key KEY --desk-token TOKEN --origin URL
      Asks any receiver, this one or another, whether it does what tablets and desks need. It leaves boxes of random bytes
      there: ask one that nobody works with yet.
  age -d -i KEY FILE | receiver restore --data DIR
      Brings it back into a new folder (and a new database).
`

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

async function serve(values: Values, _: readonly string[], { out, err, stop }: Surroundings): Promise<number> {
  const metrics = values['metrics-port']
  const running = await startReceiver({
    dataDir: dataOf(values),
    ...databaseOf(values),
    port: numberOf('port', values.port, 0, 65_535),
    ...(values.host !== undefined && { host: values.host }),
    ...(metrics !== undefined && { metricsPort: numberOf('metrics-port', metrics, 0, 65_535) }),
    appOrigins: originsOf(values),
    log: logTo(out),
  })
  const beside = await startBeside(values).catch(async (error: unknown) => {
    await running.close()
    throw error
  })
  err(`The receiver listens on ${running.url}. Its receipt key is ${running.receiptPublicKey}.\n`)
  if (beside) err(`The app is served on ${beside.url}.\n`)
  await stop
  err('Finishing what is under way.\n')
  await Promise.all([running.close(), beside?.close()])
  return 0
}

async function startBeside(values: Values): Promise<Listening | undefined> {
  return values.root === undefined ? undefined : await startApp(values, values['app-port'])
}

function startApp(values: Values, port: string | undefined): Promise<Listening> {
  const connectSrc = connectOf(values)
  return startAppServer({
    root: rootOf(values),
    port: numberOf('app-port', port, 0, 65_535),
    ...(values.host !== undefined && { host: values.host }),
    ...(connectSrc.length > 0 && { connectSrc }),
    development: values.development ?? false,
  })
}

async function app(values: Values, _: readonly string[], { err, stop }: Surroundings): Promise<number> {
  const running = await startApp(values, values.port)
  err(`The app is served on ${running.url}. Stop it with Ctrl+C.\n`)
  await stop
  await running.close()
  return 0
}

async function code(values: Values, { out, err }: Surroundings): Promise<number> {
  const open = values['open-while-running'] === true
  if (open && values.days !== undefined) throw new Misuse('Either --days or --open-while-running, not both.')
  const days = values.days === undefined ? 14 : numberOf('days', values.days, 1, 14)
  if (open && databaseOf(values).database !== undefined)
    throw new Misuse('--open-while-running is for one receiver on its own data folder, not for a shared database.')
  return onStore(values, async (store) => {
    const run = (await store.recall('run')) ?? ''
    if (open && run === '') return said({ out, err }, false, '', 'The receiver is not running on this data folder.')
    const issued = await issueCode(store, orgOf(values), Date.now(), open ? { run } : { days })
    out(`${issued.code}\n`)
    return 0
  })
}

async function devices(values: Values, { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    for (const { deviceId, enrolledAt, revokedAt, boxes } of await store.listDevices(orgOf(values))) {
      const state = revokedAt === null ? 'enrolled' : `revoked ${dateOf(revokedAt)}`
      out(`${deviceId}  since ${dateOf(enrolledAt)}  boxes ${boxes}  ${state}\n`)
    }
    return 0
  })
}

/** The desk's token may stand in the environment, where the list of processes does not show it. */
async function acceptance(values: Values, { out }: Surroundings): Promise<number> {
  const { url = '', 'receipt-key': receiptKey = '' } = values
  const deskToken = values['desk-token'] ?? process.env['DAYBOOK_DESK_TOKEN'] ?? ''
  if (!URL.canParse(url) || receiptKey === '' || deskToken === '')
    throw new Misuse('"accept" needs --url, --receipt-key, --desk-token and --origin.')
  const [appOrigin = ''] = originsOf(values)
  const verdicts = await accept({ url: url.replace(/\/+$/, ''), receiptKey, deskToken, appOrigin })
  for (const { name, fault } of verdicts)
    out(`${fault === undefined ? 'yes' : 'NO '}  ${name}${fault === undefined ? '' : `: ${fault}`}\n`)
  const faults = verdicts.filter(({ fault }) => fault !== undefined).length
  out(
    faults === 0
      ? 'It does all that tablets and desks ask of a receiver.\n'
      : `${faults} of ${verdicts.length} are not so.\n`,
  )
  return faults === 0 ? 0 : 1
}

async function backup(values: Values, _: readonly string[], { err }: Surroundings): Promise<number> {
  const { to = [], out } = values
  if (to.length === 0 || !out) throw new Misuse('"backup" needs --to AGE1… (whose key opens it) and --out FILE.')
  try {
    const { boxes } = await backUp({ dataDir: dataOf(values), ...databaseOf(values) }, to, out)
    err(`${out} holds the registry, the receipt keys and ${boxes} boxes, sealed.\n`)
    return 0
  } catch (error) {
    if (error instanceof SealError) throw new Misuse('Each --to must be an age recipient, age1…, all of one kind.')
    throw error
  }
}

async function addOrg(values: Values, org: string, around: Surroundings): Promise<number> {
  const mib = values['mib-per-day']
  const bytesPerDay = mib === undefined ? null : numberOf('mib-per-day', mib, 1, 999_999) * 1024 * 1024
  return onStore(values, async (store) => {
    if (!(await store.addOrg({ org, bytesPerDay })))
      return said(around, false, '', 'There is one of this name already.')
    const key = await orgKey(dataOf(values), store, org)
    around.err(`The receipt key of ${org} is ${publicText(key)}. The token of its desk, shown once:\n`)
    around.out(`${await newDeskToken(store, Date.now(), org)}\n`)
    return 0
  })
}

async function orgs(values: Values, { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    for (const { org, devices, boxes, bytesPerDay } of await store.listOrgs()) {
      const most = bytesPerDay === null ? '' : `  at most ${bytesPerDay / 1024 / 1024} MiB a device and day`
      out(`${org}  devices ${devices}  boxes ${boxes}${most}\n`)
    }
    return 0
  })
}

async function addDesk(values: Values, _: readonly string[], { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    out(`${await newDeskToken(store, Date.now(), orgOf(values))}\n`)
    return 0
  })
}

async function desks(values: Values, { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    for (const { name, madeAt } of await store.listDesks(orgOf(values))) out(`${name}  since ${dateOf(madeAt)}\n`)
    return 0
  })
}

async function onStore(values: Values, work: (store: Store) => Promise<number>): Promise<number> {
  const { store } = await openData(dataOf(values), 'existing', databaseOf(values).database)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

function said({ out, err }: Pick<Surroundings, 'out' | 'err'>, done: boolean, yes: string, no: string): number {
  if (done) out(`${yes}\n`)
  else err(`${no}\n`)
  return done ? 0 : 1
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
