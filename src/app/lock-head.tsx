import { Book } from 'lucide-react'
import type { ReactNode } from 'react'

interface Props {
  readonly title: ReactNode
  /** A line under the title. */
  readonly children?: ReactNode
}

/** The emblem and the title of whatever fills the window before and at the lock. */
export function LockHead({ title, children }: Props): ReactNode {
  return (
    <header>
      <div className="emblem">
        <Book aria-hidden="true" />
      </div>
      <h1>{title}</h1>
      {children && <p className="small">{children}</p>}
    </header>
  )
}
