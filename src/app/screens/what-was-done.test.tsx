// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { showCaseCode } from '../../record/ids.ts'
import { fingerprintWords } from '../../seal/words.ts'
import { ATablet, savedCase } from '../../testing/a-tablet.ts'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { WhatWasDone } from './what-was-done.tsx'

let tablet: ATablet
let vault: VaultApi
beforeAll(() => activate('en'))
beforeEach(async () => {
  tablet = new ATablet()
  ;({ vault } = await tablet.withAccount())
})
afterEach(async () => {
  cleanup()
  await tablet.database.delete()
})

async function show(more: Partial<House> = {}) {
  const house = { vault, go: () => undefined, session: await vault.session(), ...more }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <WhatWasDone />
      </HouseProvider>
    </I18nProvider>,
  )
  await screen.findByRole('list', { name: 'What was done' })
}
const lines = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)

describe('what was done', () => {
  it('stands newest first under its day, in words, with the code of the case and who did it', async () => {
    const { draft } = await savedCase(vault)
    tablet.clock.time += 86_400_000
    await vault.setPin('918273')
    await show()
    const found = lines()
    expect(found).toHaveLength(4)
    expect(found[0]).toMatch(/^May 3, 2024.*PIN changed.*Blue$/)
    expect(found[1]).toMatch(/^May 2, 2024.*Case saved/)
    expect(found[1]).toContain(showCaseCode(draft.code))
    expect(found[2]).toMatch(/^\d\d:\d\d Case begun/)
    expect(screen.getByText(/^This list is whole/)).toBeDefined()
  })

  it('is narrowed to one case', async () => {
    const one = await savedCase(vault)
    await savedCase(vault)
    await show()
    expect(lines()).toHaveLength(5)
    await act(async () => void fireEvent.change(screen.getByLabelText('Case'), { target: { value: one.draft.code } }))
    expect(lines()).toHaveLength(2)
    expect(lines().every((text) => text.includes(showCaseCode(one.draft.code)))).toBe(true)
  })

  it('says when a line is missing', async () => {
    await savedCase(vault)
    const first = await tablet.database.audit.toCollection().first()
    await tablet.database.audit.delete([first?.circleId ?? '', 2])
    await show()
    expect(screen.getByText(/^This list has a gap/)).toBeDefined()
  })

  it('is compared with the place that the organisation was told of', async () => {
    const { circleId = '' } = (await tablet.database.audit.toCollection().first()) ?? {}
    const mac = (await tablet.database.audit.where({ circleId }).last())?.mac
    const words = await fingerprintWords(mac ?? new Uint8Array(32))
    await savedCase(vault)
    await show({ organisation: { name: 'Harbour House' } } as Partial<House>)
    fireEvent.click(screen.getByText('Compare with the organisation'))
    const give = (text: string) =>
      fireEvent.change(screen.getByLabelText(/^Word \d of 6$/), { target: { value: text } })
    give(`${words.join(' ')} `)
    await screen.findByText(/^They are in this list: .* Nothing before that was cut off\.$/)
    fireEvent.click(screen.getByRole('button', { name: 'Take the last word back' }))
    give(words[5] === 'zoo' ? 'zone ' : 'zoo ')
    await screen.findByText(/^These words are not in this list\./)
  })

  it('has nobody to be compared with where there is no organisation', async () => {
    await show()
    expect(screen.queryByText('Compare with the organisation')).toBeNull()
  })
})
