// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { OutboxView } from '../../outbox/outbox.ts'
import { HouseProvider, type House } from '../house.tsx'
import { OutboxLine } from './outbox-line.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

function line(
  outbox: Partial<OutboxView>,
  organisation: { endpointHost?: string } = { endpointHost: 'receiver.example' },
) {
  const quiet = { waiting: 0, refused: 0, lastCode: '', lastContactAt: 0 }
  const house = { organisation, outbox: { ...quiet, ...outbox }, go: vi.fn() } as unknown as House
  const { container } = render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={house}>
        <OutboxLine />
      </HouseProvider>
    </I18nProvider>,
  )
  return { text: container.textContent?.trim(), warns: container.querySelector('.attention') !== null }
}

test('says how many cases wait, why they could not leave, and when the receiver was heard of last', () => {
  expect(line({})).toEqual({ text: expect.stringMatching(/^Nothing waits to be sent\..*Details$/), warns: false })
  cleanup()
  const { text, warns } = line({ waiting: 2, lastCode: 'net', lastContactAt: Date.now() })
  expect([text, warns]).toEqual([expect.stringMatching(/^2 cases wait.*No connection.*Last contact/), true])
})

test('says that the tablet is not recognised also where nothing waits, and of a line that is down only then nothing', () => {
  const { text, warns } = line({ lastCode: 'device' })
  expect([text, warns]).toEqual([expect.stringMatching(/does not recognise this tablet any more/), true])
  cleanup()
  expect(line({ lastCode: 'net' })).toEqual({ text: expect.not.stringContaining('No connection'), warns: false })
})

test('without a receiver says nothing of a line, not even of the one that there was', () => {
  const { text, warns } = line({ waiting: 1, lastContactAt: Date.now() }, {})
  expect(text).toMatch(/^1 case waits to be handed over as a file, or for the answer\.\s+Details$/)
  expect(warns).toBe(false)
  cleanup()
  expect(line({}, {}).text).toMatch(/^Nothing waits to be handed over as a file\./)
})
