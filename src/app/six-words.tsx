import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'

interface Props {
  readonly words: readonly string[]
  /** Id of what names the list; without one it is named as the six words. */
  readonly labelledBy?: string
}

/** A fingerprint to be read aloud: English words in every language, in their order. */
export function SixWords({ words, labelledBy }: Props): ReactNode {
  const { t } = useLingui()
  return (
    <ol
      className="word-list large"
      {...(labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': t`Six words` })}
    >
      {words.map((word, at) => (
        <li key={`${at}-${word}`}>
          <bdi lang="en">{word}</bdi>
        </li>
      ))}
    </ol>
  )
}
