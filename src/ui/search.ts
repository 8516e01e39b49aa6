export interface SearchItem {
  readonly value: string
  readonly label: string
  /** Other words that find it: synonyms, names in other languages. */
  readonly also?: readonly string[]
  /** Stands quietly at the end of its line. */
  readonly hint?: string
}

const letters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
}

/** Arabic letters that are written one for another: alif maqsura, ta marbuta, Persian kaf and ya; and the stretching stroke. */
const arabic: Readonly<Record<string, string>> = { ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', ـ: '', ء: '' }

/** For comparing only: without accents, case, punctuation; letters of one sound as one. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðßæœıþ]/gu, (letter) => letters[letter] ?? letter)
    .replace(/[ىیةکـء]/gu, (letter) => arabic[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

interface Entry {
  readonly item: SearchItem
  readonly label: string
  readonly also: readonly string[]
  /** Every word of every name, once. */
  readonly words: readonly string[]
}

const prepared = new WeakMap<readonly SearchItem[], readonly Entry[]>()

/** The Arabic article, which is written to its word and often left out. */
const article = 'ال'

function entryFor(item: SearchItem): Entry {
  const label = plain(item.label)
  const also = (item.also ?? []).map(plain)
  const words = [label, ...also].flatMap((name) => name.split(' '))
  const bare = words.filter((word) => word.startsWith(article)).map((word) => word.slice(article.length))
  return { item, label, also, words: [...new Set([...words, ...bare])] }
}

function entries(items: readonly SearchItem[]): readonly Entry[] {
  const known = prepared.get(items)
  if (known) return known
  const made = items.map(entryFor)
  prepared.set(items, made)
  return made
}

const beginsLater = (name: string, query: string): boolean =>
  name.includes(` ${query}`) || ` ${name}`.includes(` ${article}${query}`)

/** An article and a letter begin dozens of names: what begins so after its article is rather meant. */
function rank(entry: Entry, query: string): number | undefined {
  if (entry.label.startsWith(article + query)) return 0
  if (entry.label.startsWith(query)) return 1
  if (beginsLater(entry.label, query)) return 2
  if (entry.also.some((name) => name.startsWith(query))) return 3
  if (entry.also.some((name) => beginsLater(name, query))) return 4
  return entry.label.includes(query) ? 5 : undefined
}

/** From so many letters on, a slip is forgiven: shorter words are too like each other. */
const longEnough = 4

/** Whether the word begins with the query but for one letter that is wrong, missing, too many, or two that changed places. */
function nearlyBegins(word: string, query: string): boolean {
  let at = 0
  while (at < query.length && word[at] === query[at]) at += 1
  const [typed, meant] = [query.slice(at), word.slice(at)]
  const swapped = (typed[1] ?? '') + (typed[0] ?? '') + typed.slice(2)
  const wrong = meant.slice(1).startsWith(typed.slice(1))
  const tooMany = meant.startsWith(typed.slice(1))
  const missing = meant.slice(1).startsWith(typed)
  return wrong || tooMany || missing || meant.startsWith(swapped)
}

/** Words that people type between the words of a name, where its label has a sign or nothing. */
const joining = new Set(['and', 'of', 'the'])

const typedWords = (query: string): readonly string[] => {
  const words = query.split(' ')
  const telling = words.filter((word) => !joining.has(word))
  return telling.length > 0 ? telling : words
}

/** How near a name comes to what was typed: a word of it, its beginning, or only with another first letter; else nothing. */
function nearness(name: string, typed: string): number | undefined {
  if (name.startsWith(typed)) return 0
  if (typed.length < longEnough || !nearlyBegins(name, typed)) return undefined
  if (name[0] !== typed[0]) return 3
  return Math.abs(name.length - typed.length) <= 1 ? 1 : 2
}

const nearest = (names: readonly string[], typed: string): number =>
  names.reduce((best, name) => Math.min(best, nearness(name, typed) ?? Infinity), Infinity)

/** After the ranks of what was typed without a slip: its words in any order (6), then the nearer the better. */
function looseRank({ label, also, words }: Entry, query: string, typed: readonly string[]): number | undefined {
  const worst = Math.max(...typed.map((one) => nearest(words, one)))
  const near = worst === 0 ? 0 : Math.min(worst, nearest([label, ...also], query))
  return Number.isFinite(near) ? 6 + near : undefined
}

/**
 * The items that the typed text finds, best first: its own name beginning so, an Arabic article aside, a later word of it, another name, a later
 * word of that, a part inside; then the typed words in any order; last, what would be found but for one slip of the
 * finger in a word, in its first letter only where nothing else is found. Items of one rank keep their order, which is
 * that of the alphabet. Everything, when nothing is typed.
 */
export function found(items: readonly SearchItem[], typed: string): readonly SearchItem[] {
  const query = plain(typed)
  if (!query) return items
  const words = typedWords(query)
  const ranks: SearchItem[][] = Array.from({ length: 10 }, () => [])
  for (const entry of entries(items)) {
    const at = rank(entry, query) ?? looseRank(entry, query, words)
    if (at !== undefined) ranks[at]?.push(entry.item)
  }
  const sure = ranks.slice(0, 9).flat()
  return sure.length > 0 ? sure : (ranks[9] ?? [])
}

/** Makes the items ready, so that the first key is as quick as the others. */
export function prepareSearch(items: readonly SearchItem[]): void {
  entries(items)
}
