import type { Messages } from '@lingui/core'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { locales, type Locale } from './i18n.ts'
import { messages as englishOfScreens } from './locales/en.po'
import { messages as englishOfLock } from './locales/lock/en.po'

/** The app's own words in every other language, held against the English ones. */
const others = locales.filter((locale) => locale !== 'en')

const english = { ...englishOfScreens, ...englishOfLock }

async function messagesOf(locale: Locale): Promise<Messages> {
  const screens = (await import(`./locales/${locale}.po`)) as { messages: Messages }
  const lock = (await import(`./locales/lock/${locale}.po`)) as { messages: Messages }
  return { ...screens.messages, ...lock.messages }
}

async function textOf(locale: Locale): Promise<string> {
  const parts = ['lock/', ''].map(async (part) => await readFile(`src/i18n/locales/${part}${locale}.po`, 'utf8'))
  return (await Promise.all(parts)).join('\n')
}

interface Parts {
  /** Placeholders and their kind: `name`, `count plural`. */
  readonly holes: readonly string[]
  /** Opening and closing tags, such as `<0>` and `</0>`, and single ones. */
  readonly tags: readonly string[]
  /** The categories that each plural has a text for. */
  readonly plurals: readonly (readonly string[])[]
}

const sorted = (texts: Iterable<string>): readonly string[] => [...new Set(texts)].sort()

/** What a compiled message is made of, the texts of its plurals included. */
function partsOf(message: Messages[string]): Parts {
  const [holes, tags, plurals]: [string[], string[], (readonly string[])[]] = [[], [], []]
  const walk = (part: unknown): void => {
    if (typeof part === 'string') tags.push(...(part.match(/<\/?\d+\/?>/g) ?? []))
    else if (Array.isArray(part)) part.forEach(item)
  }
  const item = (part: unknown): void => {
    if (!Array.isArray(part)) return walk(part)
    const [name, kind, texts] = part as [string, string?, Record<string, unknown>?]
    holes.push(kind ? `${name} ${kind}` : name)
    if (kind !== 'plural' || !texts) return
    plurals.push(sorted(Object.keys(texts).filter((key) => key !== 'offset' && !/^=?\d+$/.test(key))))
    Object.values(texts).forEach(walk)
  }
  walk(message)
  return { holes: sorted(holes), tags: sorted(tags), plurals }
}

describe.each(others)('the catalogue in %s', (locale) => {
  it('keeps every placeholder and tag of the English', async () => {
    const messages = await messagesOf(locale)
    const broken = Object.entries(english).flatMap(([id, message]) => {
      const [wanted, got] = [partsOf(message), partsOf(messages[id] ?? '')]
      const same = String(wanted.holes) === String(got.holes) && String(wanted.tags) === String(got.tags)
      return same ? [] : [{ message, translation: messages[id] }]
    })
    expect(broken).toEqual([])
  })

  it('has a text for every plural of the language, and for no other', async () => {
    const categories = sorted(new Intl.PluralRules(locale).resolvedOptions().pluralCategories)
    const broken = Object.values(await messagesOf(locale)).filter((message) =>
      partsOf(message).plurals.some((plural) => String(plural) !== String(categories)),
    )
    expect(broken).toEqual([])
  })

  it('leaves nothing in English', async () => {
    const text = await textOf(locale)
    const open = [...text.matchAll(/^msgid ((?:".*"\n)+)msgstr ""\n(?!")/gm)].map(([, id]) => id)
    expect(open).toEqual([])
  })

  it('has no message of its own', async () => {
    const extra = Object.keys(await messagesOf(locale)).filter((id) => !(id in english))
    expect(extra).toEqual([])
  })

  it('says the same in both of its parts', async () => {
    const { messages: screens } = (await import(`./locales/${locale}.po`)) as { messages: Messages }
    const { messages: lock } = (await import(`./locales/lock/${locale}.po`)) as { messages: Messages }
    const shared = Object.keys(lock).filter((id) => id in screens)
    expect(shared).not.toEqual([])
    expect(shared.map((id) => lock[id])).toEqual(shared.map((id) => screens[id]))
  })

  it('is marked as being in that language', async () => {
    const text = await textOf(locale)
    expect(text).toContain(`"Language: ${locale}\\n"`)
  })
})
