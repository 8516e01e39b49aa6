import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useState } from 'react'

interface Props {
  readonly words: readonly string[]
  /** Id of what names the list; without one it is named as the six words. */
  readonly labelledBy?: string
}

/**
 * A fingerprint to be read aloud, in its order: English words in every language, so that any two people find the same ones,
 * and below them those of the reader's language where there is a list of it.
 */
export function SixWords({ words, labelledBy }: Props): ReactNode {
  const { t, i18n } = useLingui()
  const own = useWordsIn(i18n.locale, words)
  return (
    <ol
      className="word-list large"
      {...(labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': t`Six words` })}
    >
      {words.map((word, at) => (
        <li key={`${at}-${word}`}>
          <span>
            <bdi lang="en">{word}</bdi>
            {own && <small>{own[at]}</small>}
          </span>
        </li>
      ))}
    </ol>
  )
}

function useWordsIn(locale: string, words: readonly string[]): readonly string[] | undefined {
  const [own, setOwn] = useState<readonly string[]>()
  const text = words.join(' ')
  useEffect(() => {
    let here = true
    const find = async () => {
      const { wordsIn } = await import('../seal/own-words.ts')
      const found = await wordsIn(locale, text.split(' '))
      if (here) setOwn(found)
    }
    // Where they cannot be fetched, the English ones stand alone.
    void find().catch(() => undefined)
    return () => {
      here = false
    }
  }, [locale, text])
  return own
}
