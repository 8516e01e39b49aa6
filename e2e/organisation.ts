import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { startAppServer } from '../receiver/app-files.ts'
import { freePort, projectRoot, removeFolder, temporaryFolder } from './house.ts'
import { ownOrigins } from './noise.ts'

/**
 * An organisation of its own, made with the commands that a real one uses: keys, a receiver in a process of its own that
 * can be stopped and killed alone, a signed configuration, the app's files on another origin.
 */
export interface Organisation {
  /** Everything of it is in here. */
  readonly folder: string
  readonly keys: string
  readonly receiverData: string
  readonly appUrl: string
  /** Where the files of the app lie. */
  readonly app: string
  readonly receiverPort: number
  readonly receiverUrl: string
  readonly deskToken: string
  readonly setupLink: string
  /** Makes the next configuration, of an organisation that has given its receiver up. */
  readonly linkWithoutReceiver: () => string
  /** Everything that the receiver's processes have written so far. */
  readonly receiverSaid: () => string
  /** On its own folder and port, unless told otherwise. */
  readonly startReceiver: (data?: string, port?: number) => Promise<void>
  readonly stopReceiver: () => Promise<void>
  readonly killReceiver: () => Promise<void>
  readonly desk: (...words: readonly string[]) => string
  readonly receiver: (...words: readonly string[]) => string
  readonly close: () => Promise<void>
}

export interface OrganisationWishes {
  /** Words for `desk configure` besides those that every organisation needs. */
  readonly settings?: readonly string[]
  /** Where the built app lies. */
  readonly app?: string
}

const program = (name: 'desk' | 'receiver'): string => join(projectRoot, 'dist', 'node', `${name}.js`)

const call = (name: 'desk' | 'receiver', words: readonly string[]): string =>
  execFileSync(process.execPath, [program(name), ...words], { cwd: projectRoot, encoding: 'utf8' })

export async function anOrganisation(name: string, wishes: OrganisationWishes = {}): Promise<Organisation> {
  const folder = temporaryFolder(name)
  const [keys, receiverData] = [join(folder, 'keys'), join(folder, 'receiver')]
  const [appPort, receiverPort] = [await freePort(), await freePort()]
  const appUrl = `http://localhost:${appPort}`
  const receiverUrl = `http://127.0.0.1:${receiverPort}`
  ownOrigins.add(appUrl).add(receiverUrl)
  const root = wishes.app ?? join(projectRoot, 'dist', 'app')
  const server = await startAppServer({ root, port: appPort, development: true })
  const running = receiverProcess(appUrl)
  const configure = (...more: readonly string[]): string => {
    const about = ['--name', 'Harbour House', '--org-code', 'HARBOUR', '--org-type', 'ngo']
    const said = call('desk', ['configure', '--keys', keys, '--app', appUrl, ...about, ...more])
    return /http\S+#\/setup\/\S+/.exec(said)?.[0] ?? ''
  }
  const close = async () => {
    await Promise.all([server.close(), running.end('SIGTERM')])
    removeFolder(folder)
  }
  const setUp = async () => {
    call('desk', ['keygen', '--classic', '--plain-keys', '--yes-i-wrote-them-down', '--out', keys])
    const receiptKey = await running.start(receiverData, receiverPort)
    const deskToken = call('receiver', ['desk', 'add', '--data', receiverData]).trim()
    const where = ['--endpoint', receiverUrl, '--receiver-key', receiptKey, '--token', deskToken]
    return { deskToken, setupLink: configure(...where, ...(wishes.settings ?? [])) }
  }
  const { deskToken, setupLink } = await setUp().catch(async (cause: unknown) => {
    await close()
    throw cause
  })
  return {
    folder,
    keys,
    receiverData,
    appUrl,
    app: root,
    receiverPort,
    receiverUrl,
    deskToken,
    setupLink,
    linkWithoutReceiver: () => configure('--no-receiver', ...(wishes.settings ?? [])),
    receiverSaid: running.said,
    startReceiver: async (data = receiverData, port = receiverPort) => void (await running.start(data, port)),
    stopReceiver: async () => await running.end('SIGTERM'),
    killReceiver: async () => await running.end('SIGKILL'),
    desk: (...words) => call('desk', words),
    receiver: (...words) => call('receiver', words),
    close,
  }
}

function receiverProcess(origin: string) {
  let child: ChildProcess | undefined
  let said = ''
  return {
    said: () => said,
    /** Gives the public half of its receipt key. */
    start: async (data: string, port: number): Promise<string> => {
      const words = ['serve', '--data', data, '--port', String(port), '--origin', origin]
      const began = said.length
      const started = spawn(process.execPath, [program('receiver'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
      child = started
      return await new Promise((resolve, reject) => {
        const hear = (chunk: Buffer) => {
          said += chunk.toString('utf8')
          const key = /receipt key is (\S+)\.\n/.exec(said.slice(began))?.[1]
          if (key) resolve(key)
        }
        started.stdout.on('data', hear)
        started.stderr.on('data', hear)
        started.once('exit', (code) => reject(new Error(`the receiver ended with ${code}: ${said.slice(began)}`)))
      })
    },
    end: async (signal: NodeJS.Signals): Promise<void> => {
      const ending = child
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
      const gone = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
      ending.kill(signal)
      await gone
    },
  }
}
