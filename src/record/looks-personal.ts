/**
 * What a short text must not hold, as far as a program can tell (codebook, R46): an e-mail address, a web address or
 * @handle, six digits or more, a mixed token of letters and digits, a title before a name, a house number beside a street.
 * A hint and never a proof; bare names cannot be told for certain. No lookbehind: old tablets do not know it.
 */

const edge = String.raw`(?:^|[^\p{L}\p{M}\p{N}])`
const end = String.raw`(?![\p{L}\p{M}\p{N}])`
const capitalised = String.raw`[.]?\s+\p{Lu}\p{L}`

const words = (...lists: string[]) => lists.join(' ').replaceAll(' ', '|')

const titles = words(
  'Mr Mrs Ms Miss Mx Dr Prof Sir Madam Sister Father Sheikh Imam Judge',
  'Sr Sra Srta Dra Don Doña Señor Señora M[.] Mme Mlle Monsieur Madame Maître',
  'Господин господин Госпожа госпожа г-н г-жа Г-н Г-жа',
)
const arabicTitles = words('السيد السيدة الآنسة الدكتور الدكتورة الشيخ الأستاذ الأستاذة')
const chineseTitles = words('先生 女士 小姐 太太 医生 老师')

const streetBefore = words(
  'calle avenida avda carrera rue avenue boulevard chemin impasse',
  'улица ул проспект пр-т переулок شارع',
)
const streetAfter = words('street st road rd avenue ave lane boulevard blvd rue улица ул')

const patterns: readonly RegExp[] = [
  /[^\s@]+@[^\s@]+\.[^\s@]/u,
  /(?:^|[\s([{"'،,;:])@[\p{L}\p{N}_.]{2,}/u,
  /(?:https?:\/\/|www\.)\S/iu,
  new RegExp(String.raw`${edge}[a-z0-9-]+\.(?:com|org|net|info|io|me|app|ru|cn|es|fr|uk|onion)${end}`, 'iu'),
  /(?:\p{Nd}[\s.\-‐-―/\\()[\]]*){6}/u,
  new RegExp(String.raw`${edge}(?:${titles})${capitalised}`, 'u'),
  new RegExp(String.raw`${edge}(?:${arabicTitles})[.]?[/\s]+\p{L}`, 'u'),
  new RegExp(String.raw`\p{Script=Han}(?:${chineseTitles})`, 'u'),
  new RegExp(
    String.raw`${edge}(?:${streetBefore})[.]?\s+(?:[\p{L}\p{M}.'’-]+,?\s+){0,4}(?:№|#|n[°º]|no[.])?\s?\p{Nd}`,
    'iu',
  ),
  new RegExp(String.raw`${edge}\p{Nd}{1,5}\p{L}?,?\s+(?:[\p{L}\p{M}.'’-]+\s+){0,2}(?:${streetAfter})${end}`, 'iu'),
  /(?:路|街|巷|弄|道)\s*\p{Nd}+\s*号/u,
]

export function looksPersonal(text: string): boolean {
  return patterns.some((pattern) => pattern.test(text)) || hasMixedToken(text)
}

/** A token of six characters or more with letters and digits, such as the number of a document. */
function hasMixedToken(text: string): boolean {
  const tokens = text.match(/[\p{L}\p{M}\p{Nd}]{6,}/gu) ?? []
  return tokens.some((token) => /\p{L}/u.test(token) && /\p{Nd}/u.test(token))
}
