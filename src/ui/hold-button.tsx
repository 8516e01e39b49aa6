import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'

interface Props {
  readonly holdMs?: number
  readonly onHeld: () => void
  readonly disabled?: boolean
  /** Said to whom only tapped it. */
  readonly hint: ReactNode
  readonly children: ReactNode
}

const isKey = ({ key }: KeyboardEvent): boolean => key === 'Enter' || key === ' '

/** For what cannot be undone: it acts only when it was held down, by finger or key, and shows how long is left. */
export function HoldButton({ holdMs = 3_000, onHeld, disabled = false, hint, children }: Props): ReactNode {
  const [holding, setHolding] = useState(false)
  const [tapped, setTapped] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const begin = () => {
    if (disabled || holding) return
    setHolding(true)
    setTapped(false)
    timer.current = setTimeout(() => {
      setHolding(false)
      onHeld()
    }, holdMs)
  }
  const end = () => {
    clearTimeout(timer.current)
    if (holding) setTapped(true)
    setHolding(false)
  }
  const pressed = (event: KeyboardEvent) => {
    if (!isKey(event)) return
    event.preventDefault()
    if (!event.repeat) begin()
  }
  const touched = (event: PointerEvent) => {
    if (event.button === 0) begin()
  }
  return (
    <div className="stack">
      <Button
        look="danger"
        className={holding ? 'hold holding' : 'hold'}
        disabled={disabled}
        onPointerDown={touched}
        onPointerUp={end}
        onPointerLeave={end}
        onPointerCancel={end}
        onKeyDown={pressed}
        onKeyUp={(event) => isKey(event) && end()}
        onBlur={end}
        onContextMenu={(event) => event.preventDefault()}
      >
        <i className="fill" aria-hidden="true" style={{ transitionDuration: `${holding ? holdMs : 0}ms` }} />
        <span>{children}</span>
      </Button>
      <p className="small" role="status">
        {tapped && hint}
      </p>
    </div>
  )
}
