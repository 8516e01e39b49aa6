import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'

interface Props {
  readonly title: string
  readonly open: boolean
  /** Closed by its button, by Escape, or by the system's way back. */
  readonly onClose: () => void
  /** drawer: rises from the lower edge, over the whole width · side: stands at the end edge, from top to bottom. */
  readonly shape?: 'drawer' | 'side'
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** The platform's own modal dialog: it keeps the focus inside and gives it back. Draws nothing while closed. */
export function Dialog({ title, open, onClose, shape, footer, children }: Props): ReactNode {
  const { t } = useLingui()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (!open || !element) return undefined
    element.showModal()
    return () => element.close()
  }, [open])
  if (!open) return null
  return (
    <dialog
      ref={dialog}
      className={shape}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <Button look="quiet" icon aria-label={t`Close`} onClick={onClose}>
          <X aria-hidden="true" />
        </Button>
      </header>
      {children}
      {footer && <footer>{footer}</footer>}
    </dialog>
  )
}
