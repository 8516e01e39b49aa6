import { CircleCheck, Info, Lightbulb, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const icons = { plain: Info, hint: Lightbulb, derived: CircleCheck, warn: TriangleAlert, must: OctagonAlert } as const

interface Props {
  /** derived: the program filled it in · hint · warn: somebody should look · must: it has to be mended. */
  readonly look?: keyof typeof icons
  readonly id?: string
  /** Read aloud when it appears: politely, or at once. */
  readonly live?: 'status' | 'alert'
  /** Buttons, at the end of the line. */
  readonly acts?: ReactNode
  readonly children: ReactNode
}

export function Notice({ look = 'plain', id, live, acts, children }: Props): ReactNode {
  const Icon = icons[look]
  return (
    <div className={`note ${look}`} id={id} role={live}>
      <Icon aria-hidden="true" />
      <div className="grow">{children}</div>
      {acts}
    </div>
  )
}
