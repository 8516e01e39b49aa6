import { X } from 'lucide-react'
import type { ReactNode } from 'react'

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

/** Short answers in one tap each; a second tap takes one back. Dashed, because they stand apart from the answers above. */
export function Pills<T extends string>({ label, pills, chosen, onToggle, clear }: Props<T>): ReactNode {
  if (pills.length === 0 && !clear) return null
  return (
    <fieldset className="silences" aria-label={label}>
      {pills.map(({ value, label: text }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen.includes(value)}
          onClick={() => onToggle(value, !chosen.includes(value))}
        >
          {text}
        </button>
      ))}
      {clear && (
        <button type="button" className="clear" onClick={clear.onClear}>
          <X aria-hidden="true" />
          {clear.label}
        </button>
      )}
    </fieldset>
  )
}
