import type { I18n } from '@lingui/core'
import { useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'
import { consentFields } from '../codebook/consent.ts'
import { directionOf, localeNames, locales, wordsIn, type Locale } from '../i18n/i18n.ts'
import { Select } from '../ui/text-input.tsx'
import { spoken } from './consent-words.ts'

/** The eight points as one text, large, to be read out or handed over; in a language of its own, apart from the app's. */
export function ConsentText(): ReactNode {
  const { t, i18n } = useLingui()
  const [wanted, setWanted] = useState<Locale>()
  const other = useWords(wanted)
  const words = other ?? i18n
  const choices = locales.map((locale) => ({ value: locale, label: localeNames[locale] }))
  return (
    <div className="stack">
      {locales.length > 1 && (
        <Select
          label={t`Language of the text`}
          choices={choices}
          value={wanted ?? i18n.locale}
          onChange={(tag) => setWanted(locales.find((locale) => locale === tag))}
        />
      )}
      <div className="spoken" lang={words.locale} dir={directionOf(words.locale)}>
        {consentFields.map(({ id }) => (
          <p key={id}>{words._(spoken[id])}</p>
        ))}
      </div>
    </div>
  )
}

/** The words of that language once they are loaded; those of the app until then, or where they cannot be had. */
function useWords(locale: Locale | undefined): I18n | undefined {
  const [words, setWords] = useState<I18n>()
  useEffect(() => {
    let here = true
    if (locale)
      void wordsIn(locale)
        .then((loaded) => here && setWords(loaded))
        .catch(() => undefined)
    return () => {
      here = false
    }
  }, [locale])
  return words?.locale === locale ? words : undefined
}
