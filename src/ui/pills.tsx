import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useRoving } from './roving.ts'

export interface Pill<T extends string> {
  readonly value: T
  readonly label: string
}

interface Props<T extends string> {
  readonly label: string
  readonly pills: readonly Pill<T>[]
  readonly chosen: readonly T[]
  /** Tapped: to be chosen, or to be taken back. */
  readonly onToggle: (value: T, chosen: boolean) => void
  /** Shown where there is something else to take back. */
  readonly clear?: { readonly label: string; readonly onClear: () => void } | undefined
}

const clearKey = ' clear'

/**
 * Short answers in one tap each; a second tap takes one back. Dashed, because they stand apart from the answers above.
 * All of them are one stop of the Tab key: nobody who answers the questions tabs through what is not said.
 */
export function Pills<T extends string>({ label, pills, chosen, onToggle, clear }: Props<T>): ReactNode {
  const keys = [...pills.map(({ value }) => value), ...(clear ? [clearKey] : [])]
  const { holder, tabIndexOf } = useRoving(keys, chosen[0])
  if (keys.length === 0) return null
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the buttons in it take the focus, one at a time
    <div role="toolbar" className="silences" aria-label={label} {...holder}>
      {pills.map(({ value, label: text }) => (
        <button
          key={value}
          type="button"
          data-key={value}
          tabIndex={tabIndexOf(value)}
          aria-pressed={chosen.includes(value)}
          onClick={() => onToggle(value, !chosen.includes(value))}
        >
          {text}
        </button>
      ))}
      {clear && (
        <button
          type="button"
          className="clear"
          data-key={clearKey}
          tabIndex={tabIndexOf(clearKey)}
          onClick={clear.onClear}
        >
          <X aria-hidden="true" />
          {clear.label}
        </button>
      )}
    </div>
  )
}
