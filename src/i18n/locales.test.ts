import type { Messages } from '@lingui/core'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { locales, type Locale } from './i18n.ts'
import { messages as englishOfOthers } from './locales/en.po'
import { messages as englishOfFirst } from './locales/first/en.po'
import { messages as englishOfLock } from './locales/lock/en.po'

/** The app's own words in every other language, held against the English ones. */
const others = locales.filter((locale) => locale !== 'en')

const english = { ...englishOfOthers, ...englishOfFirst, ...englishOfLock }

const parts = ['lock', 'first', '.'] as const

async function partsIn(locale: Locale): Promise<readonly Messages[]> {
  const [lock, first, others] = (await Promise.all([
    import(`./locales/lock/${locale}.po`),
    import(`./locales/first/${locale}.po`),
    import(`./locales/${locale}.po`),
  ])) as [{ messages: Messages }, { messages: Messages }, { messages: Messages }]
  return [lock.messages, first.messages, others.messages]
}

async function messagesOf(locale: Locale): Promise<Messages> {
  return Object.assign({}, ...(await partsIn(locale))) as Messages
}

async function textOf(locale: Locale): Promise<string> {
  const texts = parts.map(async (part) => await readFile(`src/i18n/locales/${part}/${locale}.po`, 'utf8'))
  return (await Promise.all(texts)).join('\n')
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

  it('says the same in each of its parts', async () => {
    const [all, each] = [await messagesOf(locale), await partsIn(locale)]
    const count = each.reduce((sum, part) => sum + Object.keys(part).length, 0)
    expect(count).toBeGreaterThan(Object.keys(all).length)
    for (const part of each) expect(all).toMatchObject(part)
  })

  it('is marked as being in that language', async () => {
    const text = await textOf(locale)
    expect(text).toContain(`"Language: ${locale}\\n"`)
  })
})
