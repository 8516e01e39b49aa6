import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Saved } from '../vault/api.ts'
import { Autosave } from './autosave.ts'
import type { SaveState } from './autosave.ts'

const states: SaveState[] = []
const conflicts: string[] = []
let results: Saved[] = []
let saves = 0
const autosave = () =>
  new Autosave({
    save: async () => {
      saves += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
      return results.shift() ?? { status: 'saved', rev: saves, at: String(saves) }
    },
    onState: (state) => states.push(state),
    onConflict: (copyId) => conflicts.push(copyId),
  })

beforeEach(() => {
  vi.useFakeTimers()
  states.length = 0
  conflicts.length = 0
  results = []
  saves = 0
})
afterEach(() => vi.useRealTimers())

test('saves 800 ms after the last change and says so only then', async () => {
  const saver = autosave()
  saver.touch()
  await vi.advanceTimersByTimeAsync(790)
  expect(saves).toBe(0)
  expect(states.at(-1)).toEqual({ status: 'unsaved' })
  await vi.advanceTimersByTimeAsync(50)
  expect(saves).toBe(1)
  expect(states.at(-1)).toEqual({ status: 'saved', at: '1' })
})

test('saves within 5 s even if the typing never stops', async () => {
  const saver = autosave()
  for (let ms = 0; ms < 5_200; ms += 200) {
    saver.touch()
    await vi.advanceTimersByTimeAsync(200)
  }
  expect(saves).toBeGreaterThanOrEqual(1)
})

test('a change during a save is saved afterwards, and nothing is called saved in between', async () => {
  const saver = autosave()
  saver.touch()
  await vi.advanceTimersByTimeAsync(805)
  saver.touch()
  await vi.advanceTimersByTimeAsync(100)
  expect(states.at(-1)).toEqual({ status: 'unsaved' })
  await vi.advanceTimersByTimeAsync(900)
  expect(saves).toBe(2)
  expect(states.at(-1)).toEqual({ status: 'saved', at: '2' })
})

test('a full device is told, tried again by itself every 10 s, and saved when space returns', async () => {
  results = [
    { status: 'not-saved', reason: 'quota' },
    { status: 'not-saved', reason: 'quota' },
  ]
  const saver = autosave()
  saver.touch()
  await vi.advanceTimersByTimeAsync(900)
  expect(states.at(-1)).toEqual({ status: 'not-saved', reason: 'quota' })
  expect(saver.unsaved).toBe(true)
  await vi.advanceTimersByTimeAsync(10_100)
  expect(saves).toBe(2)
  await vi.advanceTimersByTimeAsync(10_100)
  expect(states.at(-1)).toEqual({ status: 'saved', at: '3' })
  expect(saver.unsaved).toBe(false)
})

test('flush saves at once and waits for a running save first', async () => {
  const saver = autosave()
  saver.touch()
  await vi.advanceTimersByTimeAsync(805)
  saver.touch()
  const flushed = saver.flush()
  await vi.advanceTimersByTimeAsync(100)
  await flushed
  expect(saves).toBe(2)
  expect(saver.unsaved).toBe(false)
})

test('a conflict names the copy, and saving goes on', async () => {
  results = [{ status: 'conflict', copyId: 'copy' }]
  const saver = autosave()
  saver.touch()
  await vi.advanceTimersByTimeAsync(900)
  expect(conflicts).toEqual(['copy'])
  expect(states.at(-1)?.status).toBe('saved')
  saver.touch()
  await vi.advanceTimersByTimeAsync(900)
  expect(saves).toBe(2)
  expect(states.at(-1)).toEqual({ status: 'saved', at: '2' })
})

test('lets everybody wait who asks for it at the same time', async () => {
  const saver = autosave()
  saver.touch()
  const asked = [saver.flush(), saver.flush()]
  await vi.advanceTimersByTimeAsync(50)
  expect(await Promise.all(asked)).toEqual([true, true])
  expect(saves).toBe(1)
})

test('a flush saves what is changed while it saves, too, and says that all is on the disk', async () => {
  const saver = autosave()
  saver.touch()
  const flushed = saver.flush()
  await vi.advanceTimersByTimeAsync(10)
  saver.touch()
  await vi.advanceTimersByTimeAsync(100)
  expect(await flushed).toBe(true)
  expect(saves).toBe(2)
})

test('a flush that the device refuses ends, and is tried again later', async () => {
  results = [{ status: 'not-saved', reason: 'quota' }]
  const saver = autosave()
  saver.touch()
  const flushed = saver.flush()
  await vi.advanceTimersByTimeAsync(100)
  expect(await flushed).toBe(false)
  expect(saves).toBe(1)
  await vi.advanceTimersByTimeAsync(10_100)
  expect(saves).toBe(2)
})
