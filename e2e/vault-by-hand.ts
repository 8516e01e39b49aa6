import type { BrowserContext, Page } from '@playwright/test'

/**
 * The vault of a real page, asked directly as the page asks it: for stories that need more cases than anybody would want
 * to type, and for kills that must fall into the vault's own work. It is the same worker over the same disk.
 */
export async function holdVault(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const Real = Worker
    class Held extends Real {
      constructor(...given: ConstructorParameters<typeof Worker>) {
        super(...given)
        Object.assign(globalThis, { heldVault: this })
      }
    }
    Object.assign(globalThis, { Worker: Held })
  })
}

/** Words that go to the vault as folded UTF-8. */
export interface Phrase {
  readonly phrase: string
}

/** Calls a method of the vault and gives its answer; a `Phrase`, alone or within an object, arrives as bytes. */
export async function askVault<T>(page: Page, method: string, ...given: readonly unknown[]): Promise<T> {
  const answer = await page.evaluate(ask, { method, given: [...given], waitMs: 0, answered: true })
  return answer as T
}

/** The same without waiting for the answer: it is asked `waitMs` from now, and what becomes of it is not seen. */
export async function beginInVault(page: Page, waitMs: number, method: string, ...given: readonly unknown[]) {
  await page.evaluate(ask, { method, given: [...given], waitMs, answered: false })
}

interface Asked {
  readonly method: string
  readonly given: readonly unknown[]
  readonly waitMs: number
  readonly answered: boolean
}

async function ask({ method, given, waitMs, answered }: Asked): Promise<unknown> {
  const isPhrase = (value: unknown): value is { phrase: string } =>
    typeof value === 'object' && value !== null && 'phrase' in value
  const bytes = (value: unknown): unknown => {
    if (isPhrase(value)) return new TextEncoder().encode(value.phrase)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, isPhrase(one) ? bytes(one) : one]))
  }
  const { heldVault: worker } = globalThis as unknown as { heldVault: Worker }
  const call = () =>
    new Promise((resolve, reject) => {
      const id = crypto.randomUUID()
      const heard = ({ data }: MessageEvent<{ id: string; type: string; value: unknown }>) => {
        if (data.id !== id) return
        worker.removeEventListener('message', heard)
        if (data.type === 'RAW') resolve(data.value)
        else reject(new Error(`${method}: ${JSON.stringify(data.value)}`))
      }
      worker.addEventListener('message', heard)
      const argumentList = given.map((value) => ({ type: 'RAW', value: bytes(value) }))
      worker.postMessage({ id, type: 'APPLY', path: [method], argumentList })
    })
  if (answered) return await call()
  setTimeout(() => void call().catch(() => undefined), waitMs)
  return undefined
}
