import { startAppServer } from './app-files.ts'
import {
  connectOf,
  databaseOf,
  dataOf,
  numberOf,
  originsOf,
  rootOf,
  type Surroundings,
  type Values,
} from './command-words.ts'
import type { Listening } from './listen.ts'
import { logTo } from './log.ts'
import { startReceiver } from './server.ts'

export async function serve(values: Values, _: readonly string[], { out, err, stop }: Surroundings): Promise<number> {
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

export async function app(values: Values, _: readonly string[], { err, stop }: Surroundings): Promise<number> {
  const running = await startApp(values, values.port)
  err(`The app is served on ${running.url}. Stop it with Ctrl+C.\n`)
  await stop
  await running.close()
  return 0
}
