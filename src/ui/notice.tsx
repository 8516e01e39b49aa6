import { CircleCheck, Info, Lightbulb, OctagonAlert, TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'

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

/** A region that comes with its words is not read: by then it is known, and what is put into it is news. */
const knownAfter = 100

/** Whether the region has stood long enough; an alert is read as it comes. */
function useKnown(live: Props['live']): boolean {
  const [known, setKnown] = useState(live !== 'status')
  useEffect(() => {
    if (known) return undefined
    const timer = setTimeout(() => setKnown(true), knownAfter)
    return () => clearTimeout(timer)
  }, [known])
  return known
}

export function Notice({ look = 'plain', id, live, acts, children }: Props): ReactNode {
  const Icon = icons[look]
  const known = useKnown(live)
  return (
    <div className={`note ${look}`} id={id} role={live}>
      <Icon aria-hidden="true" />
      {/* With another key the words are put in anew, which nobody sees. */}
      <div className="grow" key={known ? 'known' : 'new'} aria-hidden={!known || undefined}>
        {children}
      </div>
      {acts}
    </div>
  )
}
