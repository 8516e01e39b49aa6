import type { Page } from '@playwright/test'

interface Wanted {
  /** The least side of what is tapped, in CSS pixels. */
  readonly target: number
  /** Goes through everything that takes the focus, which may close what hangs on it. */
  readonly focus: boolean
}

/**
 * What a person would stumble over in the layout as it is now: sideways scrolling, words cut off or lying over each
 * other, targets too small or on top of each other, a focus that is hidden or jumps back, and anything that moves.
 * A sentence for each; the page is left as it was.
 */
export async function stumblingBlocks(page: Page, wanted: Wanted): Promise<string[]> {
  await settled(page)
  return await page.evaluate(inspect, wanted)
}

/** The second picture after something changed: by then colours and sizes that hang on the screen are right everywhere. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    async () => await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
}

/** Runs in the page, so everything that it needs is inside it. */
function inspect({ target, focus }: Wanted): string[] {
  const found: string[] = []
  const root = document.querySelector('dialog:modal') ?? document.body
  const style = (element: Element) => getComputedStyle(element)
  const isSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.closest('.unseen, option') === null
  const all = [...root.querySelectorAll('*')].filter(isSeen)
  const called = (element: Element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)
    return `${element.tagName.toLowerCase()}${[...element.classList].map((name) => `.${name}`).join('')} “${words}”`
  }
  /** What moves together and may pass under something else: a fixed or sticky bar, a list that hangs over the page. */
  const layerOf = (element: Element): Element => {
    for (let at: Element | null = element; at && at !== root; at = at.parentElement) {
      const { position, zIndex } = style(at)
      if (position === 'fixed' || position === 'sticky' || (position === 'absolute' && zIndex !== 'auto')) return at
    }
    return root
  }
  const scrolls = (element: Element) => /auto|scroll/.test(style(element).overflowX + style(element).overflowY)

  // Sideways.
  const page = document.scrollingElement ?? document.documentElement
  if (page.scrollWidth > innerWidth) {
    const wide = all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    found.push(`scrolls sideways by ${page.scrollWidth - innerWidth}: ${wide.slice(-2).map(called).join(', ')}`)
  }

  // Words that are cut off, and words over words.
  const pieces: { readonly box: DOMRect; readonly of: Element; readonly layer: Element }[] = []
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const of = node.parentElement
    if (!of || !node.textContent?.trim() || !isSeen(of)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const layer = layerOf(of)
    const boxes = [...range.getClientRects()].filter(({ width }) => width > 1)
    if (!of.closest('.cut') && style(of).textOverflow !== 'ellipsis')
      for (const box of boxes) pieces.push({ box, of, layer })
    let reachable = false
    let seen = boxes
    for (let at: Element | null = of; at && at !== root.parentElement; at = at.parentElement) {
      if (scrolls(at)) reachable = true
      if (reachable) break
      const { overflowX, overflowY, textOverflow, webkitLineClamp } = style(at)
      if (textOverflow === 'ellipsis' || webkitLineClamp !== 'none') {
        // Dots say that it goes on: it ends where this does.
        seen = [at.getBoundingClientRect()]
        break
      }
      const { left, right, top, bottom } = at.getBoundingClientRect()
      const cutAcross = overflowX !== 'visible' && boxes.some((box) => box.left < left - 1 || box.right > right + 1)
      const cutDown = overflowY !== 'visible' && boxes.some((box) => box.top < top - 4 || box.bottom > bottom + 4)
      if (at !== document.body && (cutAcross || cutDown)) {
        found.push(`cut off by ${called(at)}: ${called(of)}`)
        break
      }
    }
    if (!reachable && seen.some((box) => box.left < -1 || box.right > innerWidth + 1))
      found.push(`runs out of the screen: ${called(of)}`)
  }
  const shared = (one: DOMRect, other: DOMRect) => ({
    across: Math.min(one.right, other.right) - Math.max(one.left, other.left),
    down: Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  })
  for (const [at, one] of pieces.entries())
    for (const other of pieces.slice(at + 1)) {
      if (one.of === other.of || one.layer !== other.layer) continue
      const { across, down } = shared(one.box, other.box)
      if (across > 2 && down > 0.5 * Math.min(one.box.height, other.box.height))
        found.push(`words over words: ${called(one.of)} and ${called(other.of)}`)
    }

  // What stands in a box of one line must fit, or say by its dots that it goes on.
  const ruler = document.createElement('canvas').getContext('2d')
  for (const one of all) {
    const isEmptyInput = one instanceof HTMLInputElement && one.value === '' && one.placeholder !== ''
    if (!ruler || !(isEmptyInput || one instanceof HTMLSelectElement)) continue
    const words = isEmptyInput ? one.placeholder : (one as HTMLSelectElement).selectedOptions[0]?.text
    const { font, textOverflow, paddingLeft, paddingRight } = style(one)
    ruler.font = font
    const room = one.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
    if (ruler.measureText(words ?? '').width > room + 1 && textOverflow !== 'ellipsis')
      found.push(`does not fit: ${words} in ${called(one)}`)
  }

  // Targets: what is tapped is the row or the box, where one lies around the control.
  const controls = all.filter((one) => one.matches('a[href], button, input, select, textarea, summary, [role=option]'))
  const areaOf = (one: Element) => one.closest('label.option, .box') ?? one
  const inRunningText = (one: Element) => style(one).display === 'inline' || one.matches('.link')
  const areas = [...new Set(controls.map((one) => (one.matches('.box button') ? one : areaOf(one))))].map((of) => ({
    of,
    box: of.getBoundingClientRect(),
    layer: layerOf(of),
  }))
  for (const { of: one, box } of areas) {
    const { width, height } = box
    const least = inRunningText(one) ? 24 : target
    if (Math.min(width, height) < least - 0.5)
      found.push(`a target of ${Math.round(width)} × ${Math.round(height)}: ${called(one)}`)
  }
  for (const [at, { of: one, box, layer }] of areas.entries())
    for (const other of areas.slice(at + 1)) {
      if (layer !== other.layer || one.contains(other.of) || other.of.contains(one)) continue
      const { across, down } = shared(box, other.box)
      if (across > 4 && down > 4) found.push(`targets on top of each other: ${called(one)} and ${called(other.of)}`)
    }

  // Nothing moves for longer than a millisecond when somebody asked for stillness.
  const seconds = (text: string) => Math.max(...text.split(',').map((part) => Number.parseFloat(part)))
  for (const one of all)
    for (const part of [undefined, '::before', '::after']) {
      const { animationDuration, animationName, transitionDuration } = getComputedStyle(one, part)
      const moving = Math.max(animationName === 'none' ? 0 : seconds(animationDuration), seconds(transitionDuration))
      if (moving > 0.001) found.push(`moves for ${moving} s: ${called(one)}`)
    }

  // The focus goes down the page, and is seen where it goes.
  const stops = controls.filter(
    (one) => !one.matches(':disabled, [tabindex="-1"], [role=option], [type=radio]:not(:checked)'),
  )
  const partOf = (one: Element) => one.closest('header.bar, nav, main, footer, dialog')
  const isLeftToRight = document.documentElement.dir !== 'rtl'
  for (const [at, one] of stops.entries()) {
    const next = stops[at + 1]
    if (!next || partOf(one) !== partOf(next) || layerOf(one) !== layerOf(next)) continue
    const [from, to] = [areaOf(one).getBoundingClientRect(), areaOf(next).getBoundingClientRect()]
    const back = isLeftToRight ? to.right <= from.left + 1 : to.left >= from.right - 1
    if (to.bottom <= from.top + 1) found.push(`the focus goes up: ${called(one)} to ${called(next)}`)
    else if (shared(from, to).down > 8 && back) found.push(`the focus goes back: ${called(one)} to ${called(next)}`)
  }
  if (!focus || root.querySelector('[role=combobox][aria-expanded=true]')) return [...new Set(found)]
  const before = { element: document.activeElement, x: scrollX, y: scrollY }
  for (const one of stops) {
    if (!(one instanceof HTMLElement)) continue
    // What has the focus already would not be brought into sight.
    one.blur()
    one.focus()
    const area = areaOf(one)
    const { left, right, top, bottom } = area.getBoundingClientRect()
    const points = [0.1, 0.5, 0.9].map((share) => [(left + right) / 2, top + (bottom - top) * share] as const)
    const there = points.map(([x, y]) => document.elementFromPoint(x, y))
    const hiding = there.filter((other) => !other || !(area.contains(other) || other.contains(area)))
    const behind = hiding.map((other) => (other ? called(other) : 'the edge of the screen'))
    if (hiding.length > 1)
      found.push(
        `the focus is hidden: ${called(one)} at ${Math.round(top)} to ${Math.round(bottom)}, behind ${behind[0]}`,
      )
  }
  if (before.element instanceof HTMLElement && before.element !== document.body) before.element.focus()
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  scrollTo(before.x, before.y)
  return [...new Set(found)]
}
