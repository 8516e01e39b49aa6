import type { Page } from '@playwright/test'

interface Kept {
  readonly keptTimers?: { readonly run: () => void; readonly end: () => void }
}

/**
 * From now on timers of these lengths do not run in this page, so that what lasts for seconds can be looked at for
 * longer. `runTimers` lets those run that were set meanwhile and not cleared; `endStandstill` lets all run as before, too.
 */
export async function beginStandstill(page: Page, ...lengths: readonly number[]): Promise<void> {
  await page.evaluate((stopped) => {
    const { setTimeout: set, clearTimeout: clear } = globalThis
    const kept = new Map<number, () => void>()
    let last = 0
    const run = () => {
      const now = [...kept.values()]
      kept.clear()
      for (const one of now) one()
    }
    const setKept = (act: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
      if (!stopped.includes(ms ?? 0)) return set(act, ms, ...given)
      last -= 1
      kept.set(last, () => act(...given))
      return last
    }
    const clearKept = (timer?: number) => void (kept.delete(timer ?? 0) || clear(timer))
    Object.assign(globalThis, { setTimeout: setKept, clearTimeout: clearKept })
    const end = () => void Object.assign(globalThis, { setTimeout: set, clearTimeout: clear })
    Object.assign(globalThis, { keptTimers: { run, end } })
  }, lengths)
}

export const runTimers = async (page: Page): Promise<void> =>
  await page.evaluate(() => (globalThis as Kept).keptTimers?.run())

export async function endStandstill(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { keptTimers } = globalThis as Kept
    keptTimers?.end()
    keptTimers?.run()
  })
}
