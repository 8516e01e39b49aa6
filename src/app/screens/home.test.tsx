// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { ATablet, savedCase } from '../../testing/a-tablet.ts'
import { fetchAhead } from '../../ui/later.tsx'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { Home } from './home.tsx'

let tablet: ATablet
let vault: VaultApi
beforeAll(async () => {
  await activate('en')
  await fetchAhead()
})
beforeEach(async () => {
  tablet = new ATablet()
  vi.useFakeTimers({ now: tablet.clock.time, toFake: ['Date'] })
  ;({ vault } = await tablet.withAccount())
})
afterEach(async () => {
  cleanup()
  vi.useRealTimers()
  await tablet.database.delete()
})

async function home(more: Partial<VaultApi> = {}, until = () => screen.findByRole('list', { name: 'Cases' })) {
  const house = {
    vault: { ...vault, ...more },
    go: () => undefined,
    session: await vault.session(),
    carried: 0,
    taken: 0,
  }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <Home />
      </HouseProvider>
    </I18nProvider>,
  )
  await until()
}

const title = async (words: RegExp) => (await screen.findByRole('heading', { level: 2, name: words })).textContent

describe('the card to go on with', () => {
  it('names the section in which the case was left', async () => {
    const { id, rev, draft } = await savedCase(vault)
    const second = draft.perpetrators[0]
    if (!second) throw new Error('no perpetrator')
    await vault.save(id, rev, draft, { section: second.id })
    await home()
    expect(await title(/^Case .* · /)).toMatch(/^Case \d{3} \d{3} \d{3} · Perpetrator 1$/)
  })

  it('names the end of the case, too, and nothing where it was never left in a section', async () => {
    const { id, rev, draft } = await savedCase(vault)
    await home()
    expect(await title(/^Case /)).toMatch(/^Case \d{3} \d{3} \d{3}$/)
    cleanup()
    await vault.save(id, rev, draft, { section: 'send' })
    await home()
    expect(await title(/^Case .* · /)).toMatch(/ · Check and send$/)
  })
})

it('says calmly what opens from the next unlock on', async () => {
  const list = async () => ({ cases: [], unreadable: 0, later: 2 })
  await home({ list }, () => screen.findByText('2 cases of the team open from your next unlock on.'))
  expect(document.querySelectorAll('.note.plain')).toHaveLength(1)
  expect(document.querySelector('.note.warn, .note.must')).toBeNull()
})
