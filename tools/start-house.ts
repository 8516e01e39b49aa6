/**
 * The whole house for trying out, in one process on the loopback: the receiver on its embedded database, the app on an
 * origin of its own, an organisation with keys of its own. Prints a link that sets a browser up and the command that
 * opens what arrives. Everything is kept in one folder, so that the second start has the same data.
 */
import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { makeTrialOrganisation } from '../desk/trial.ts'
import { startAppServer } from '../receiver/app-files.ts'
import { startReceiver } from '../receiver/server.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['DAYBOOK_DATA'] ?? '.data' },
    port: { type: 'string', default: process.env['DAYBOOK_PORT'] ?? '8420' },
    'receiver-port': { type: 'string', default: process.env['DAYBOOK_RECEIVER_PORT'] ?? '8421' },
  },
})

function stop(sentence: string): never {
  console.error(`\n${sentence}\n`)
  process.exit(1)
}

const portOf = (text: string, name: string): number => {
  const port = Number(text)
  return Number.isInteger(port) && port >= 0 && port < 65_536
    ? port
    : stop(`${name} must be a port number from 0 to 65535; "${text}" is not one. Nothing was started.`)
}

const sentenceFor = (cause: unknown, what: string, port: number, option: string): string => {
  const code = (cause as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use, so ${what} cannot start; perhaps Daybook is already running. Stored data were not changed. Stop the other program, or choose another port: npm start -- --${option} ${port + 10}`
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `${what} may not write to ${values.data} or open port ${port}. Nothing was changed. Choose another folder: npm start -- --data FOLDER`
  return `${what} could not start (${code ?? (cause as Error).name}: ${(cause as Error).message}). Stored data were not changed.`
}

const appPort = portOf(values.port, '--port')
const receiverPort = portOf(values['receiver-port'], '--receiver-port')
const data = values.data
const root = join(import.meta.dirname, '..', 'app')
const app = await startAppServer({ root, port: appPort, host: '127.0.0.1', development: true }).catch(
  (cause: unknown) => stop(sentenceFor(cause, 'the app', appPort, 'port')),
)
try {
  mkdirSync(data, { recursive: true, mode: 0o700 })
} catch (cause) {
  stop(sentenceFor(cause, 'Daybook', appPort, 'port'))
}
const appUrl = app.url.replace('127.0.0.1', 'localhost')
const receiver = await startReceiver({
  dataDir: join(data, 'receiver'),
  port: receiverPort,
  host: '127.0.0.1',
  appOrigins: [appUrl, app.url],
}).catch((cause: unknown) => stop(sentenceFor(cause, 'the receiver', receiverPort, 'receiver-port')))

const deskToken = await receiver.deskToken()
const { setupLink } = await makeTrialOrganisation({
  dir: join(data, 'organisation'),
  endpoint: receiver.url,
  appUrl,
  receiverPublicKey: receiver.receiptPublicKey,
  deskToken,
  issueCode: () => receiver.issueCode({ openWhileRunning: true }),
})

const keys = relative('.', join(data, 'organisation')) || '.'
console.log(`
Daybook is running. Stop it with Ctrl+C; what was received stays in ${data}.

Set a browser up as a tablet:
  ${setupLink}

Open what arrives (tables are written to ${join(data, 'opened')}):
  npm run desk -- open --keys ${keys} --out ${join(data, 'opened')}
`)

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    void Promise.all([app.close(), receiver.close()]).then(() => process.exit(0))
  })
