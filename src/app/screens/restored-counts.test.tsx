// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import { RestoredCounts } from './restored-counts.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

const nothing = { status: 'restored', fresh: 0, same: 0, kept: 0, beside: 0, failed: 0, boxed: 0, lacking: 0 } as const
const said = (more: Partial<Parameters<typeof RestoredCounts>[0]['restored']>) => {
  render(
    <I18nProvider i18n={i18n}>
      <RestoredCounts restored={{ ...nothing, ...more }} />
    </I18nProvider>,
  )
  return screen.getAllByRole('status').map(({ textContent }) => textContent)
}

test('a case that came without an earlier version is told apart from those that came whole', () => {
  expect(said({ fresh: 3, lacking: 1 })).toEqual([
    '3 cases were brought to this tablet.',
    expect.stringContaining('1 case came without a version that was finished before.'),
  ])
  cleanup()
  expect(said({ fresh: 3 })).toEqual(['3 cases were brought to this tablet.'])
})
