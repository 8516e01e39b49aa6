// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { wordsToIdentity } from '../../seal/words.ts'
import { ATablet, folded, savedCase } from '../../testing/a-tablet.ts'
import { fetchAhead } from '../../ui/later.tsx'
import type { VaultApi } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { CopiesScreen } from './copies.tsx'
import { CopyLine } from './copy-line.tsx'
import { DrawerScreen } from './drawer.tsx'

beforeAll(() => activate('en'))
beforeAll(fetchAhead)
const saved: { name: string; blob: Blob }[] = []
beforeEach(() => {
  saved.length = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push({ name: '', blob: blob as Blob })
    return 'blob:here'
  })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const last = saved.at(-1)
    if (last) saved.splice(-1, 1, { ...last, name: this.download })
  })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function show(what: React.ReactNode, vault: VaultApi, more: Partial<House> = {}) {
  const house = { vault, session: { hasPin: true }, go: vi.fn(), boxAdded: vi.fn(), practising: false, ...more }
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house as unknown as House}>{what}</HouseProvider>
    </I18nProvider>,
  )
  return house
}
const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }))
const wordsOf = (name: string) =>
  within(screen.getByRole('list', { name }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)
const type = (label: RegExp, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } })
const asked = () => Number(/Word (\d+) of 24/.exec(document.body.textContent ?? '')?.[1])

/** Goes through the screen as a person with paper does; gives the words. */
async function makeKey(vault: VaultApi): Promise<string[]> {
  show(<DrawerScreen />, vault)
  await press('Show the 24 words')
  const words = await vi.waitFor(() => wordsOf('The 24 words'))
  await press('They are on paper')
  for (let n = 0; n < 3; n++) type(/^Word \d/, `${words[asked() - 1]} `)
  await screen.findByText(/^The key is kept\. Copies/)
  cleanup()
  return words
}

/** The last word but one, or the nearest before it, whose change of places with the last the checksum notices: 255 in 256. */
function wherePlacesMatter(words: readonly string[]): number {
  const [last = ''] = words.slice(-1)
  const agree = (changed: readonly string[]) => {
    try {
      return wordsToIdentity(changed, 'hybrid') !== ''
    } catch {
      return false
    }
  }
  return words.findLastIndex((word, at) => at < 23 && !agree(words.with(at, last).with(23, word)))
}

describe('the key for the drawer', () => {
  it('is kept only after three of its words were given back, each at its place', async () => {
    const { vault } = await new ATablet().withAccount()
    show(<DrawerScreen />, vault)
    await press('Show the 24 words')
    const words = await vi.waitFor(() => wordsOf('The 24 words'))
    expect(words).toHaveLength(24)
    await press('They are on paper')
    expect(screen.queryByText(words[0] ?? '')).toBeNull()
    const first = asked()
    const other = words.find((word) => word !== words[first - 1]) ?? ''
    type(/^Word \d/, `${other} `)
    expect(screen.getByText(`That is not word ${first}. Compare it with the paper.`)).toBeDefined()
    type(/^Word \d/, 'xyzzy ')
    expect(screen.getByText(/no word of the list/)).toBeDefined()
    expect((await vault.copies()).drawer).toBe(false)
    for (let n = 0; n < 3; n++) {
      const word = words[asked() - 1] ?? ''
      type(/^Word \d/, word.slice(0, 4))
      await press(word)
    }
    await screen.findByText(/^The key is kept\. Copies/)
    expect((await vault.copies()).drawer).toBe(true)
  })

  it('can be put off, and home says so until there is one', async () => {
    const { vault } = await new ATablet().withAccount()
    const house = show(<DrawerScreen />, vault)
    await press('Later')
    expect(house.go).toHaveBeenCalledWith({ name: 'home' })
    cleanup()
    show(<CopyLine cases={0} now={Date.now()} />, vault)
    expect((await screen.findByText(/no key for the drawer yet/)).closest('.attention')).not.toBeNull()
  })
})

describe('the line on the home screen', () => {
  it('presses after seven days where no organisation has the cases, and not before', async () => {
    const tablet = new ATablet()
    const { vault } = await tablet.withAccount()
    await makeKey(vault)
    const line = async (days: number) => {
      cleanup()
      show(<CopyLine cases={1} now={tablet.clock.time + days * 24 * 60 * 60_000} />, vault)
      return (await screen.findByText('Copy to a stick or another device')).closest('p')?.className
    }
    expect(await line(0)).toContain('attention')
    await vault.noteCopied()
    expect(await line(6)).not.toContain('attention')
    expect(await line(8)).toContain('attention')
  })
})

