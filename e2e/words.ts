import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './house.ts'

/** What the screens say in another language, taken from the catalogues that the app is built from. */
export interface Words {
  /** The app's message whose English this is; `{0}` and the like are filled in, tags are left out. */
  readonly say: (english: string, values?: Readonly<Record<string, string>>) => string
  /** Wording of the codebook by key, such as `toe.question`. */
  readonly word: (key: string) => string
}

const quoted = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => JSON.parse(line) as string)
    .join('')

export function wordsOf(locale: string): Words {
  const folder = join(projectRoot, 'src', 'i18n')
  const catalogue = ['locales/lock', 'locales']
    .map((part) => readFileSync(join(folder, part, `${locale}.po`), 'utf8'))
    .join('\n')
  const messages = new Map<string, string>()
  for (const [, id = '', text = ''] of catalogue.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"(?:\n|$))+)/gm))
    messages.set(quoted(id.trimEnd()), quoted(text.trimEnd()))
  const codebook = JSON.parse(readFileSync(join(folder, 'codebook', `${locale}.json`), 'utf8')) as Record<
    string,
    string
  >
  const known = (text: string | undefined, key: string): string => {
    if (!text) throw new Error(`no words in ${locale} for: ${key}`)
    return text
  }
  return {
    say: (english, values = {}) =>
      known(messages.get(english), english)
        .replace(/<\/?\d+\/?>/g, '')
        .replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    word: (key) => known(codebook[key], key),
  }
}
