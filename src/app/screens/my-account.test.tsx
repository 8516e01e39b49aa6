// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { PassphraseChanged, WipePassphraseSet } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { MyAccount } from './my-account.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

interface Given {
  readonly changed?: PassphraseChanged
  readonly wipeSet?: WipePassphraseSet
  readonly session?: Partial<House['session']>
  readonly wipePassphrase?: boolean
  readonly setPin?: (pin: string) => Promise<void>
}

async function show(given: Given = {}) {
  const said: string[] = []
  const read = (bytes: Uint8Array<ArrayBuffer>) => void said.push(new TextDecoder().decode(bytes))
  const vault = {
    beforeWipe: async () => ({ onlyMine: 0, unreceived: 0, team: 0, waiting: 0, accounts: 1, lead: false }),
    setPin: vi.fn(given.setPin ?? (async () => undefined)),
    changePassphrase: async (current: Uint8Array<ArrayBuffer>, next: Uint8Array<ArrayBuffer>) => {
      read(current)
      read(next)
      return given.changed ?? { status: 'changed', wipeCleared: false }
    },
    setWipePassphrase: async (current: Uint8Array<ArrayBuffer>, wipe: Uint8Array<ArrayBuffer>) => {
      read(current)
      read(wipe)
      return given.wipeSet ?? { status: 'set' }
    },
  }
  const sessionChanged = vi.fn(async () => undefined)
  const session = { label: 'Blue heron', hasPin: false, hasWipePassphrase: false, ...given.session }
  const organisation = { wipePassphrase: given.wipePassphrase ?? false }
  const house = { vault, session, sessionChanged, organisation, go: () => undefined, hide: () => undefined }
  await act(async () =>
    render(
      <I18nProvider i18n={i18n}>
        <HouseProvider value={house as unknown as House}>
          <MyAccount />
        </HouseProvider>
      </I18nProvider>,
    ),
  )
  return { vault, said, sessionChanged }
}

const press = async (name: string) => await act(async () => void fireEvent.click(screen.getByRole('button', { name })))
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } })

async function sixWords(): Promise<string> {
  const list = await screen.findByRole('list', { name: 'Your six words' })
  await waitFor(() => expect(list.children.length).toBe(6))
  return [...list.children].map((one) => one.textContent).join(' ')
}

it('changes the passphrase to the words that are offered, after the one until now', async () => {
  const { said, sessionChanged } = await show({ changed: { status: 'changed', wipeCleared: true } })
  await press('Change the passphrase')
  const words = await sixWords()
  type('Your passphrase until now', 'Casa del Mar')
  type('Type the passphrase once', words)
  await press('Change the passphrase now')
  await screen.findByText(/Only the new one opens this account/)
  expect(said).toEqual(['casa del mar', words])
  expect(screen.getByText(/Your wipe passphrase was taken away/)).toBeDefined()
  expect(sessionChanged).toHaveBeenCalledTimes(1)
  expect(screen.queryByText(words.split(' ')[0] ?? '')).toBeNull()
})

it('asks the vault for nothing before the new passphrase was typed the same', async () => {
  const { said } = await show()
  await press('Change the passphrase')
  await sixWords()
  type('Your passphrase until now', 'Casa del Mar')
  type('Type the passphrase once', 'something else')
  await press('Change the passphrase now')
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was changed')
  expect(said).toEqual([])
})

it.each([
  [{ status: 'wrong', waitMs: 0 }, 'That is not your passphrase. Nothing was changed.'],
  [{ status: 'wait', waitMs: 5_000 }, 'Too many tries in a row'],
  [{ status: 'key-slot' }, 'missing or damaged'],
  [{ status: 'not-saved', reason: 'quota' }, 'the passphrase until now still opens'],
] as const)('says what it was where the passphrase is not changed: $0.status', async (changed, sentence) => {
  await show({ changed })
  await press('Change the passphrase')
  type('Type the passphrase once', await sixWords())
  await press('Change the passphrase now')
  expect((await screen.findByRole('alert')).textContent).toContain(sentence)
})

it('sets a PIN of six digits in any script, and says that it protects nothing that is stored', async () => {
  const { vault, sessionChanged } = await show()
  expect(document.body.textContent).toContain('It protects nothing that is stored')
  type('PIN, 6 digits', '12345')
  await press('Set the PIN')
  expect(vault.setPin).not.toHaveBeenCalled()
  type('PIN, 6 digits', '٤٢٨١٩٣')
  await press('Set the PIN')
  expect(vault.setPin).toHaveBeenCalledWith('428193')
  expect(sessionChanged).toHaveBeenCalledTimes(1)
  expect(screen.queryByRole('button', { name: 'Take the PIN away' })).toBeNull()
})

it('takes a PIN away, and says so where that could not be stored', async () => {
  const { vault } = await show({ session: { hasPin: true }, setPin: () => Promise.reject(new Error('quota')) })
  await press('Take the PIN away')
  expect(vault.setPin).toHaveBeenCalledWith('')
  expect(screen.getByRole('alert').textContent).toContain('It is as it was')
})

it('offers a wipe passphrase only where the organisation does', async () => {
  await show()
  expect(screen.queryByText('Wipe passphrase')).toBeNull()
  cleanup()
  const { said } = await show({ wipePassphrase: true })
  type('Passphrase that erases', 'Seven Geese')
  type('Type it once more', 'seven geese!')
  type('Passphrase that opens', 'Casa del Mar')
  await press('Set the wipe passphrase')
  expect(said).toEqual(['casa del mar', 'seven geese'])
  expect(screen.getByText('The wipe passphrase is set.')).toBeDefined()
})

it('refuses a wipe passphrase that is short, or the one that opens', async () => {
  const { said } = await show({ wipePassphrase: true, wipeSet: { status: 'same' } })
  type('Passphrase that erases', 'short')
  await press('Set the wipe passphrase')
  expect(screen.getByRole('alert').textContent).toContain('at least 8 signs')
  expect(said).toEqual([])
  type('Passphrase that erases', 'Casa del Mar')
  type('Type it once more', 'Casa del Mar')
  await press('Set the wipe passphrase')
  expect(screen.getByRole('alert').textContent).toContain('That is the passphrase that opens')
})
