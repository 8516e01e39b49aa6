// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchAhead, later, OnItsWay } from './later.tsx'

afterEach(cleanup)

const component = (words: string) => (): ReactNode => <p>{words}</p>

describe('a component that is fetched later', () => {
  it('has something in its place until it is there', async () => {
    const Late = later(async () => component('here'), 'not yet')
    render(<Late />)
    expect(screen.getByText('not yet')).toBeDefined()
    expect(await screen.findByText('here')).toBeDefined()
    expect(screen.queryByText('not yet')).toBeNull()
  })

  it('is drawn at once when it was fetched ahead, and with it what it brings to light', async () => {
    const inner: { Late?: (props: object) => ReactNode } = {}
    const Late = later(async () => {
      inner.Late = later(async () => component('inside'), 'not yet')
      return component('outside')
    }, 'not yet')
    await fetchAhead()
    const { Late: Inside } = inner
    render(
      <>
        <Late />
        {Inside && <Inside />}
      </>,
    )
    expect(['outside', 'inside'].map((words) => screen.queryByText(words) !== null)).toEqual([true, true])
  })

  it('is fetched once, and again only where that failed', async () => {
    let offline = true
    const load = vi.fn(async () => {
      if (offline) throw new Error('offline')
      return component('here')
    })
    const Late = later(load)
    await fetchAhead()
    offline = false
    await fetchAhead()
    await fetchAhead()
    expect(load).toHaveBeenCalledTimes(2)
    render(<Late />)
    expect(screen.getByText('here')).toBeDefined()
  })

  it('is not taken down when it comes while it is already drawn', async () => {
    const Late = later(async () => component('here'))
    const { rerender } = render(<Late />)
    const drawn = await screen.findByText('here')
    await fetchAhead()
    rerender(<Late />)
    expect(screen.getByText('here')).toBe(drawn)
  })
})

it('what is on its way is said only when it has lasted', () => {
  vi.useFakeTimers()
  render(<OnItsWay>Opening</OnItsWay>)
  expect(screen.getByRole('status').textContent).toBe('')
  act(() => {
    vi.advanceTimersByTime(1_000)
  })
  expect(screen.getByRole('status').textContent).toBe('Opening')
  vi.useRealTimers()
})
