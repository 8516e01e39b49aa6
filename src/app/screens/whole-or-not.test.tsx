// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { showCaseCode } from '../../record/ids.ts'
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
  ;({ vault } = await tablet.withAccount())
})
afterEach(async () => {
  cleanup()
  await tablet.database.delete()
})

/** Home over a real vault, after it has looked. */
async function home() {
  const session = await vault.session()
  const house = { vault, go: () => undefined, session, tidied: await vault.tidy(), carried: 0, taken: 0 }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>
        <Home />
      </HouseProvider>
    </I18nProvider>,
  )
  await screen.findByRole('list', { name: 'Cases' })
}

const listed = () => within(screen.getByRole('list', { name: 'Cases' })).getAllByRole('listitem')

const row = async (id: string) => {
  const found = await tablet.database.records.get(id)
  if (!found) throw new Error('no row')
  return found
}

describe('home', () => {
  it('says nothing of this where all is as the log says', async () => {
    await savedCase(vault)
    await home()
    expect(document.querySelector('.note')).toBeNull()
    expect(screen.queryByText('changed outside of Daybook')).toBeNull()
  })

  it('names how many cases were changed outside, and marks those in the list alone', async () => {
    const kept = await savedCase(vault)
    const older = await row(kept.id)
    await vault.save(kept.id, kept.rev, { ...kept.draft, localReference: 'later' })
    const other = await savedCase(vault)
    await tablet.database.records.put(older)
    await home()
    expect(await screen.findByText(/^1 case was changed outside of Daybook\. Nothing was deleted/)).toBeDefined()
    const marked = listed().filter(({ textContent }) => textContent.includes('changed outside'))
    expect(marked.map(({ textContent }) => textContent.slice(0, 11))).toEqual([showCaseCode(kept.draft.code)])
    expect(other.draft.code).not.toBe(kept.draft.code)
  })

  it('names what is gone, and a log with a gap', async () => {
    const gone = await savedCase(vault)
    await savedCase(vault)
    await tablet.database.records.delete(gone.id)
    const last = await tablet.database.audit.toCollection().first()
    await tablet.database.audit.delete([last?.circleId ?? '', 1])
    await home()
    expect(await screen.findByText(/^1 case that was saved here is not here any more/)).toBeDefined()
    expect(screen.getByText(/^The list of what was done has a gap/)).toBeDefined()
  })

  it('hands out what does not open as a file, closed as it lies there, and shows the others', async () => {
    const bad = await savedCase(vault)
    await savedCase(vault)
    const { body, ...rest } = await row(bad.id)
    await tablet.database.records.put({
      ...rest,
      body: body.map((byte) => byte ^ 1),
      sum: rest.sum.map((byte) => byte ^ 1),
    })
    await home()
    expect(listed()).toHaveLength(1)
    const blobs: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob)
      return 'blob:here'
    })
    await act(async () => void fireEvent.click(await screen.findByRole('button', { name: 'Save it as a file' })))
    expect(await screen.findByText(/^The file was handed to the browser's downloads/)).toBeDefined()
    const file = JSON.parse((await blobs[0]?.text()) ?? '') as { rows: { id: string }[] }
    expect(file.rows.map(({ id }) => id)).toEqual([bad.id])
    expect(JSON.stringify(file)).not.toContain(bad.draft.code)
  })
})
