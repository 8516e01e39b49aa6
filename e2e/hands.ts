import { expect, type Locator, type Page } from '@playwright/test'

/** How somebody works the screen. What is to be done is the same for every hand; how it is done is the hand's. */
export interface Hand {
  readonly name: 'touch' | 'keyboard'
  /** A button, or what unfolds a part of the page. */
  readonly press: (button: Locator) => Promise<void>
  /** A radio or a checkbox. */
  readonly tick: (row: Locator) => Promise<void>
  /** Puts this text in the place of what stands there. */
  readonly write: (box: Locator, text: string) => Promise<void>
  /** Chooses from the platform's own list. */
  readonly select: (list: Locator, option: string) => Promise<void>
  /** Chooses from a list that is searched by typing. */
  readonly find: (box: Locator, typed: string, option: RegExp) => Promise<void>
}

export const touch = (page: Page): Hand => ({
  name: 'touch',
  press: async (button) => await button.tap(),
  tick: async (row) => await row.tap(),
  write: async (box, text) => {
    await box.tap()
    await box.fill(text)
  },
  // The list itself is drawn by the system, where a finger picks from it; a browser without a head has none.
  select: async (list, option) => {
    await list.tap()
    await list.selectOption({ label: option })
  },
  find: async (box, typed, option) => {
    await box.tap()
    await box.fill(typed)
    await page.getByRole('option', { name: option }).tap()
  },
})

/** Further than this nobody tabs. */
const mostTabs = 200

/** Tab, Shift and Tab, arrows, Space, Enter and letters; each target has to be reached, seen and marked as focused. */
export function keyboard(page: Page): Hand {
  const key = async (name: string) => await page.keyboard.press(name)
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor()
    for (let tabs = 0; tabs < mostTabs; tabs += 1) {
      const way = await target.evaluate(wayTo)
      if (way === 'here') return await expect.poll(() => target.evaluate(isSeen), 'seen where the focus is').toBe('')
      await key(keyOf[way])
    }
    throw new Error(`not reached by Tab: ${target.toString()}`)
  }
  const keptFocus = async () =>
    await expect.poll(() => page.evaluate(focused), 'the focus is not lost').not.toBe('nowhere')
  const type = async (text: string) => {
    await key('Control+a')
    await page.keyboard.type(text)
  }
  return {
    name: 'keyboard',
    press: async (button) => {
      await reach(button)
      await key('Enter')
      await keptFocus()
    },
    tick: async (row) => {
      await reach(row)
      const steps = await row.evaluate(stepsTo)
      if (steps === 0) await key('Space')
      for (let step = 0; step < Math.abs(steps); step += 1) await key(steps > 0 ? 'ArrowDown' : 'ArrowUp')
      await keptFocus()
    },
    write: async (box, text) => {
      await reach(box)
      await type(text)
    },
    select: async (list, option) => {
      await reach(list)
      const chosen = async () => await list.evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.text)
      await key('Home')
      for (let steps = 0; (await chosen()) !== option && steps < 60; steps += 1) await key('ArrowDown')
      expect(await chosen()).toBe(option)
    },
    find: async (box, typed, option) => {
      await reach(box)
      await type(typed)
      const offered = page.getByRole('option', { name: option })
      await offered.waitFor()
      const isMarked = async () => (await offered.getAttribute('aria-selected')) === 'true'
      for (let steps = 0; !(await isMarked()) && steps < 20; steps += 1) await key('ArrowDown')
      await key('Enter')
      await keptFocus()
    },
  }
}

const keyOf = {
  before: 'Shift+Tab',
  after: 'Tab',
  'before in the bar': 'ArrowUp',
  'after in the bar': 'ArrowDown',
} as const

/**
 * Whether the focus is at the target (for a radio: in its group), and else on which side of the focus the target lies;
 * a toolbar is one stop, and arrows go from one of its buttons to the next.
 */
function wayTo(target: Element): 'here' | keyof typeof keyOf {
  const active = document.activeElement ?? document.body
  const inGroup = active instanceof HTMLInputElement && active.type === 'radio' && target instanceof HTMLInputElement
  if (active === target || (inGroup && active.name === target.name && target.type === 'radio')) return 'here'
  if (active.matches('summary, button') && active.contains(target)) return 'here'
  const way = active.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? 'before' : 'after'
  const bar = active.closest('[role=toolbar]')
  return bar?.contains(target) ? `${way} in the bar` : way
}

/** Why the focus cannot be seen; empty where it can: on the screen, with nothing over it, and with a ring. */
function isSeen(): string {
  const active = document.activeElement ?? document.body
  const shown = active.closest('label, .box') ?? active
  const { left, top, width, height } = shown.getBoundingClientRect()
  const hit = document.elementFromPoint(left + width / 2, top + height / 2)
  if (!hit || !(shown.contains(hit) || hit.contains(shown))) return `covered by ${hit?.className ?? 'the edge'}`
  const ringed = [active, shown].some((one) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
  })
  return ringed ? '' : 'no ring'
}

/** How many arrows down from the focused radio to this one; 0 where Space is what it takes. */
function stepsTo(target: Element): number {
  const active = document.activeElement
  if (!(active instanceof HTMLInputElement) || active === target) return 0
  const group = [...document.querySelectorAll(`input[type=radio][name="${active.name}"]`)]
  return group.indexOf(target) - group.indexOf(active)
}

const focused = (): string => {
  const active = document.activeElement
  return active === null || active === document.body ? 'nowhere' : active.tagName
}

declare global {
  interface Window {
    /** What was done with mouse, finger or pen since the page was loaded. */
    pointed?: string[]
  }
}

/** From now on every page of `page` remembers what is pointed at. */
export async function watchForPointing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const pointed: string[] = []
    window.pointed = pointed
    for (const type of ['pointerdown', 'mousedown', 'touchstart'])
      addEventListener(type, ({ target }) => pointed.push(`${type} ${(target as Element).tagName}`), { capture: true })
  })
}

/** What was pointed at since the page was loaded; throws where nobody watched. */
export const pointedAt = async (page: Page): Promise<readonly string[]> =>
  await page.evaluate(() => {
    if (!window.pointed) throw new Error('nobody watches for pointing')
    return window.pointed
  })
