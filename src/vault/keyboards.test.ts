import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ATablet, folded } from '../testing/a-tablet.ts'
import { keyboardPhrases } from '../testing/keyboard-phrases.ts'

let tablet: ATablet
beforeEach(() => {
  tablet = new ATablet()
})
afterEach(() => tablet.database.delete())

const languages = ['ar', 'en', 'es', 'fr', 'ru', 'zh']
describe.each(languages)('an account whose passphrase was chosen in %s', (language) => {
  const { keyboards, misses, typed } = keyboardPhrases(language)

  test('opens, whichever of the keyboards types it', async () => {
    const { accountId } = await tablet.withAccount({ passphrase: folded(typed(0)) })
    expect(new Set(Array.from({ length: keyboards }, (_, n) => typed(n))).size).toBeGreaterThanOrEqual(4)
    for (let n = 1; n < keyboards; n++) {
      const text = n % 2 ? typed(n) : typed(n).normalize('NFD')
      expect([text, (await tablet.tab().unlock(accountId, folded(text))).status]).toEqual([text, 'opened'])
    }
  })

  test('does not open with a phrase that differs in one place', async () => {
    const { accountId } = await tablet.withAccount({ passphrase: folded(typed(0)) })
    const tab = tablet.tab()
    for (let miss = 0; miss < misses; miss++) {
      const answer = await tab.unlock(accountId, folded(typed(1, miss)))
      expect([typed(1, miss), answer.status]).toEqual([typed(1, miss), 'wrong'])
      tablet.clock.ticks += 600_000
    }
    expect(await tab.unlock(accountId, folded(typed(2)))).toMatchObject({ status: 'opened' })
  })
})
