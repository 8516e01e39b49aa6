import { useLingui } from '@lingui/react/macro'
import { Languages } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import { activate, i18n, isLocale, localeNames, locales } from '../i18n/i18n.ts'
import { Field } from '../ui/field.tsx'

/** What keeps the chosen language for this device. */
export const KeptLanguage = createContext<(locale: string) => Promise<void>>(async () => undefined)

/** Where the middle of the screen is: the question that lies there, or the first part that can be seen. */
function inTheMiddle(): Element | undefined {
  const middle = innerHeight / 2
  const parts = [...document.querySelectorAll('main fieldset.question[id]')]
  return (
    parts.find((part) => part.getBoundingClientRect().bottom >= middle) ??
    [...document.querySelectorAll('main :is(h1, h2, li, p)')].find((part) => part.getBoundingClientRect().top >= 0)
  )
}

/** Long enough for everything to be drawn in the other words on a slow device. */
const settled = 1_500

/** Texts grow and shrink with the language: what stood in the middle of the screen is kept where it stood. */
function holdPlace(): () => void {
  const part = inTheMiddle()
  const before = part?.getBoundingClientRect().top ?? 0
  const restore = () => {
    const now = part?.isConnected ? part : document.getElementById(part?.id ?? '')
    if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: 'instant' })
  }
  return () => {
    const drawn = new ResizeObserver(restore)
    drawn.observe(document.body)
    setTimeout(() => drawn.disconnect(), settled)
  }
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
