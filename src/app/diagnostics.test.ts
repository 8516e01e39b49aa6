import { expect, test } from 'vitest'
import { troubleCodes } from '../troubles/codes.ts'
import { countDiagnostic, countTroubles, diagnostics } from './diagnostics.ts'
import { diagnosticsText } from './kept-diagnostics.ts'

const canary = 'Canary Quillfeather 0199'

test('errors and refusals are counted, and nothing that they say gets in', () => {
  const page = new EventTarget()
  const stop = countTroubles(page)
  page.dispatchEvent(Object.assign(new Event('error'), { message: canary, error: new Error(canary) }))
  page.dispatchEvent(Object.assign(new Event('error'), { message: canary, filename: canary }))
  page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: canary }))
  page.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { sample: canary, blockedURI: canary }))
  stop()
  page.dispatchEvent(new Event('error'))
  const seen = diagnostics().map(({ code, count }) => [code, count])
  expect(seen).toEqual([
    ['start', 1],
    ['error', 2],
    ['rejection', 1],
    ['policy', 1],
  ])
  const text = diagnosticsText(diagnostics())
  expect(text).not.toContain('Canary')
  for (const line of text.trim().split('\n')) {
    const [ms, code, count, ...more] = line.split(' ')
    expect([Number(ms) >= 0, (troubleCodes as readonly string[]).includes(code ?? ''), Number(count) > 0]).toEqual(
      Array(3).fill(true),
    )
    expect(more).toEqual([])
  }
})

test('the last 500 are kept', () => {
  for (let round = 0; round < 600; round++) countDiagnostic(round % 2 === 0 ? 'quota' : 'store')
  expect(diagnostics()).toHaveLength(500)
  expect(diagnostics().at(-1)?.code).toBe('store')
})
