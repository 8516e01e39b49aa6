import { Circle, CircleCheck, Contrast, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const shapes = { empty: Circle, started: Contrast, complete: CircleCheck, attention: TriangleAlert } as const

export type MarkState = keyof typeof shapes

interface Props {
  readonly state: MarkState
  /** The state in a word, for those who do not see the shape; left out where the word stands beside it. */
  readonly word?: string
}

/** A state by its shape. */
export function StateMark({ state, word }: Props): ReactNode {
  const Shape = shapes[state]
  return (
    <>
      <Shape className={`mark ${state}`} aria-hidden="true" />
      {word && <span className="unseen">{word}</span>}
    </>
  )
}
