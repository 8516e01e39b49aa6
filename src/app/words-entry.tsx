import { Trans, useLingui } from '@lingui/react/macro'
import { Delete } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { WordInput } from './word-input.tsx'

export const drawerWords = 24

interface Props {
  readonly words: readonly string[]
  readonly onChange: (words: readonly string[]) => void
}

/** The 24 words of a paper, one after the other; those that are in stand numbered as they stand on it. */
export function WordsEntry({ words, onChange }: Props): ReactNode {
  const { t } = useLingui()
  const next = words.length + 1
  return (
    <div className="stack">
      {words.length > 0 && (
        <>
          <WordList words={words} label={t`Words so far`} />
          <Button look="quiet" className="at-start" onClick={() => onChange(words.slice(0, -1))}>
            <Delete className="onward" aria-hidden="true" /> <Trans>Take the last word back</Trans>
          </Button>
        </>
      )}
      {words.length < drawerWords && (
        <WordInput
          label={t`Word ${next} of ${drawerWords}`}
          onWords={(more) => onChange([...words, ...more].slice(0, drawerWords))}
        />
      )}
    </div>
  )
}

/** Numbered, in four columns where there is room, large enough to be copied by hand; never on paper. */
export function WordList({ words, label }: { readonly words: readonly string[]; readonly label: string }): ReactNode {
  return (
    <ol className="word-list key-words" aria-label={label}>
      {words.map((word, at) => (
        <li key={`${at}-${word}`}>
          <bdi lang="en">{word}</bdi>
        </li>
      ))}
    </ol>
  )
}
