// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { CaseFormProvider, useCaseForm } from '../../form/case-form.tsx'
import { activate, i18n } from '../../i18n/i18n.ts'
import { aDraft, begun, ids } from '../../testing/a-case.ts'
import type { PossibleDouble } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { PossibleDoubles } from './possible-doubles.tsx'

beforeAll(() => activate('en'))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const go = vi.fn()

function ACase(): ReactNode {
  const form = useCaseForm(aDraft(), { now: begun, steps: [1, 2, 3] })
  return (
    <CaseFormProvider value={form}>
      <PossibleDoubles id="this" />
    </CaseFormProvider>
  )
}

async function show(answer: () => Promise<PossibleDouble[]>) {
  const possibleDoubles = vi.fn<(id: string, keys: unknown) => Promise<PossibleDouble[]>>(answer)
  const house = { go, vault: { possibleDoubles } } as unknown as House
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house}>
        <ACase />
      </HouseProvider>
    </I18nProvider>,
  )
  await act(async () => void (await vi.advanceTimersByTimeAsync(1_000)))
  return possibleDoubles
}

const doubles: PossibleDouble[] = [
  { id: 'one', code: '100000001', why: 'alike' },
  { id: 'two', code: '100000002', why: 'pseudonym' },
]

it('asks the vault with the keys of the victims, names one case at a time and leads to it', async () => {
  const asked = await show(async () => doubles)
  expect(asked).toHaveBeenCalledTimes(1)
  expect(asked.mock.calls[0]).toMatchObject(['this', [{ id: ids.worker, sxv: 'f' }, { id: ids.child }]])
  expect(screen.getByRole('status').textContent).toContain('100 000 001 may speak of the same person')
  fireEvent.click(screen.getByRole('button', { name: 'Look at it' }))
  expect(go).toHaveBeenCalledWith({ name: 'case', id: 'one' })
})

it('puts a case aside that is about another person', async () => {
  await show(async () => doubles)
  fireEvent.click(screen.getByRole('button', { name: 'Another person' }))
  expect(screen.getByRole('status').textContent).toContain('100 000 002 speaks of the same person')
  fireEvent.click(screen.getByRole('button', { name: 'Another person' }))
  expect(screen.queryByRole('status')).toBeNull()
})

it('says nothing where there is none, or the vault does not answer', async () => {
  await show(async () => [])
  expect(screen.queryByRole('status')).toBeNull()
  cleanup()
  await show(() => Promise.reject(new Error('locked')))
  expect(screen.queryByRole('status')).toBeNull()
})
