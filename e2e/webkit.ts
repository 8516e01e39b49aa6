import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './house.ts'

/** WebKitGTK by plain WebDriver, in a display and a message bus of its own. It keeps nothing from session to session. */
export interface WebKit {
  readonly goTo: (url: string) => Promise<void>
  readonly reload: () => Promise<void>
  /** The body of a function, called with these; what it gives may be a promise. */
  readonly run: <T>(script: string, ...given: readonly unknown[]) => Promise<T>
  /** Waits until the screen says this, and gives all that it says; what it said last is in the error. */
  readonly says: (wanted: RegExp, ms?: number) => Promise<string>
  /** A button or a choice, by its words. */
  readonly press: (words: string) => Promise<void>
  /** A field, by its label. */
  readonly type: (label: string, text: string) => Promise<void>
  readonly close: () => void
}

type Call = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>

const callAt =
  (address: string): Call =>
  async (method, path, body) => {
    const given = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${address}${path}`, { method, ...given, signal: AbortSignal.timeout(60_000) })
    const { value } = (await answer.json()) as { value: unknown }
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(value)}`)
    return value
  }

async function answering(call: Call): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      return void (await call('GET', '/status'))
    } catch (cause) {
      if (tries === 80) throw cause
      await sleep(250)
    }
}

/** @param features of WebKit to be switched on, such as `StorageAPI` */
export async function openWebKit(features: readonly string[] = []): Promise<WebKit> {
  const port = await freePort()
  const {
    WEBKIT = 'WebKitWebDriver',
    DISPLAY_FOR_WEBKIT = 'xvfb-run',
    BUS_FOR_WEBKIT = 'dbus-run-session',
  } = process.env
  const words = ['-a', BUS_FOR_WEBKIT, '--', WEBKIT, `--port=${port}`, '--host=127.0.0.1']
  const driver = spawn(DISPLAY_FOR_WEBKIT, words, { detached: true, stdio: 'ignore' })
  // Display, bus, driver and browser are one group.
  const close = () => void (driver.pid && process.kill(-driver.pid, 'SIGKILL'))
  try {
    const call = callAt(`http://127.0.0.1:${port}`)
    await answering(call)
    const args = ['--automation', ...(features.length > 0 ? [`--features=${features.join()}`] : [])]
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { args } } }
    const { sessionId } = (await call('POST', '/session', { capabilities })) as { sessionId: string }
    return { ...handsOf(async (method, path, body) => await call(method, `/session/${sessionId}${path}`, body)), close }
  } catch (cause) {
    close()
    throw cause
  }
}

const button = `return [...document.querySelectorAll('button, label')].find((one) => one.innerText.trim().includes(given[0]))`
const field = `const named = [...document.querySelectorAll('label')].find((one) => one.innerText.includes(given[0]))
  return named && document.getElementById(named.htmlFor)`

function handsOf(call: Call): Omit<WebKit, 'close'> {
  const run = async <T>(script: string, ...given: readonly unknown[]): Promise<T> => {
    const asked = `const [given, done] = arguments
      new Promise((resolve) => resolve((() => { ${script} })())).then(done, (error) => done('failed: ' + error))`
    return (await call('POST', '/execute/async', { script: asked, args: [given] })) as T
  }
  const found = async (script: string, name: string): Promise<string> => {
    for (let tries = 1; ; tries++) {
      const element = await run<Record<string, string> | null>(script, name)
      const [id] = Object.values(element ?? {})
      if (id) return id
      if (tries === 40) throw new Error(`nothing is named ${name}`)
      await sleep(250)
    }
  }
  return {
    run,
    goTo: async (url) => void (await call('POST', '/url', { url })),
    reload: async () => void (await call('POST', '/refresh', {})),
    async says(wanted, ms = 20_000) {
      const end = Date.now() + ms
      for (;;) {
        const text = await run<string>('return document.body.innerText')
        if (wanted.test(text)) return text
        if (Date.now() > end) throw new Error(`the screen said: ${text}`)
        await sleep(200)
      }
    },
    press: async (words) => void (await call('POST', `/element/${await found(button, words)}/click`, {})),
    type: async (label, text) => void (await call('POST', `/element/${await found(field, label)}/value`, { text })),
  }
}
