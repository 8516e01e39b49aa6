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

/** For comparing only: without accents, case, punctuation. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðßæœıþ]/gu, (letter) => letters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

interface Entry {
  readonly item: SearchItem
  readonly label: string
  readonly also: readonly string[]
}

const prepared = new WeakMap<readonly SearchItem[], readonly Entry[]>()

function entries(items: readonly SearchItem[]): readonly Entry[] {
  const known = prepared.get(items)
  if (known) return known
  const made = items.map((item) => ({ item, label: plain(item.label), also: (item.also ?? []).map(plain) }))
  prepared.set(items, made)
  return made
}

function rank(entry: Entry, query: string): number | undefined {
  if (entry.label.startsWith(query)) return 0
  if (entry.label.includes(` ${query}`)) return 1
  if (entry.also.some((word) => word.startsWith(query))) return 2
  if (entry.also.some((word) => word.includes(` ${query}`))) return 3
  return entry.label.includes(query) ? 4 : undefined
}

/**
 * The items that the typed text finds, best first: its own name beginning so, a later word of it, another name, a part
 * inside. Items of one rank keep their order. Everything, when nothing is typed.
 */
export function found(items: readonly SearchItem[], typed: string): readonly SearchItem[] {
  const query = plain(typed)
  if (!query) return items
  const ranks: SearchItem[][] = [[], [], [], [], []]
  for (const entry of entries(items)) {
    const at = rank(entry, query)
    if (at !== undefined) ranks[at]?.push(entry.item)
  }
  return ranks.flat()
}
