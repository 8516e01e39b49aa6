// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { fetchAhead } from '../../ui/later.tsx'
import type { Unlocked } from '../../vault/api.ts'
import { UnlockScreen } from './unlock.tsx'

beforeAll(async () => {
  await activate('en')
  await fetchAhead()
})
afterEach(cleanup)

const start = {
  accounts: [
    { accountId: 'one', label: 'Blue heron', waitMs: 0 },
    { accountId: 'two', label: 'Grey owl', waitMs: 30_000 },
  ],
  device: { configured: true, label: 'our office', host: 'receiver.example' },
}

function show(answer: Unlocked = { status: 'wrong', waitMs: 0 }) {
  const said: string[] = []
  const unlock = vi.fn(async (_: string, passphrase: Uint8Array<ArrayBuffer>) => {
    said.push(new TextDecoder().decode(passphrase))
    return answer
  })
  const onNewAccount = vi.fn()
  render(
    <I18nProvider i18n={i18n}>
      <UnlockScreen
        start={start}
        waiting={3}
        unlock={unlock}
        covered={new Set()}
        onCovered={() => undefined}
        onNewAccount={onNewAccount}
      />
    </I18nProvider>,
  )
  return { unlock, said, onNewAccount }
}

const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name })
const press = async (name: string | RegExp) => await act(async () => void fireEvent.click(button(name)))

it('lets each account wait for itself', async () => {
  const { unlock } = show({ status: 'wrong', waitMs: 5_000 })
  expect(button(/^Grey owl/).textContent).toContain('Try again in 30 seconds')
  await press(/^Grey owl/)
  expect(button('Try again in 30 seconds').disabled).toBe(true)
  await press(/^Blue heron/)
  fireEvent.change(screen.getByLabelText('Passphrase'), { target: { value: 'not it' } })
  await press('Unlock')
  expect(unlock).toHaveBeenCalledTimes(1)
  expect(screen.getByRole('alert').textContent).toContain('Nothing was changed or deleted')
  expect(button('Try again in 5 seconds').disabled).toBe(true)
  expect(button(/^Blue heron/).textContent).toContain('Try again in 5 seconds')
})

it('forgets what was typed for one account when another is chosen', async () => {
  show()
  await press(/^Blue heron/)
  fireEvent.change(screen.getByLabelText('Passphrase'), { target: { value: 'half a phr' } })
  await press(/^Grey owl/)
  expect(screen.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('')
})

it('takes a phrase word by word, by taps, by space and by Enter, and keeps the words covered', async () => {
  const { said } = show()
  await press(/^Blue heron/)
  await press('Enter word by word')
  const field = () => screen.getByLabelText<HTMLInputElement>('Next word: its first letters')
  const type = (value: string) => fireEvent.change(field(), { target: { value } })
  type('aba')
  await press('abandon')
  type('zebra')
  type('zebra ')
  type('zoo')
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(screen.getByText('3 words so far.')).toBeDefined()
  expect(screen.queryByText('zebra')).toBeNull()
  type('xx')
  expect(screen.getByRole('status').textContent).toBe('No word of the list begins so.')
  type('')
  await press('Take back the last word')
  await press('Show the words')
  expect(screen.getByText('zebra')).toBeDefined()
  expect(screen.queryByText('zoo')).toBeNull()
  await press('Unlock')
  expect(said).toEqual(['abandon zebra'])
})

it('says what is safe before what is lost, and leads to another account', async () => {
  const { onNewAccount } = show()
  await press(/^Blue heron/)
  await press('I forgot it')
  const text = screen.getByRole('dialog').textContent ?? ''
  const order = ['What is safe', '3 cases wait to be sent', 'What nobody can open without it', 'What you can do']
  const places = order.map((part) => text.indexOf(part))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places[0]).toBeGreaterThanOrEqual(0)
  await press('Make another account')
  expect(onNewAccount).toHaveBeenCalledTimes(1)
})
