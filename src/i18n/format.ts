import { t } from '@lingui/core/macro'
import { i18n } from './i18n.ts'

/**
 * The active language as dates and numbers are written in it. English has as many orders of a date as regions: who reads
 * it and set the device to one has that one, everybody else day, month, year. Only the first language of the device
 * counts, since browsers add American English to most others.
 */
export function regional(): string {
  if ((i18n.locale || 'en') !== 'en') return i18n.locale
  const own = typeof navigator === 'object' ? navigator.language : ''
  return /^en-([A-Z][a-z]{3}-)?([A-Z]{2}|\d{3})$/.test(own) ? own : 'en-001'
}

/** Gregorian and Latin digits, named: browsers differ in what they take for granted in Arabic. */
function tag(): string {
  const region = regional()
  const known = tags.get(region)
  if (known) return known
  const locale = new Intl.Locale(region, { calendar: 'gregory', numberingSystem: 'latn' }).toString()
  tags.set(region, locale)
  return locale
}

/** Made once each: a format takes longer to make than a whole list to write. */
const tags = new Map<string, string>()
const numbers = new Map<string, Intl.NumberFormat>()

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = tag() + (options.style ?? '') + (options.unit ?? '')
  const format = numbers.get(key) ?? new Intl.NumberFormat(tag(), options)
  numbers.set(key, format)
  return format
}

const made = new Map<string, Intl.DateTimeFormat>()

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag() + JSON.stringify(options)
  const format = made.get(key) ?? new Intl.DateTimeFormat(tag(), options)
  made.set(key, format)
  return format
}

export function formatNumber(value: number): string {
  return numberFormat({}).format(value)
}

/** 0.62 → `62%`. */
export function formatShare(value: number): string {
  return numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(value)
}

/** Bytes as `4 kB` or `1.3 MB`, never less than they are. */
export function formatSize(bytes: number): string {
  const unit = { style: 'unit', unitDisplay: 'short' } as const
  if (bytes < 1_000_000) return numberFormat({ ...unit, unit: 'kilobyte' }).format(Math.ceil(bytes / 1_000))
  return numberFormat({ ...unit, unit: 'megabyte', maximumFractionDigits: 1 }).format(Math.ceil(bytes / 100_000) / 10)
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

/** Milliseconds as `7 minutes`, `3 hours` or `12 days`. */
export function formatSpan(span: number): string {
  const said = (unit: string, size: number) =>
    numberFormat({ style: 'unit', unitDisplay: 'long', unit, maximumFractionDigits: 0 }).format(span / size)
  if (span < 2 * hour) return said('minute', minute)
  return span < 2 * day ? said('hour', hour) : said('day', day)
}

const lists = new Map<string, Intl.ListFormat>()

/** Several things on one line, with the commas, or the word for and, that the language writes between them. */
export function formatList(items: readonly string[]): string {
  const format = lists.get(tag()) ?? new Intl.ListFormat(tag(), { type: 'conjunction', style: 'narrow' })
  lists.set(tag(), format)
  return format.format(items)
}

/** Parts of one thing on one line, such as a country and an area of it: no word for and stands between them. */
export function formatParts(parts: readonly string[]): string {
  const said = parts.filter((part) => part !== '')
  return said.length === 0 ? '' : said.reduce((first, second) => t`${first}, ${second}`)
}

/** The time of day on this device's clock, such as `10:42`. */
export function formatTime(at: Date | number): string {
  return dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** The day on this device's clock, such as `2 May 2024`. */
export function formatDay(at: Date | number): string {
  return dateFormat({ day: 'numeric', month: 'long', year: 'numeric' }).format(at)
}

/** The day and the time on this device's clock. */
export function formatDayAndTime(at: Date | number): string {
  return dateFormat({ dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' }).format(at)
}

/** A moment of a record (`2024-05-02T10:00+02:00`), in the local time that it was written in. Other text comes back as it is. */
export function formatMoment(moment: string): string {
  const wall = Date.parse(`${moment.slice(0, 16)}Z`)
  if (Number.isNaN(wall)) return moment
  return dateFormat({ dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' }).format(wall)
}

/** A partial date of a record: `2023`, `2023-04`, `2023-04-09`, each with `~` for about. Other text comes back as it is. */
export function formatPartialDate(text: string): string {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(~?)$/.exec(text)
  if (!parts) return text
  const [, year = '', month, day, about] = parts
  const date = dateFormat({
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: 'long' as const }),
    ...(day && { day: 'numeric' as const }),
  }).format(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)))
  return about ? t`about ${date}` : date
}

export type DatePart = 'year' | 'month' | 'day'

/** In which order the active language writes the parts of a date. */
export function datePartsOrder(): readonly DatePart[] {
  const parts = dateFormat({ year: 'numeric', month: 'long', day: 'numeric' }).formatToParts(0)
  return parts.flatMap(({ type }) => (type === 'year' || type === 'month' || type === 'day' ? [type] : []))
}

/** The months by name in the active language, January first. */
export function monthNames(): readonly string[] {
  const format = dateFormat({ month: 'long', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2024, month, 15)))
}
