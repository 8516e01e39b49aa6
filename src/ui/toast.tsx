import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'

interface Toast {
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

interface Shown extends Toast {
  readonly key: number
}

/** Shows a toast; what comes back takes that one away, if it is still there. */
export type ShowToast = (toast: Toast) => () => void

const ToastContext = createContext<ShowToast>(() => () => undefined)

/** Long enough to read it and to reach its button without hurry. */
const shownFor = 12_000

/** Says `toast` at the foot of the screen for 12 seconds; a new one takes the place of the one before. */
export function useToast(): ShowToast {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<Shown>()
  const key = useRef(0)
  const show = useCallback((toast: Toast) => {
    key.current += 1
    const mine = key.current
    setShown({ ...toast, key: mine })
    return () => setShown((now) => (now?.key === mine ? undefined : now))
  }, [])
  const hide = useCallback(() => setShown(undefined), [])
  useEffect(() => {
    if (!shown) return undefined
    const timer = setTimeout(hide, shownFor)
    return () => clearTimeout(timer)
  }, [shown, hide])
  return (
    <ToastContext value={show}>
      {children}
      <output className="toasts">{shown && <ToastLine key={shown.key} toast={shown} onDone={hide} />}</output>
    </ToastContext>
  )
}

function ToastLine({ toast, onDone }: { readonly toast: Toast; readonly onDone: () => void }): ReactNode {
  const act = useMemo(() => {
    const action = toast.action
    return action && { label: action.label, run: () => (action.run(), onDone()) }
  }, [toast, onDone])
  return (
    <div className="toast">
      <span>{toast.text}</span>
      {act && (
        <Button look="quiet" onClick={act.run}>
          {act.label}
        </Button>
      )}
    </div>
  )
}
