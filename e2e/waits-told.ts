import { expect, type Page } from '@playwright/test'

/** In every page from its next start on: see `expectWait`. */
export async function noteWaits(page: Page): Promise<void> {
  await page.addInitScript(note)
}

/** Notes what each button says of a wait: one may be over before a slow machine looks. */
function note(): void {
  const told = new Set<string>()
  Object.assign(globalThis, { waitsTold: told })
  const look = () =>
    document.querySelectorAll('button').forEach(({ textContent, disabled }) => {
      if (textContent.includes('Try again in')) told.add(`${disabled ? 'disabled: ' : ''}${textContent}`)
    })
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
}

/** Since this page was loaded some button has told of such a wait; `disabled: ` stands before what could not be pressed. */
export async function expectWait(page: Page, told: RegExp): Promise<void> {
  const all = async () =>
    await page.evaluate(() => [...(globalThis as unknown as { waitsTold: ReadonlySet<string> }).waitsTold])
  await expect.poll(all).toContainEqual(expect.stringMatching(told))
}
