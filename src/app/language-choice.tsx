import { useLingui } from '@lingui/react/macro'
import { Languages } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import { activate, i18n, isLocale, localeNames, locales } from '../i18n/i18n.ts'
import { Field } from '../ui/field.tsx'

/** What keeps the chosen language for this device. */
export const KeptLanguage = createContext<(locale: string) => Promise<void>>(async () => undefined)

/** The first part of the screen that can be seen. */
function firstSeen(): Element | undefined {
  return [...document.querySelectorAll('main :is(fieldset, h1, h2, li, p)')].find(
    (part) => part.getBoundingClientRect().top >= 0,
  )
}

/** Texts grow and shrink with the language: what stood first on the screen is brought back to where it stood. */
function holdPlace(): () => void {
  const part = firstSeen()
  const before = part?.getBoundingClientRect().top ?? 0
  const restore = () => {
    if (part?.isConnected) scrollBy({ top: part.getBoundingClientRect().top - before, behavior: 'instant' })
  }
  return () => requestAnimationFrame(() => requestAnimationFrame(restore))
}

/**
 * The language of the screens, each by its own name. Changing it draws the same screen in other words: nothing is
 * loaded anew, so that what is being typed, and where, stays.
 */
export function LanguageChoice(): ReactNode {
  const { t } = useLingui()
  const keep = useContext(KeptLanguage)
  const choose = async (tag: string) => {
    if (!isLocale(tag)) return
    const backInPlace = holdPlace()
    await activate(tag)
    backInPlace()
    await keep(tag)
  }
  return (
    <div className="box language">
      <Languages aria-hidden="true" />
      <Field
        as="select"
        aria-label={t`Language`}
        value={i18n.locale}
        onChange={(event) => void choose(event.target.value).catch(() => undefined)}
      >
        {locales.map((locale) => (
          <option key={locale} value={locale} lang={locale}>
            {localeNames[locale]}
          </option>
        ))}
      </Field>
    </div>
  )
}
