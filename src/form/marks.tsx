import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
import { useId, useRef, useState, type ReactNode } from 'react'
import { withWords } from '../i18n/with-words.ts'
import { Button } from '../ui/button.tsx'
import { useActs, useAside } from './case-context.ts'
import { later } from '../ui/later.tsx'
import { isMarkName, markNames, type MarkName } from './mark-names.ts'

const MarkPicture = later(async () => (await withWords(import('./mark-picture.tsx'))).MarkPicture)

const words: Readonly<Record<MarkName, MessageDescriptor>> = {
  leaf: msg`leaf`,
  sailboat: msg`sailing boat`,
  key: msg`key`,
  bird: msg`bird`,
  umbrella: msg`umbrella`,
  mountain: msg`mountain`,
  cup: msg`cup`,
  star: msg`star`,
  fish: msg`fish`,
  bell: msg`bell`,
  tree: msg`tree`,
  book: msg`book`,
  sun: msg`sun`,
  anchor: msg`anchor`,
  apple: msg`apple`,
  bicycle: msg`bicycle`,
  feather: msg`feather`,
  cloud: msg`cloud`,
  lamp: msg`lamp`,
  shell: msg`shell`,
  flower: msg`flower`,
  chair: msg`armchair`,
  snowflake: msg`snowflake`,
  cherry: msg`cherry`,
}

function useMark(id: string): MarkName | undefined {
  const name = useAside().marks[id]
  return isMarkName(name) ? name : undefined
}

/** The word of somebody's mark, to be said where no picture can stand; undefined for what has none. */
export function useMarkWord(): (id: string) => string | undefined {
  const { i18n } = useLingui()
  const { marks } = useAside()
  return (id) => {
    const name = marks[id]
    return isMarkName(name) ? i18n._(words[name]) : undefined
  }
}

interface MarkProps {
  /** Of a victim or perpetrator; for any other key nothing is drawn. */
  readonly id: string
  /** With its word beside it; otherwise the picture stands for those who see it, next to a name. */
  readonly word?: boolean
}

/** The small picture that somebody is known by on this tablet. */
export function PersonMark({ id, word }: MarkProps): ReactNode {
  const { i18n } = useLingui()
  const name = useMark(id)
  if (!name) return null
  return (
    <span className="person-mark">
      <MarkPicture name={name} />
      {word && <span>{i18n._(words[name])}</span>}
    </span>
  )
}

/** The mark, and another one in its place: a tap shows those that nobody else in the case has. */
export function MarkPicker({ id, title }: { readonly id: string; readonly title: string }): ReactNode {
  const { t, i18n } = useLingui()
  const { setMark } = useActs()
  const aside = useAside()
  const [open, setOpen] = useState(false)
  const panel = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const name = useMark(id)
  const others = Object.entries(aside.marks).flatMap(([one, taken]) => (one === id ? [] : [taken]))
  const free = markNames.filter((one) => one === name || !others.includes(one))
  const offered = free.length > 1 ? free : markNames
  const word = name && i18n._(words[name])
  return (
    <>
      <Button
        ref={opener}
        look="quiet"
        aria-expanded={open}
        aria-controls={panel}
        aria-label={word ? t`Mark of ${title}: ${word}. Change it` : t`Choose a mark for ${title}`}
        onClick={() => setOpen(!open)}
      >
        {name ? <PersonMark id={id} word /> : t`Choose a mark`}
      </Button>
      <div id={panel} className="marks" hidden={!open} role="group" aria-label={t`Mark of ${title}`}>
        {open && (
          <>
            <p className="small">{t`Something to know the person by on this tablet. It is never sent.`}</p>
            {offered.map((one) => {
              return (
                <button
                  key={one}
                  type="button"
                  aria-pressed={one === name}
                  onClick={() => {
                    setMark(id, one)
                    close()
                  }}
                >
                  <MarkPicture name={one} />
                  <span>{i18n._(words[one])}</span>
                </button>
              )
            })}
          </>
        )}
      </div>
    </>
  )
}
