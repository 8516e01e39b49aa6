import { useLingui } from '@lingui/react/macro'
import { Languages } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import { activate, i18n, isLocale, localeNames, locales } from '../i18n/i18n.ts'
import { Field } from '../ui/field.tsx'

/** What keeps the chosen language for this device. */
export const KeptLanguage = createContext<(locale: string) => Promise<void>>(async () => undefined)

/**
 * The language of the screens, each by its own name. Changing it draws the same screen in other words: nothing is
 * loaded anew, so that what is being typed, and where, stays.
 */
export function LanguageChoice(): ReactNode {
  const { t } = useLingui()
  const keep = useContext(KeptLanguage)
  const choose = async (tag: string) => {
    if (!isLocale(tag)) return
    await activate(tag)
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
