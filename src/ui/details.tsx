import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** At the end of the line, such as `2 of 7 answered`. */
  readonly after?: ReactNode
  readonly open: boolean
  readonly onToggle: (open: boolean) => void
  readonly children: ReactNode
}

/** Folded away until it is wanted. What is inside is drawn only while it is open. */
export function Details({ title, after, open, onToggle, children }: Props): ReactNode {
  return (
    <details
      className="more"
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== open) onToggle(currentTarget.open)
      }}
    >
      {/* Left to the browser, it would open empty, and be filled a picture later. */}
      <summary
        onClick={(event) => {
          event.preventDefault()
          onToggle(!open)
        }}
      >
        <ChevronDown aria-hidden="true" />
        <b>{title}</b>
        {after && <span className="after num">{after}</span>}
      </summary>
      {open && children}
    </details>
  )
}
