import type { Locator, Page } from '@playwright/test'

/**
 * Hears from the page at the very moment when its line turns to "Saved": with it comes what stands in this field.
 */
export async function listenForSaved(page: Page, field: Locator, heard: (text: string) => void): Promise<void> {
  await field.evaluate((input) => input.setAttribute('data-watched', ''))
  await page.exposeFunction('heardSaved', heard)
  await page.evaluate(() => {
    const line = () => [...document.querySelectorAll('header [class^=saved]')].map((one) => one.textContent).join(' ')
    const watched = () => document.querySelector<HTMLInputElement>('input[data-watched]')
    let before = line()
    new MutationObserver(() => {
      const now = line()
      if (now !== before && now.startsWith('Saved on this tablet'))
        void (globalThis as unknown as { heardSaved: (text: string) => unknown }).heardSaved(watched()?.value ?? '')
      before = now
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
