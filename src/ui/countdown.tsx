import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'

interface Props {
  readonly seconds: number
  readonly onOver: () => void
  /** By a tap anywhere, by any key, or because the page was put away. */
  readonly onCancel: () => void
  readonly title: ReactNode
  readonly cancel: ReactNode
}

const moving = ['Tab', 'Shift', 'Control', 'Alt', 'Meta']

/** The last moment before what cannot be undone. Fills the screen, so that whatever is touched stops it. */
export function Countdown({ seconds, onOver, onCancel, title, cancel }: Props): ReactNode {
  const [left, setLeft] = useState(seconds)
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    // Not on the button: a key that is still held down would press it.
    element?.focus()
    return () => element?.close()
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : onOver()), 1_000)
    return () => clearTimeout(timer)
  }, [left, onOver])
  useEffect(() => {
    const away = () => document.visibilityState === 'hidden' && onCancel()
    document.addEventListener('visibilitychange', away)
    return () => document.removeEventListener('visibilitychange', away)
  }, [onCancel])
  return (
    // Whatever is touched cancels; its button says so.
    <dialog
      ref={dialog}
      className="countdown"
      tabIndex={-1}
      aria-labelledby={titleId}
      onClick={onCancel}
      onKeyDown={(event) => !event.repeat && !moving.includes(event.key) && onCancel()}
      onCancel={(event) => {
        event.preventDefault()
        onCancel()
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <p className="number num" role="timer" aria-live="assertive">
        {left}
      </p>
      <Button look="first">{cancel}</Button>
    </dialog>
  )
}
