import { type FocusEvent, type KeyboardEvent, useState } from 'react'

type Key = 'ArrowRight' | 'ArrowLeft' | 'ArrowDown' | 'ArrowUp' | 'Home' | 'End'

function nextOf(key: string, at: number, count: number, rightToLeft: boolean): number | undefined {
  const steps: Readonly<Record<Key, number>> = {
    ArrowRight: rightToLeft ? at - 1 : at + 1,
    ArrowLeft: rightToLeft ? at + 1 : at - 1,
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
  }
  const to = (steps as Readonly<Record<string, number>>)[key]
  return to === undefined ? undefined : (to + count) % count
}

interface Roving {
  /** For what holds the buttons. */
  readonly holder: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  }
  /** The `tabIndex` of the button with this `data-key`. */
  readonly tabIndexOf: (key: string) => 0 | -1
}

/**
 * Several buttons as one stop of the Tab key, as a toolbar has it: arrows, Home and End go from one to the next, round the
 * ends. Tab comes back to the one that had the focus last, at first to `first`. Each button carries its key as `data-key`.
 */
export function useRoving(keys: readonly string[], first: string | undefined): Roving {
  const [last, setLast] = useState<string>()
  const stop = [last, first, keys[0]].find((key) => key !== undefined && keys.includes(key))
  return {
    tabIndexOf: (key) => (key === stop ? 0 : -1),
    holder: {
      onFocus: ({ target }) => setLast(target.dataset['key']),
      onKeyDown: (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
        const { currentTarget, target } = event
        const buttons = [...currentTarget.querySelectorAll<HTMLElement>('[data-key]')]
        const at = buttons.findIndex((button) => button === target)
        const isRightToLeft = getComputedStyle(currentTarget).direction === 'rtl'
        const to = at < 0 ? undefined : nextOf(event.key, at, buttons.length, isRightToLeft)
        if (to === undefined) return
        event.preventDefault()
        buttons[to]?.focus()
      },
    },
  }
}
