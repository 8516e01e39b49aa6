import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { tablet } from './browser.ts'
import { type State, walkThrough } from './every-screen.ts'
import { settled, stumblingBlocks } from './looking.ts'
import { aHouseToWalk, type HouseToWalk } from './house-to-walk.ts'
import type { Walk } from './walk.ts'

/**
 * Every screen and state, in English and in Arabic, as somebody meets it who sees little, taps with trouble, enlarges the
 * words, hears the screen or wants it to stand still. axe judges each with all its rules, one language on a tablet held
 * upright and the other on its side, then the colours of the other scheme and of high contrast; the layout is looked at
 * on a tablet, at 200 % and on the narrowest telephone. With `FROM` in the environment, such as `FROM='home, practice'`,
 * it walks the same way but looks only from that state on.
 */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const colours = ['color-contrast', 'link-in-text-block']
const onItsSide = { width: 1280, height: 800 } as const
/** 1280 × 800 at 200 %, and the narrowest that WCAG asks for (1.4.10). */
const enlarged = { width: 640, height: 400 } as const
const narrowest = { width: 320, height: 640 } as const

interface Look {
  readonly scheme: 'light' | 'dark'
  readonly held: { readonly width: number; readonly height: number }
}

async function judged(page: Page, only?: readonly string[]): Promise<string[]> {
  await settled(page)
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (only ? axe.withRules([...only]) : axe.withTags(rules)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} — ${failureSummary?.split('\n')[1]?.trim()}`),
  )
}

/** The whole page at once: what a bar covers until one scrolls counts as too small a target otherwise. */
async function unroll(page: Page, { width, height }: Look['held']): Promise<void> {
  await page.setViewportSize({ width, height })
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.max(height, whole) })
  // A page that fills the window grows with it, and would stay where somebody had scrolled.
  await page.evaluate(() => scrollTo(0, 0))
}

/** Everything that is wrong with what is on the screen now; afterwards it is on the screen as before. */
async function faultsOf(
  { page }: Walk,
  { place, name, fleeting = false }: State,
  { scheme, held }: Look,
): Promise<string[]> {
  const found: string[] = []
  const add = (where: string, faults: readonly string[]) => found.push(...faults.map((fault) => `${where}: ${fault}`))
  await unroll(page, held)
  add(scheme, await judged(page))
  const other = scheme === 'light' ? 'dark' : 'light'
  await page.emulateMedia({ colorScheme: other })
  add(other, await judged(page, colours))
  if (scheme === 'light') {
    await page.emulateMedia({ colorScheme: scheme, contrast: 'more' })
    add('high contrast', await judged(page, colours))
  }
  await page.emulateMedia({ colorScheme: scheme, contrast: null })
  for (const [size, pixels, focus] of [
    [`${held.width} px`, held, false],
    ['200 %', enlarged, true],
    ['320 px', narrowest, true],
  ] as const) {
    await page.setViewportSize(pixels)
    const blocks = await stumblingBlocks(page, { target: 48, focus: focus && !fleeting })
    if (blocks.length > 0) await page.screenshot({ path: test.info().outputPath(`${place}, ${name}, ${size}.png`) })
    add(size, blocks)
  }
  await page.setViewportSize(tablet)
  return found
}

let house: HouseToWalk | undefined
test.afterEach(async () => await house?.close())

for (const [locale, tag, look] of [
  ['en', 'en-GB', { scheme: 'light', held: tablet }],
  ['ar', 'ar-EG', { scheme: 'dark', held: onItsSide }],
] as const)
  test(`on every screen and state in ${tag} axe finds nothing, and nothing is cut off, covered, too small or moving`, async () => {
    test.setTimeout(600_000)
    const { walk } = (house = await aHouseToWalk('axe', locale, {
      locale: tag,
      reducedMotion: 'reduce',
      colorScheme: look.scheme,
    }))
    const from = process.env['FROM'] ?? ''
    let isLooking = from === ''
    await walkThrough(walk, async (state) => {
      const title = `${state.place}, ${state.name}`
      isLooking ||= title.includes(from)
      if (isLooking) expect.soft(await faultsOf(walk, state, look), title).toEqual([])
    })
    expect(isLooking, `a state called ${from}`).toBe(true)
  })
