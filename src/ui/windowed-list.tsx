import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'

interface Props<T> {
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  readonly draw: (item: T) => ReactNode
  readonly label: string
  readonly className?: string
}

const chunk = 40

/**
 * A long list of which only what is near the screen is drawn: chunks of 40 lines, and in place of the others the height
 * that they had or are guessed to have. Arrow keys go from line to line; a screen reader is told each line's place.
 */
export function WindowedList<T>({ items, keyOf, draw, label, className }: Props<T>): ReactNode {
  const lineHeight = useRef(72)
  const chunks = Array.from({ length: Math.ceil(items.length / chunk) }, (_, at) => at * chunk)
  return (
    <div role="list" aria-label={label} className={className} onKeyDown={walk}>
      {chunks.map((start) => (
        <Chunk key={start} first={start === 0} lines={Math.min(chunk, items.length - start)} lineHeight={lineHeight}>
          {() =>
            items.slice(start, start + chunk).map((item, at) => (
              <div key={keyOf(item)} role="listitem" aria-posinset={start + at + 1} aria-setsize={items.length}>
                {draw(item)}
              </div>
            ))
          }
        </Chunk>
      ))}
    </div>
  )
}

interface ChunkProps {
  readonly first: boolean
  readonly lines: number
  readonly lineHeight: RefObject<number>
  readonly children: () => ReactNode
}

function Chunk({ first, lines, lineHeight, children }: ChunkProps): ReactNode {
  const element = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(first || typeof IntersectionObserver === 'undefined')
  useEffect(() => {
    if (!element.current || typeof IntersectionObserver === 'undefined') return undefined
    const seen = ([entry]: IntersectionObserverEntry[]) => {
      if (!entry) return
      const { isIntersecting, target, boundingClientRect } = entry
      if (!isIntersecting && target.contains(document.activeElement)) return
      if (!isIntersecting && target.childElementCount > 0)
        lineHeight.current = boundingClientRect.height / target.childElementCount
      setNear(isIntersecting)
    }
    const observer = new IntersectionObserver(seen, { rootMargin: '100% 0px' })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [lineHeight])
  return (
    <div ref={element} style={near ? undefined : { blockSize: `${lines * lineHeight.current}px` }}>
      {near && children()}
    </div>
  )
}

/** Arrow down and up: the next and the previous line that is drawn. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=listitem] > button')]
  const next = lines[lines.indexOf(event.target as HTMLElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
