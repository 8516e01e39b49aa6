import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DeliveryReport } from './deliver.ts'
import type { Trigger } from './line.ts'
import { keepSending, syncTag, waitAfter, type Sending, type Target } from './schedule.ts'

const now = Date.UTC(2026, 4, 2, 10)
const quarter = 15 * 60_000
const report = (change: Partial<DeliveryReport> = {}): DeliveryReport => ({
  status: 'done',
  received: 0,
  refused: 0,
  opened: 0,
  waiting: 0,
  code: '',
  nextAt: 0,
  ...change,
})

class APage extends EventTarget implements Target {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  readonly tags: string[] = []
  navigator: Target['navigator'] = {
    serviceWorker: { ready: Promise.resolve({ sync: { register: async (tag: string) => void this.tags.push(tag) } }) },
  }
  setTimeout = (callback: () => void, wait: number): number => setTimeout(callback, wait) as unknown as number
  clearTimeout = (timer: number): void => clearTimeout(timer)
}

let sending: Sending | undefined
const asked: Trigger[] = []
const begin = (answer: () => Promise<DeliveryReport> = async () => report(), target: Target = new APage()): Sending => {
  const deliver = (trigger: Trigger): Promise<DeliveryReport> => {
    asked.push(trigger)
    return answer()
  }
  return (sending = keepSending({ deliver, target, now: () => Date.now() }))
}

beforeEach(() => {
  vi.useFakeTimers({ now })
})
afterEach(() => {
  sending?.stop()
  asked.length = 0
  vi.useRealTimers()
})
const pass = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time)

describe('keepSending', () => {
  test('sends when the connection becomes another one, where the platform tells', async () => {
    const page = new APage()
    const connection = new EventTarget()
    page.navigator = { connection }
    begin(undefined, page)
    await pass(0)
    connection.dispatchEvent(new Event('change'))
    await pass(0)
    expect(asked).toEqual(['start', 'woken'])
    sending?.stop()
    connection.dispatchEvent(new Event('change'))
    await pass(0)
    expect(asked).toHaveLength(2)
  })

  test('has nobody woken for a network where there is no receiver to send to', async () => {
    const page = new APage()
    begin(async () => report({ status: 'not-set-up', waiting: 2 }), page)
    await pass(0)
    expect([asked, page.tags]).toEqual([['start'], []])
  })

  test('sends at the start, when the network comes and when the page is looked at', async () => {
    const page = new APage()
    begin(undefined, page)
    await pass(0)
    page.dispatchEvent(new Event('online'))
    page.document.dispatchEvent(new Event('visibilitychange'))
    page.document.visibilityState = 'hidden'
    page.document.dispatchEvent(new Event('visibilitychange'))
    await pass(0)
    expect(asked).toEqual(['start', 'woken', 'woken'])
  })

  test('goes on at once where what kept it from sending was of this page and is over, and else asks for nothing', async () => {
    let status: DeliveryReport['status'] = 'done'
    const page = begin(async () => {
      const [found] = [status, await new Promise((resolve) => setTimeout(resolve, 5))]
      return report({ status: found, waiting: 1 })
    })
    await pass(5)
    status = 'elsewhere'
    page.boxAdded()
    await pass(1)
    // It had found another one, and has not said so yet.
    page.lineFree()
    status = 'done'
    await pass(10)
    expect(asked).toEqual(['start', 'timer', 'timer'])
    page.lineFree()
    await pass(10)
    expect(asked).toHaveLength(3)
  })

  test('sends every quarter of an hour while it is open', async () => {
    begin()
    await pass(3 * quarter)
    expect(asked).toEqual(['start', 'timer', 'timer', 'timer'])
  })

  test('sends at the planned moment where that is earlier', async () => {
    begin(async () => report({ status: 'waiting', waiting: 1, nextAt: now + 40_000 }))
    await pass(39_999)
    expect(asked).toEqual(['start'])
    await pass(1)
    expect(asked).toEqual(['start', 'timer'])
  })

  test('goes on after a pass that threw', async () => {
    begin(() => Promise.reject(new Error('the disk said no')))
    await pass(quarter)
    expect(asked).toEqual(['start', 'timer'])
  })

  test('lets a wish in the middle of a pass have a pass of its own', async () => {
    let finish = (): void => undefined
    begin(() => new Promise((resolve) => (finish = () => resolve(report()))))
    await pass(0)
    sending?.boxAdded()
    await pass(0)
    expect(asked).toEqual(['start'])
    finish()
    await pass(0)
    expect(asked).toEqual(['start', 'timer'])
  })

  test('gives the person the outcome of their own pass', async () => {
    const page = begin(async () => report({ received: 2 }))
    expect(await page.sendNow()).toMatchObject({ received: 2 })
    expect(asked).toEqual(['start', 'person'])
  })

  test('keeps what a person asked for while somebody else sends, until they have ended', async () => {
    let status: DeliveryReport['status'] = 'elsewhere'
    begin(async () => report({ status }))
    expect(await sending?.sendNow()).toMatchObject({ status: 'elsewhere' })
    await pass(2_000)
    expect(asked).toEqual(['start', 'person', 'person', 'person'])
    status = 'done'
    await pass(1_000 + quarter)
    expect(asked).toEqual(['start', 'person', 'person', 'person', 'person', 'timer'])
  })

  test('asks the browser to wake the worker while something waits, and only then', async () => {
    const page = new APage()
    let waiting = 0
    begin(async () => report({ waiting }), page)
    await pass(0)
    expect(page.tags).toEqual([])
    waiting = 1
    sending?.boxAdded()
    await pass(0)
    expect(page.tags).toEqual([syncTag])
  })

  test.each<[string, Target['navigator']]>([
    ['no service worker', {}],
    ['no Background Sync', { serviceWorker: { ready: Promise.resolve({}) } }],
    [
      'a refusal',
      { serviceWorker: { ready: Promise.resolve({ sync: { register: () => Promise.reject(new Error()) } }) } },
    ],
  ])('sends all the same with %s', async (_, navigator) => {
    const page = new APage()
    page.navigator = navigator
    begin(async () => report({ waiting: 1 }), page)
    await pass(quarter)
    expect(asked).toEqual(['start', 'timer'])
  })

  test('does nothing more once it was stopped', async () => {
    const page = new APage()
    begin(undefined, page).stop()
    page.dispatchEvent(new Event('online'))
    await pass(2 * quarter)
    expect(asked).toEqual([])
  })
})

describe('waitAfter', () => {
  test.each<[string, DeliveryReport | undefined, number]>([
    ['nothing known', undefined, quarter],
    ['nothing planned', report(), quarter],
    ['a moment that is past', report({ nextAt: now - 5 }), 1_000],
    ['a moment far ahead', report({ nextAt: now + 10 * quarter }), quarter],
    ['another sender at it', report({ status: 'elsewhere' }), 10_000],
    ['a full disk', report({ status: 'no-room' }), 60_000],
  ])('%s', (_, last, wait) => {
    expect(waitAfter(last, now)).toBe(wait)
  })
})
