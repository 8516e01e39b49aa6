// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { aDraft, begun } from '../../testing/a-case.ts'
import type { PassphraseCheck } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { PrintCase } from './print-case.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

const draft = aDraft()
const open = {
  id: 'one',
  rev: 1,
  draft,
  state: 'draft',
  code: draft.code,
  changedSinceSent: false,
  changedAt: begun,
  history: [],
}

async function show(answer: PassphraseCheck, note = async () => undefined, allowed = true) {
  const calls: string[] = []
  const said =
    <T,>(name: string, does: () => Promise<T>) =>
    async () => {
      calls.push(name)
      return await does()
    }
  const vault = {
    mayPrint: async () => allowed,
    samePassphrase: said('samePassphrase', async () => answer),
    note: vi.fn(said('note', note)),
    open: said('open', async () => open),
  }
  const house = { vault, go: () => undefined, hide: () => undefined, session: { hasPin: true } } as unknown as House
  await act(async () =>
    render(
      <I18nProvider i18n={i18n}>
        <HouseProvider value={house}>
          <PrintCase id="one" />
        </HouseProvider>
      </I18nProvider>,
    ),
  )
  return { calls, vault }
}

async function ask(...given: Parameters<typeof show>) {
  const shown = await show(...given)
  fireEvent.change(screen.getByLabelText('Your passphrase'), { target: { value: 'six words' } })
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Show it for printing' })))
  return shown
}

it('opens a case for paper only after the passphrase and the note in the log', async () => {
  const { calls, vault } = await ask({ status: 'right' })
  expect(calls).toEqual(['samePassphrase', 'note', 'open'])
  expect(vault.note).toHaveBeenCalledWith('print', 'one')
  expect(screen.getByText('482 913 070')).toBeDefined()
  const print = vi.fn()
  Object.assign(window, { print })
  fireEvent.click(screen.getByRole('button', { name: 'Print' }))
  expect(print).toHaveBeenCalledTimes(1)
  expect(screen.getByRole('status').textContent).toContain('print window')
})

it('shows nothing after a wrong passphrase', async () => {
  const { calls } = await ask({ status: 'wrong', waitMs: 0 })
  expect(calls).toEqual(['samePassphrase'])
  expect(screen.getByRole('alert').textContent).toContain('That is not your passphrase')
  expect(screen.queryByText('482 913 070')).toBeNull()
})

it('shows nothing where the log cannot be written', async () => {
  const { calls } = await ask({ status: 'right' }, () => Promise.reject(new Error('quota')))
  expect(calls).toEqual(['samePassphrase', 'note'])
  expect(screen.getByRole('alert').textContent).toContain('Nothing was printed')
})

it('says that printing is switched off, and asks for no passphrase', async () => {
  const { calls } = await show({ status: 'right' }, undefined, false)
  expect(calls).toEqual([])
  expect(screen.getByRole('status').textContent).toContain('switched off on this tablet')
  expect(screen.queryByLabelText('Your passphrase')).toBeNull()
})
