import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownOrigins } from './noise.ts'

/** The house under test: what `npm start` runs, in a process of its own, on free ports and in a folder of its own. */
export interface House {
  readonly data: string
  readonly appUrl: string
  readonly receiverUrl: string
  readonly setupLink: string
  readonly output: () => string
  readonly pid: number
  /** Ends it as Ctrl+C does. */
  readonly stop: () => Promise<void>
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>
}

export const projectRoot = join(import.meta.dirname, '..')

const isFree = async (port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/** A port that is free now, and below those that the system gives to connections going out, so that it stays so. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    if (await isFree(port)) return port
  }
}

export const temporaryFolder = (name: string): string => mkdtempSync(join(tmpdir(), `daybook-${name}-`))
export const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 5 })

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((resolve) => child.once('exit', () => resolve()))
}

export interface Places {
  readonly data: string
  readonly port: number
  readonly receiverPort: number
}

export async function newPlaces(name: string): Promise<Places> {
  return { data: temporaryFolder(name), port: await freePort(), receiverPort: await freePort() }
}

/** Starts the house and waits for its printed link; throws with what it printed if it ends before. */
export async function startHouse({ data, port, receiverPort }: Places): Promise<House> {
  const args = ['--data', data, '--port', String(port), '--receiver-port', String(receiverPort)]
  const child = spawn(process.execPath, [join(projectRoot, 'dist/node/start.js'), ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const link = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString('utf8')
      const found = /(http\S+#\/setup\/\S+)/.exec(output)?.[1]
      if (found && output.includes('npm run desk')) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`the house ended with ${code}: ${output}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended(child)
  }
  const [appUrl, receiverUrl] = [`http://localhost:${port}`, `http://127.0.0.1:${receiverPort}`]
  ownOrigins.add(appUrl).add(receiverUrl)
  return {
    data,
    appUrl,
    receiverUrl,
    setupLink: link,
    output: () => output,
    pid: child.pid ?? 0,
    stop: async () => await end('SIGTERM'),
    kill: async () => await end('SIGKILL'),
  }
}
