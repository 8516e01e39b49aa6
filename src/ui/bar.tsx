import type { ReactNode } from 'react'

interface Props {
  readonly title: ReactNode
  /** The line under the title. */
  readonly status?: ReactNode
  /** At the end: what must be within reach on every screen. */
  readonly children?: ReactNode
}

/** The bar at the top of every screen. */
export function Bar({ title, status, children }: Props): ReactNode {
  return (
    <header className="bar">
      <div className="grow">
        <h1>{title}</h1>
        {status}
      </div>
      {children}
    </header>
  )
}
