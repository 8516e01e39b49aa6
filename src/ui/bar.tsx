import { type ReactNode, useSyncExternalStore } from 'react'

interface Props {
  readonly title: ReactNode
  /** The line under the title; on a telephone under the buttons, too, so that it has the whole width. */
  readonly status?: ReactNode
  /** At the end: what must be within reach on every screen. */
  readonly children?: ReactNode
}

const narrow = () => matchMedia('(max-width: 30rem)')

function whenNarrow(changed: () => void): () => void {
  const asked = narrow()
  asked.addEventListener('change', changed)
  return () => asked.removeEventListener('change', changed)
}

/** The bar at the top of every screen. The focus goes through it as the eye does, so the order is not left to CSS. */
export function Bar({ title, status, children }: Props): ReactNode {
  const isNarrow = useSyncExternalStore(whenNarrow, () => narrow().matches)
  return (
    <header className="bar">
      <div className="grow">
        <h1>{title}</h1>
        {!isNarrow && status}
      </div>
      {children}
      {isNarrow && status && <div className="under">{status}</div>}
    </header>
  )
}
