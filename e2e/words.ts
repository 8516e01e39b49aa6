import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { englishWording } from '../src/codebook/english-wording.ts'
import { exampleWording } from '../src/codebook/examples.ts'
import { projectRoot } from './house.ts'

/** What the screens say in a language, taken from the catalogues that the app is built from. */
export interface Words {
  /** The app's message whose English this is; `{0}` and the like are filled in, tags are left out. */
  readonly say: (english: string, values?: Readonly<Record<string, string>>) => string
  /** The message of which this is the English for one, for so many. */
  readonly count: (english: string, many: number) => string
  /** Wording of the codebook by key, such as `toe.question`. */
  readonly word: (key: string) => string
  readonly has: (key: string) => boolean
}

const translated = (folder: string, locale: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(folder, `${locale}.json`), 'utf8')) as Record<string, string>

const quoted = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => JSON.parse(line) as string)
    .join('')

export function wordsOf(locale: string): Words {
  const folder = join(projectRoot, 'src', 'i18n')
  const catalogue = ['locales/lock', 'locales/first', 'locales']
    .map((part) => readFileSync(join(folder, part, `${locale}.po`), 'utf8'))
    .join('\n')
  const messages = new Map<string, string>()
  for (const [, id = '', text = ''] of catalogue.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)/gm))
    messages.set(quoted(id.trimEnd()), quoted(text.trimEnd()))
  const codebook =
    locale === 'en'
      ? Object.fromEntries([...englishWording(), ...exampleWording()])
      : translated(join(folder, 'codebook'), locale)
  const known = (text: string | undefined, key: string): string => {
    if (!text) throw new Error(`no words in ${locale} for: ${key}`)
    return text
  }
  return {
    say: (english, values = {}) =>
      known(messages.get(english), english)
        .replace(/<\/?\d+\/?>/g, '')
        .replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    count: (english, many) => {
      const [, text] = [...messages].find(([id]) => id.includes(`one {${english}}`)) ?? []
      const cases = new Map(
        [...known(text, english).matchAll(/([=\w]+) \{([^{}]*)\}/g)].map(([, rule, of]) => [rule, of]),
      )
      const of = cases.get(`=${many}`) ?? cases.get(new Intl.PluralRules(locale).select(many)) ?? cases.get('other')
      return known(of, english).replaceAll('#', new Intl.NumberFormat(locale).format(many))
    },
    word: (key) => known(codebook[key], key),
    has: (key) => codebook[key] !== undefined,
  }
}
