// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../../i18n/i18n.ts'
import type { CaseSummary } from '../../vault/api.ts'
import { HouseProvider, type House } from '../house.tsx'
import { Cases } from './case-list.tsx'

beforeAll(() => activate('en'))
afterEach(cleanup)

const now = Date.parse('2024-06-01T12:00:00Z')
const go = vi.fn()
beforeEach(() => void go.mockReset())

const aCase = (code: string, changes: Partial<CaseSummary> = {}): CaseSummary => ({
  id: `id-${code}`,
  code,
  state: 'draft',
  changedSinceSent: false,
  createdAt: '2024-05-30T10:00+02:00',
  changedAt: '2024-05-30T10:00+02:00',
  victims: 1,
  perpetrators: 0,
  toe: ['4'],
  circle: 'me',
  step1: { answered: 3, asked: 9 },
  ...changes,
})

const show = (children: ReactNode) =>
  render(
    <I18nProvider i18n={i18n}>
      <HouseProvider value={{ go } as unknown as House}>{children}</HouseProvider>
    </I18nProvider>,
  )

const three = [
  aCase('100000001', { country: 'ES', changedAt: '2024-05-30T12:00+02:00' }),
  aCase('100000002', { state: 'received', toe: ['1'] }),
  aCase('100000003', { createdAt: '2024-04-02T10:00+02:00', changedAt: '2024-04-02T10:00+02:00', missing: ['toe'] }),
]
const codes = () => screen.queryAllByRole('listitem').map((item) => item.textContent.slice(0, 11))
const list = () => show(<Cases cases={three} now={now} busy={false} onBegin={() => undefined} />)
const type = async (text: string) => {
  await act(async () => void fireEvent.change(screen.getByRole('searchbox'), { target: { value: text } }))
}

describe('the list of cases', () => {
  it('shows what was changed last first, finds by place, and goes back to all', async () => {
    list()
    expect(codes()).toEqual(['100 000 001', '100 000 002', '100 000 003'])
    await type('spain')
    expect(codes()).toEqual(['100 000 001'])
    expect(screen.getByRole('status').textContent).toBe('1 of 3 cases')
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }))
    expect(codes()).toHaveLength(3)
  })

  it('says that nothing fits, and keeps the filters in place', async () => {
    list()
    await type('nowhere')
    expect(screen.getByText('No case fits this search.')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Draft 0' })).toBeDefined()
  })

  it('has filters with counts for what occurs, and no others', () => {
    list()
    const names = screen.getAllByRole('button', { pressed: false }).map((one) => one.textContent)
    expect(names).toEqual(['Draft 2', 'Received 1', 'Older than 14 days 1'])
    fireEvent.click(screen.getByRole('button', { name: 'Received 1' }))
    expect(codes()).toEqual(['100 000 002'])
  })

  it('filters by form and sorts by code, each value with how many it shows', async () => {
    list()
    fireEvent.click(screen.getByText('Filter and sort'))
    const form = await screen.findByLabelText('Form of exploitation')
    expect([...form.querySelectorAll('option')].map((one) => one.textContent)).toEqual([
      'All forms',
      'Sexual exploitation (1)',
      'Forced begging (2)',
    ])
    fireEvent.change(form, { target: { value: '4' } })
    fireEvent.change(screen.getByLabelText('Sort by'), { target: { value: 'created' } })
    expect(codes()).toEqual(['100 000 001', '100 000 003'])
  })

  it('is walked with the arrow keys from the search on, and opens a case', () => {
    list()
    fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'ArrowDown' })
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowDown' })
    expect(document.activeElement?.textContent).toContain('100 000 002')
    fireEvent.click(document.activeElement ?? document.body)
    expect(go).toHaveBeenCalledWith({ name: 'case', id: 'id-100000002' })
  })

  it('tells a screen reader how long it is, however little of it is drawn', () => {
    const many = Array.from({ length: 100 }, (_, at) => aCase(String(100_000_000 + at)))
    show(<Cases cases={many} now={now} busy={false} onBegin={() => undefined} />)
    const [first] = screen.getAllByRole('listitem')
    expect([first?.getAttribute('aria-posinset'), first?.getAttribute('aria-setsize')]).toEqual(['1', '100'])
  })
})
