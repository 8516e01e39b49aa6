import { mkdtemp, symlink } from 'node:fs/promises'
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

/** Builds the receiver's command as it is shipped, into a folder of the test's own. Gives back folder and file. */
export async function compileReceiver(): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'receiver-build-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: join(folder, 'dist'),
      emptyOutDir: true,
      target: 'node20',
      ssr: true,
      minify: false,
      rollupOptions: { input: { receiver: 'receiver/cli.ts' }, output: { entryFileNames: '[name].mjs' } },
    },
  })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  return { folder, file: join(folder, 'dist', 'receiver.mjs') }
}

/** A receiver in a process of its own. */
export interface ReceiverProcess {
  readonly url: string
  readonly child: ChildProcessWithoutNullStreams
  /** What it wrote for the operator and into its log. */
  readonly said: () => string
  /** Resolves with exit code and signal. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Starts the compiled command on a free port and waits until it listens. */
export async function runReceiver(
  file: string,
  dataDir: string,
  origin: string,
  database = '',
): Promise<ReceiverProcess> {
  const words = [file, 'serve', '--data', dataDir, '--port', '0', '--origin', origin]
  const child = spawn(process.execPath, words, { env: { ...process.env, DAYBOOK_DATABASE: database } })
  let said = ''
  const hear = (chunk: Buffer) => {
    said += chunk.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', () => {
      const found = /listens on (\S+)\./.exec(said)?.[1]
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(said)))
  })
  return { url, child, said: () => said, ended }
}
