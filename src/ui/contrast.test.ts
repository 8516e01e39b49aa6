import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'

/** Words and the grounds that they stand on. */
const words = ['ink', 'ink-2', 'accent', 'ok', 'warn', 'must']
const grounds = ['paper', 'card', 'sunk']
const soft: readonly (readonly [string, string])[] = [
  ['accent', 'accent-soft'],
  ['warn', 'warn-soft'],
  ['must', 'must-soft'],
  ['on-accent', 'accent'],
]
const pairs = [...words.flatMap((word) => grounds.map((ground) => [word, ground] as const)), ...soft]

/** The tokens of a block, `light` first, over those of the blocks before it. */
function tokensIn(css: string, over: ReadonlyMap<string, readonly [string, string]> = new Map()) {
  const found = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)]
  return new Map([...over, ...found.map(([, name = '', light = '', dark = '']) => [name, [light, dark]] as const)])
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const css = await readFile('src/ui/tokens.css', 'utf8')
const [usual = '', more = ''] = css.split('@media (prefers-contrast: more)')
const themes = { usual: tokensIn(usual), 'high contrast': tokensIn(more, tokensIn(usual)) }

describe.each([
  ['usual', 4.5],
  ['high contrast', 7],
] as const)('the %s colours', (name, least) => {
  test.each(['light', 'dark'] as const)(`in %s: words differ from their ground by at least ${least} to 1`, (scheme) => {
    const tokens = themes[name]
    const colour = (token: string) => tokens.get(token)?.[scheme === 'light' ? 0 : 1] ?? ''
    const faint = pairs
      .map(([word, ground]) => ({ word, ground, ratio: ratio(colour(word), colour(ground)) }))
      .filter((pair) => !(pair.ratio >= least))
    expect(faint).toEqual([])
  })

  test('differ for what is typed into and for focus by at least 3 to 1', () => {
    const tokens = themes[name]
    for (const scheme of [0, 1] as const)
      for (const line of ['edge', 'focus'])
        for (const ground of ['paper', 'card'])
          expect(ratio(tokens.get(line)?.[scheme] ?? '', tokens.get(ground)?.[scheme] ?? '')).toBeGreaterThanOrEqual(3)
  })
})
