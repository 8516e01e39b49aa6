/** A partial date while it is typed: digits, or nothing. Day and month have two digits once they are complete. */
export interface DateParts {
  readonly year: string
  readonly month: string
  readonly day: string
  readonly about: boolean
}

/** What stands in the boxes for `2023-04-09~`, or for what is only half a date, such as `2023--09`. */
export function partsOf(text: string): DateParts {
  const [year = '', month = '', day = ''] = text.replace('~', '').split('-')
  return { year, month, day: day.replace(/^0(?=\d)/, ''), about: text.endsWith('~') }
}

/**
 * The text that is kept for what stands in the boxes; nothing for empty ones. What is no date yet keeps its places
 * (`2023--09`), so that nothing typed is lost and the record's shape refuses it.
 */
export function textOf({ year, month, day, about }: DateParts): string | undefined {
  const parts = [year, month, /^[1-9]$/.test(day) ? `0${day}` : day]
  while (parts.at(-1) === '') parts.pop()
  return parts.length === 0 ? undefined : parts.join('-') + (about ? '~' : '')
}
