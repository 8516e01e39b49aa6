/** What may take the focus in place of something that stood inside it; a part of the page only where it is seen whole. */
const holders = '[tabindex], fieldset:has(> legend), details, section[aria-label], section[aria-labelledby]'

function holderOf(one: Element): HTMLElement | undefined {
  if (!one.isConnected || !one.matches(holders)) return undefined
  if (one.matches('details')) return one.querySelector<HTMLElement>(':scope > summary') ?? undefined
  if (one.matches('section') && one.getBoundingClientRect().height > innerHeight) return undefined
  return one instanceof HTMLElement ? one : undefined
}

function around(element: Element | null): readonly Element[] {
  return element ? [element, ...around(element.parentElement)] : []
}

/** The titles of what is on the screen, nearest to its matter first; one that is hidden takes no focus. */
function titles(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main h1'), ...document.querySelectorAll<HTMLElement>('h1')]
}

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body
const isShown = (element: Element): boolean => element.isConnected && element.checkVisibility()
const isWaiting = (element: Element): boolean => element.isConnected && element.matches(':disabled')

/** Gives the focus to the first of these that takes it. */
function place(candidates: readonly (HTMLElement | null | undefined)[]): void {
  for (const one of candidates) {
    if (!one) continue
    if (!one.matches('summary, button, input, select, textarea, a[href], [tabindex]')) one.tabIndex = -1
    one.focus({ preventScroll: true })
    if (!isNowhere()) return
  }
}

/**
 * Whoever works by keyboard or listens to the screen is never left nowhere: when what has the focus is taken away, the
 * focus goes to what stands around it, else to the title of the screen, or of the next one as soon as there is one. What
 * is disabled for a while gets it back. Whatever places the focus itself within one picture is left to do so. Gives how
 * to stop.
 */
export function keepFocus(): () => void {
  let path: readonly Element[] = []
  let picture = 0
  const look = () => {
    const [last] = path
    if (!last || !isNowhere() || isWaiting(last)) return
    place([last.isConnected && last instanceof HTMLElement ? last : null, ...path.map(holderOf), ...titles()])
  }
  const lookSoon = () => {
    if (path.length === 0 || !isNowhere()) return
    cancelAnimationFrame(picture)
    picture = requestAnimationFrame(look)
  }
  const take = ({ target }: FocusEvent) => {
    if (target instanceof Element) path = around(target)
  }
  // Left on purpose, such as by a tap beside everything: what was left is still there, and not hidden either.
  const leave = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null || !(target instanceof Element)) return
    requestAnimationFrame(() => {
      if (path[0] === target && isShown(target) && !isWaiting(target) && isNowhere()) path = []
    })
  }
  const watch = new MutationObserver(lookSoon)
  watch.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden'],
  })
  document.addEventListener('focusin', take)
  document.addEventListener('focusout', leave)
  return () => {
    watch.disconnect()
    cancelAnimationFrame(picture)
    document.removeEventListener('focusin', take)
    document.removeEventListener('focusout', leave)
  }
}
