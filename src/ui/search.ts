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

function isNear({ label, also }: Entry, query: string): boolean {
  const words = [label, ...also].flatMap((name) => [name, ...name.split(' ')])
  return query.length >= longEnough && words.some((word) => nearlyBegins(word, query))
}

/**
 * The items that the typed text finds, best first: its own name beginning so, a later word of it, another name, a part
 * inside. Items of one rank keep their order. Where nothing is found, what would be found but for one slip of the finger.
 * Everything, when nothing is typed.
 */
export function found(items: readonly SearchItem[], typed: string): readonly SearchItem[] {
  const query = plain(typed)
  if (!query) return items
  const ranks: SearchItem[][] = [[], [], [], [], []]
  for (const entry of entries(items)) {
    const at = rank(entry, query)
    if (at !== undefined) ranks[at]?.push(entry.item)
  }
  const exact = ranks.flat()
  if (exact.length > 0) return exact
  return entries(items)
    .filter((entry) => isNear(entry, query))
    .map(({ item }) => item)
}
