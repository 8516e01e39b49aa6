/** A key or token of 256 bits, base64url, on a command line: one in 64 begins with a hyphen and looks like an option. */
export const hyphenedKey = /^-[\w-]{42}$/

/** So does a code or the id of a device, of 128 bits. */
export const hyphenedCode = /^-[\w-]{21}$/

/** The words of a command line with each such value joined to the option that it stands after: `--token=-Ab…`. */
export function withHyphened(words: readonly string[], isValue: (word: string) => boolean): string[] {
  return words.flatMap((word, i) => {
    const [before = '', after = ''] = [words[i - 1], words[i + 1]]
    if (isValue(word) && before.startsWith('--')) return []
    return isValue(after) && word.startsWith('--') ? [`${word}=${after}`] : [word]
  })
}
