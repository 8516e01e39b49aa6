import { Trans, useLingui } from '@lingui/react/macro'
import { Delete } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { WordInput } from './word-input.tsx'

export const drawerWords = 24

interface Props {
  readonly words: readonly string[]
  /** How many there are; those of the key for the drawer where nothing else is said. */
  readonly count?: number
  readonly onChange: (words: readonly string[]) => void
}

/** The words of a paper, one after the other; those that are in stand numbered as they stand on it. */
export function WordsEntry({ words, count = drawerWords, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const next = words.length + 1
  return (
    <div className="stack">
      {words.length > 0 && (
        <>
          <WordList words={words} count={count} label={t`Words so far`} />
          <Button look="quiet" className="at-start" onClick={() => onChange(words.slice(0, -1))}>
            <Delete className="onward" aria-hidden="true" /> <Trans>Take the last word back</Trans>
          </Button>
        </>
      )}
      {words.length < count && (
        <WordInput
          label={t`Word ${next} of ${count}`}
          onWords={(more) => onChange([...words, ...more].slice(0, count))}
        />
      )}
    </div>
  )
}

interface ListProps extends Pick<Props, 'words' | 'count'> {
  readonly label: string
}

/** Numbered, in four columns where there is room, six in three, large enough to be copied by hand; never on paper. */
export function WordList({ words, count = drawerWords, label }: ListProps): ReactNode {
  return (
    <ol className={count === drawerWords ? 'word-list key-words' : 'word-list large'} aria-label={label}>
      {words.map((word, at) => (
        <li key={`${at}-${word}`}>
          <bdi lang="en">{word}</bdi>
        </li>
      ))}
    </ol>
  )
}