describe('a draft that is too large for a safety copy', () => {
  const words =
    /^All of case 123 456 789 is saved on this tablet\..*organisation has none of it as it is now\. Copy it to a stick/
  const told = (_: string, element: Element | null) =>
    element?.tagName === 'SPAN' && words.test(element.textContent ?? '')
  const tooLong = ['123456789']

  it('is named on the home screen, above the way to make a copy, and not while practising', async () => {
    const { vault } = await new ATablet().withAccount()
    show(<CopyLine cases={1} tooLong={tooLong} now={Date.now()} />, vault)
    expect((await screen.findByText(told)).closest('.attention')).not.toBeNull()
    cleanup()
    show(<CopyLine cases={1} now={Date.now()} />, vault)
    await screen.findByText(/no key for the drawer yet/)
    expect(screen.queryByText(told)).toBeNull()
    cleanup()
    show(<CopyLine cases={1} tooLong={tooLong} now={Date.now()} />, vault, { practising: true })
    expect(screen.queryByText(told)).toBeNull()
  })

  it('is named on the screen of the copies', async () => {
    const { vault } = await new ATablet().withAccount()
    const list = async () => ({ ...(await vault.list()), tooLong })
    show(<CopiesScreen />, { ...vault, list })
    expect(await screen.findByText(told)).toBeDefined()
  })
})

describe('a copy', () => {
  it('is handed out under a neutral name, and counts as made once somebody has seen it there', async () => {
    const { vault } = await new ATablet().withAccount()
    await makeKey(vault)
    await savedCase(vault)
    show(<CopiesScreen />, vault)
    await press('Make a copy')
    await screen.findByText('It holds 1 case.')
    await press('Save the file')
    expect(saved.map(({ name }) => name)).toEqual([`copy-${new Date().toISOString().slice(0, 10)}.age`])
    expect(await saved[0]?.blob.text()).toMatch(/^age-encryption\.org/)
    expect((await vault.copies()).copiedAt).toBeUndefined()
    await press('Yes, it is there')
    await screen.findByText(/^Noted\./)
    expect((await vault.copies()).copiedAt).toBeDefined()
  })

  it('waits for a key where nobody could open it', async () => {
    const { vault } = await new ATablet().withAccount()
    show(<CopiesScreen />, vault)
    const button = await screen.findByRole('button', { name: 'Make a copy' })
    expect(button).toHaveProperty('disabled', true)
    expect(screen.getByText(/First make the key for the drawer/)).toBeDefined()
  })

  it('comes back on another tablet by its words, after saying what is in it', async () => {
    const { vault } = await new ATablet().withAccount()
    const words = await makeKey(vault)
    const { id } = await savedCase(vault)
    const made = await vault.makeCopy()
    if (made.status !== 'made') throw new Error(made.status)
    const { vault: there } = await new ATablet().withAccount({ passphrase: folded('Tres gatos, 9 tejados') })
    const house = show(<CopiesScreen />, there)
    fireEvent.change(await screen.findByLabelText('Choose the file'), {
      target: { files: [new File([made.bytes], 'copy.age')] },
    })
    await screen.findByText('copy.age')
    const swapped = wherePlacesMatter(words)
    for (const word of words.with(swapped, words[23] ?? '').slice(0, 23)) type(/^Word \d/, `${word.slice(0, 4)} `)
    type(/^Word \d/, `${words[swapped]} `)
    await press('Look what is in it')
    expect((await screen.findByRole('alert')).textContent).toMatch(/two have changed places. Nothing was changed/)
    for (let back = swapped; back < 24; back++) await press('Take the last word back')
    for (const word of words.slice(swapped)) type(/^Word \d/, `${word} `)
    await press('Look what is in it')
    await screen.findByText(/It holds 1 case. 1 of them is not on this tablet./)
    expect((await there.list()).cases).toEqual([])
    await press('Bring them back')
    await screen.findByText('1 case was brought to this tablet.')
    expect((await there.list()).cases.map((one) => one.id)).toEqual([id])
    expect(house.boxAdded).toHaveBeenCalled()
  })

  it.each([
    ['another key', async (bytes: Uint8Array<ArrayBuffer>) => bytes, /closed with another key. The copy is not harmed/],
    ['no copy at all', async () => new TextEncoder().encode('a shopping list'), /no copy, or it is damaged/],
  ])('that does not open says why, and that nothing was changed: %s', async (_, change, sentence) => {
    const { vault } = await new ATablet().withAccount()
    await makeKey(vault)
    await savedCase(vault)
    const made = await vault.makeCopy()
    if (made.status !== 'made') throw new Error(made.status)
    const tablet = new ATablet()
    const { vault: there } = await tablet.withAccount({ passphrase: folded('Tres gatos, 9 tejados') })
    const before = await tablet.everything()
    show(<CopiesScreen />, there)
    const file = new File([await change(made.bytes)], 'copy.age')
    fireEvent.change(await screen.findByLabelText('Choose the file'), { target: { files: [file] } })
    fireEvent.click(await screen.findByLabelText(/My account/))
    await press('Look what is in it')
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence)
    expect(await tablet.everything()).toEqual(before)
  })
})
