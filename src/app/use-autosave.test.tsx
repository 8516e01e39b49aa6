// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { aDraft } from '../testing/a-case.ts'
import type { CasePlace, OpenCase } from '../vault/api.ts'
import type { VaultClient } from '../vault/vault-client.ts'
import { flushAll } from './leaving.ts'
import { useAutosave, useSaveState } from './use-autosave.ts'

afterEach(cleanup)

test('whoever reads the cases after one was left waits for its last words', async () => {
  let stored = 'nothing'
  const save = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    stored = 'the last words'
    return { status: 'saved', rev: 2, at: '2025-11-22T10:00:00.000Z' } as const
  }
  const vault = { save } as unknown as VaultClient['api']
  const open = { id: 'a', rev: 1, changedAt: '2025-11-22T09:00:00.000Z', changedSinceSent: false } as OpenCase
  const what = { draft: aDraft(), place: undefined, aside: {} }
  const { result, unmount } = renderHook(() => useAutosave(vault, open, () => what))
  result.current.touch()
  unmount()
  expect(await flushAll()).toBe(true)
  expect(stored).toBe('the last words')
  stored = 'nothing'
  await flushAll()
  expect(stored).toBe('nothing')
})

test('how saving stands is told to whoever asks for it, and the case itself is not drawn again', async () => {
  const save = async () => ({ status: 'saved', rev: 2, at: '2025-11-22T10:00:00.000Z', changed: true }) as const
  const vault = { save } as unknown as VaultClient['api']
  const open = { id: 'a', rev: 1, changedAt: '2025-11-22T09:00:00.000Z', changedSinceSent: false } as OpenCase
  let drawn = 0
  const { result } = renderHook(() => {
    drawn += 1
    return useAutosave(vault, open, () => ({ draft: aDraft(), place: undefined, aside: {} }))
  })
  const line = renderHook(() => useSaveState(result.current))
  const before = drawn
  expect(line.result.current).toEqual({ status: 'saved', at: open.changedAt, changed: false })
  act(() => result.current.touch())
  expect(line.result.current).toEqual({ status: 'unsaved' })
  await act(async () => await result.current.flush())
  expect(line.result.current).toEqual({ status: 'saved', at: '2025-11-22T10:00:00.000Z', changed: true })
  expect(drawn).toBe(before)
})

test('where somebody is in a text is saved when the screen is let go, once, though nothing was typed', async () => {
  const places: unknown[] = []
  const save = async (_: string, rev: number, __: unknown, place: unknown) => {
    places.push(place)
    return { status: 'saved', rev: rev + 1, at: '2025-11-22T10:00:00.000Z' } as const
  }
  const vault = { save } as unknown as VaultClient['api']
  const kept = { section: 'event', field: 'moc', caret: { box: 3, from: 1, to: 1 } }
  const open = {
    id: 'a',
    rev: 1,
    changedAt: '2025-11-22T09:00:00.000Z',
    changedSinceSent: false,
    place: kept,
  } as OpenCase
  let place: CasePlace = kept
  const { result } = renderHook(() => useAutosave(vault, open, () => ({ draft: aDraft(), place, aside: {} })))
  await result.current.flush()
  expect(places).toEqual([])
  place = { section: 'event', field: 'moc' }
  await result.current.flush()
  expect(places).toEqual([])
  place = { ...kept, caret: { box: 3, from: 4, to: 9 } }
  await flushAll()
  await flushAll()
  expect(places).toEqual([place])
})
