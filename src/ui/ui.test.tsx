// @vitest-environment happy-dom
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { activate, i18n } from '../i18n/i18n.ts'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { OptionRow } from './option-row.tsx'
import { Notice } from './notice.tsx'
import { Pills } from './pills.tsx'
import { SearchList } from './search-list.tsx'
import { found, plain } from './search.ts'
import { latinDigits, NumberInput, Select, TextInput } from './text-input.tsx'
import { ToastProvider, useToast } from './toast.tsx'

beforeAll(() => activate('en'))
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const around = {
  wrapper: ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>,
}
const nothing = () => undefined

describe('what is typed into', () => {
  it('is remembered, completed and corrected by nobody, on each element', () => {
    render(
      <>
        <Field aria-label="a" autoComplete="on" />
        <Field as="select" aria-label="b" />
        <Field as="textarea" aria-label="c" />
        <OptionRow type="checkbox" name="d" label="d" checked={false} onChange={nothing} />
        <TextInput label="e" value="" onChange={nothing} />
        <Select label="f" choices={[]} value="" onChange={nothing} />
      </>,
      around,
    )
    const elements = document.querySelectorAll('input, select, textarea')
    expect(elements).toHaveLength(6)
    for (const element of elements) {
      const told = ['autocomplete', 'autocorrect', 'autocapitalize', 'spellcheck', 'writingsuggestions']
      expect(told.map((name) => element.getAttribute(name))).toEqual(['off', 'off', 'off', 'false', 'false'])
    }
  })

  it('hands on digits of any script as Latin ones', () => {
    expect(['١٢٣', '۴۵', '०९', '１０', '7 a'].map(latinDigits)).toEqual(['123', '45', '09', '10', '7 a'])
    const change = vi.fn()
    render(<NumberInput label="Age" value="" onChange={change} />, around)
    fireEvent.change(screen.getByLabelText('Age'), { target: { value: '١٧' } })
    expect(change).toHaveBeenCalledWith('17')
  })

  it('is described by its help and its problem', () => {
    render(
      <TextInput label="Law" help="its short name" describedBy="problem" wrong value="" onChange={nothing} />,
      around,
    )
    const box = screen.getByLabelText('Law')
    expect(box.getAttribute('aria-describedby')).toMatch(/-help problem$/)
    expect(box.getAttribute('aria-invalid')).toBe('true')
  })
})

describe('short answers beside each other', () => {
  function Answers({ cleared = true }: { readonly cleared?: boolean }): ReactNode {
    const [chosen, setChosen] = useState<readonly string[]>(['ref'])
    const pills = ['nk', 'na', 'ref'].map((value) => ({ value, label: value }))
    const clear = cleared ? { label: 'Clear', onClear: nothing } : undefined
    return (
      <Pills
        label="no answer"
        pills={pills}
        chosen={chosen}
        onToggle={(value, on) => setChosen(on ? [value] : [])}
        clear={clear}
      />
    )
  }
  const stops = () => screen.getAllByRole('button').filter(({ tabIndex }) => tabIndex >= 0)
  const names = () => stops().map(({ textContent }) => textContent)
  const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more })
  const focused = () => document.activeElement?.textContent

  it('are one stop of the Tab key: the chosen one, and later the one that had the focus', () => {
    const { rerender } = render(<Answers />)
    expect(names()).toEqual(['ref'])
    act(() => stops()[0]?.focus())
    press('ArrowRight')
    expect([focused(), names()]).toEqual(['Clear', ['Clear']])
    rerender(<Answers cleared={false} />)
    expect(names()).toEqual(['ref'])
  })

  it('are gone through by arrows, Home and End, round the ends, and other keys are left alone', () => {
    render(<Answers />)
    act(() => stops()[0]?.focus())
    const gone = ['ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'Home', 'End'].map(
      (key) => (press(key), focused()),
    )
    expect(gone).toEqual(['Clear', 'nk', 'Clear', 'ref', 'nk', 'Clear'])
    expect([press('Tab'), press('ArrowLeft', { altKey: true }), focused()]).toEqual([true, true, 'Clear'])
    expect(press('ArrowLeft')).toBe(false)
  })

  it('follow the way in which the language is written', () => {
    render(
      <div style={{ direction: 'rtl' }}>
        <Answers />
      </div>,
    )
    act(() => stops()[0]?.focus())
    press('ArrowRight')
    expect(focused()).toBe('na')
  })
})

