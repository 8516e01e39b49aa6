// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { Bar } from './bar.tsx'

afterEach(cleanup)

const { happyDOM } = globalThis as unknown as { happyDOM: { setViewport: (size: { width: number }) => void } }
const held = (width: number) => act(() => happyDOM.setViewport({ width }))
const order = () => screen.getAllByRole('button').map(({ textContent }) => textContent)

it('has its line under the title, and under the buttons on a telephone, for the focus as for the eye', () => {
  held(800)
  render(
    <Bar title="Case" status={<button type="button">changes not sent</button>}>
      <button type="button">Menu</button>
    </Bar>,
  )
  expect(order()).toEqual(['changes not sent', 'Menu'])
  held(360)
  expect(order()).toEqual(['Menu', 'changes not sent'])
  held(800)
  expect(order()).toEqual(['changes not sent', 'Menu'])
})
