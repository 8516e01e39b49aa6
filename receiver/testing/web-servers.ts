import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type WebServer = 'nginx' | 'caddy'

export interface RunningWebServer {
  readonly url: string
  stop(): Promise<void>
}

const fileOf = { nginx: 'nginx.conf', caddy: 'Caddyfile' } as const

/** The ready file as it stands in docs/deploy/. */
export const readyFile = (server: WebServer): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../docs/deploy/${fileOf[server]}`, import.meta.url)), 'utf8')

/** Whether the program is on this machine. */
export const has = (server: WebServer): boolean =>
  spawnSync(server, [server === 'nginx' ? '-v' : 'version']).error === undefined

/**
 * The real program with the ready file, of which only the lines marked (yours) are changed: a port of this machine
 * without TLS, and `root`.
 */
export async function startWebServer(server: WebServer, root: string): Promise<RunningWebServer> {
  const folder = await mkdtemp(join(tmpdir(), `${server}-`))
  const port = await freePort()
  const address = `127.0.0.1:${port}`
  const config = join(folder, fileOf[server])
  const text = (await readyFile(server)).replace('/srv/daybook/app', root)
  await writeFile(config, server === 'nginx' ? nginxHere(text, address, folder) : caddyHere(text, address))
  const started =
    server === 'nginx' ? ['-c', config, '-p', folder] : ['run', '--config', config, '--adapter', 'caddyfile']
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(server, started, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  await answering(child, port)
  return { url: `http://${address}`, stop: () => stop(child, folder) }
}

function nginxHere(text: string, address: string, folder: string): string {
  const site = replaced(text, /^ {2}listen .*$/m, `  listen ${address};`).replace(/^ {2}ssl_.*$/gm, '')
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const temporary = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')
  return `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit; events {}\nhttp { ${temporary}\n${site}\n}`
}

const caddyHere = (text: string, address: string): string => replaced(text, /^app\.example\.org/m, `http://${address}`)

function replaced(text: string, line: RegExp, by: string): string {
  if (!line.test(text)) throw new Error(`no line ${String(line)} in the ready file`)
  return text.replace(line, by)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function answering(child: ChildProcess, port: number): Promise<void> {
  let said = ''
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()))
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`it ended: ${said}`)
    if (await takes(port)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`it does not answer: ${said}`)
}

function takes(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.end() && true))
    socket.on('error', () => resolve(false))
  })
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode === null && child.kill('SIGTERM')) await ended
  await rm(folder, { recursive: true, force: true })
}