describe('searching', () => {
  const items = [
    { value: 'CI', label: "Côte d'Ivoire", also: ['Ivory Coast'] },
    { value: 'CU', label: 'Cuba' },
    { value: 'MM', label: 'Myanmar (Burma)', also: ['Birmanie'] },
    { value: 'SK', label: 'Slovakia' },
    { value: 'NG', label: 'Nigeria' },
    { value: 'NE', label: 'Niger' },
  ]
  const values = (typed: string) => found(items, typed).map(({ value }) => value)

  it('compares without accents, case and punctuation', () => {
    expect(plain(' Łódź, CÔTE d’Ivoire ')).toBe('lodz cote d ivoire')
    expect(values('cote d')).toEqual(['CI'])
  })

  it('knows other names, and puts what begins so before what only holds it', () => {
    expect(values('ivory')).toEqual(['CI'])
    expect(values('birm')).toEqual(['MM'])
    expect(values('ba')).toEqual(['CU'])
    expect(values('nig')).toEqual(['NG', 'NE'])
    expect(values('bu')).toEqual(['MM'])
    expect(values('')).toHaveLength(items.length)
    expect(values('xyz')).toEqual([])
  })

  it('is driven by the keyboard alone', () => {
    const change = vi.fn()
    render(
      <>
        <span id="name">Country</span>
        <SearchList items={items} labelledBy="name" value={undefined} onChange={change} />
      </>,
      around,
    )
    const box = screen.getByRole('combobox', { name: 'Country' })
    fireEvent.change(box, { target: { value: 'nig' } })
    fireEvent.keyDown(box, { key: 'ArrowDown' })
    fireEvent.keyDown(box, { key: 'Enter' })
    expect(change).toHaveBeenCalledWith('NE')
  })

  it('says that nothing was found, in no row and pointing at none', () => {
    render(<SearchList items={items} labelledBy="name" value={undefined} onChange={nothing} />, around)
    const box = screen.getByRole('combobox')
    fireEvent.change(box, { target: { value: 'ni' } })
    expect(box.getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { name: 'Nigeria' }).id)
    expect(screen.getByRole('status').textContent).toBe('')
    fireEvent.change(box, { target: { value: 'xyz' } })
    expect(screen.getByRole('status').textContent).toBe('Nothing found. Try another word.')
    expect(screen.getByRole('listbox').children).toHaveLength(0)
    expect(box.hasAttribute('aria-activedescendant')).toBe(false)
  })

  it('holds each letter at once, however fast the next one is typed', () => {
    render(<SearchList items={items} labelledBy="name" value={undefined} onChange={nothing} />, around)
    const box = screen.getByRole<HTMLInputElement>('combobox')
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {}
    const key = (letter: string) => {
      value.set?.call(box, box.value + letter)
      box.dispatchEvent(new Event('input', { bubbles: true }))
    }
    // Without `act`, which would wait after each letter for what comes a moment later.
    Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', false)
    for (const letter of 'nig') key(letter)
    expect(box.value).toBe('nig')
    Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  })

  it('leads to what was chosen, and back to the box when it is taken out', async () => {
    function Held(): ReactNode {
      const [value, setValue] = useState<string>()
      return <SearchList items={items} labelledBy="name" value={value} onChange={setValue} />
    }
    render(<Held />, around)
    const picture = async () =>
      await act(async () => await new Promise<void>((done) => requestAnimationFrame(() => done())))
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'cuba' } })
    fireEvent.keyDown(screen.getByRole('combobox'), { key: 'Enter' })
    await picture()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove Cuba' }))
    fireEvent.click(screen.getByRole('button', { name: 'Remove Cuba' }))
    await picture()
    expect(document.activeElement).toBe(screen.getByRole('combobox'))
  })

  it('says when nothing is found', () => {
    render(<SearchList items={items} labelledBy="name" value={undefined} onChange={nothing} />, around)
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'xyz' } })
    expect(screen.getByText(/Nothing found/)).toBeTruthy()
  })
})

describe('a dialog', () => {
  it('draws nothing while it is closed, and is named by its title', () => {
    const dialog = (open: boolean) => (
      <Dialog title="Remove" open={open} onClose={nothing}>
        Really?
      </Dialog>
    )
    const { rerender } = render(dialog(false), around)
    expect(screen.queryByText('Really?')).toBeNull()
    rerender(dialog(true))
    expect(screen.getByRole('dialog', { name: 'Remove' })).toBeTruthy()
  })
})

function Told(): ReactNode {
  const toast = useToast()
  return <button onClick={() => toast({ text: 'Victim 2 was removed.' })}>tell</button>
}

describe('a toast', () => {
  it('is a status, and goes by itself', () => {
    vi.useFakeTimers()
    render(
      <ToastProvider>
        <Told />
      </ToastProvider>,
      around,
    )
    fireEvent.click(screen.getByText('tell'))
    expect(screen.getByRole('status').textContent).toBe('Victim 2 was removed.')
    act(() => void vi.advanceTimersByTime(12_000))
    expect(screen.getByRole('status').textContent).toBe('')
  })
})

describe('a notice', () => {
  it('puts its words into a region that stands already, so that they are read aloud', () => {
    vi.useFakeTimers()
    render(<Notice live="status">Two forms</Notice>)
    const region = screen.getByRole('status')
    const words = screen.getByText('Two forms')
    expect(words.getAttribute('aria-hidden')).toBe('true')
    act(() => void vi.advanceTimersByTime(1_000))
    const after = screen.getByText('Two forms')
    expect([screen.getByRole('status') === region, after === words]).toEqual([true, false])
    expect(after.hasAttribute('aria-hidden')).toBe(false)
  })

  it('that is an alert, or is not read aloud, has its words at once and keeps them', () => {
    vi.useFakeTimers()
    render(<Notice live="alert">Not saved</Notice>)
    const words = screen.getByText('Not saved')
    expect(words.hasAttribute('aria-hidden')).toBe(false)
    act(() => void vi.advanceTimersByTime(1_000))
    expect(screen.getByText('Not saved')).toBe(words)
  })
})
