import type { ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly value: number
  readonly of: number
  /** What is said at the end, such as `10/16`. */
  readonly text: string
}

/** How far something is. */
export function Meter({ label, value, of, text }: Props): ReactNode {
  const share = of === 0 ? 0 : Math.round((100 * value) / of)
  return (
    <div className="meter">
      <span>{label}</span>
      <span className="track" aria-hidden="true">
        <i style={{ inlineSize: `${share}%` }} />
      </span>
      <span className="num">{text}</span>
    </div>
  )
}
