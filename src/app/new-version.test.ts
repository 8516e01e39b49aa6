import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startWaitingVersion } from './new-version.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** What a browser has of two versions; `asked` is every message in its order. */
function twoVersions({ answers = true, takesOver = (): void => undefined } = {}) {
  const asked: string[] = []
  const old = {
    postMessage: ({ type }: { type: string }, [port]: MessagePort[]) => {
      asked.push(type)
      if (answers) port?.postMessage('')
    },
  }
  const waiting = {
    postMessage: ({ type }: { type: string }) => {
      asked.push(type)
      takesOver()
    },
  }
  const registration: { active: object; waiting: object | undefined } = { active: old, waiting }
  const container = { controller: old, getRegistration: async () => registration }
  return { asked, old, waiting, registration, container: container as unknown as ServiceWorkerContainer }
}

test('has the old version stand back before the new one is asked, and sees that it took over', async () => {
  vi.useRealTimers()
  const { asked, container, registration, waiting } = twoVersions({
    takesOver: () => void Object.assign(registration, { active: waiting, waiting: undefined }),
  })
  expect(await startWaitingVersion(container)).toBe(true)
  expect(asked).toEqual(['STAND_BACK', 'SKIP_WAITING'])
})

test('asks the new version, too, where one of an older release does not answer, and says that it was kept', async () => {
  const { asked, container } = twoVersions({ answers: false })
  const started = startWaitingVersion(container, 60_000)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toEqual(['STAND_BACK'])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(asked).toEqual(['STAND_BACK', 'SKIP_WAITING'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await started).toBe(false)
})

test('asks nobody where none waits', async () => {
  const { asked, container, registration } = twoVersions()
  registration.waiting = undefined
  expect(await startWaitingVersion(container)).toBe(true)
  expect(asked).toEqual([])
})
