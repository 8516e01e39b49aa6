import { regional } from './format.ts'

/** Calendars beside the Gregorian one, by the platform's name. */
export const otherCalendars = ['ethiopic', 'persian', 'islamic-umalqura'] as const
export type OtherCalendar = (typeof otherCalendars)[number]

/** Whether this platform reckons in that calendar; some small ones know the Gregorian one alone. */
function isKnown(calendar: OtherCalendar): boolean {
  return new Intl.DateTimeFormat('en', { calendar }).resolvedOptions().calendar === calendar
}

/**
 * A Gregorian day (`2023-04-09`), or a month (`2023-04`, which spans two), in another calendar, in the words of the active
 * language. Undefined for a year alone, for no date, and where the platform does not know the calendar.
 */
export function inCalendar(date: string, calendar: OtherCalendar): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?~?$/.exec(date) ?? []
  if (year === undefined || month === undefined || !isKnown(calendar)) return undefined
  const at = (nth: number, monthsOn = 0) => Date.UTC(Number(year), Number(month) - 1 + monthsOn, nth)
  const from = at(Number(day ?? 1))
  if (new Date(from).toISOString().slice(0, 10) !== `${year}-${month}-${day ?? '01'}`) return undefined
  const format = new Intl.DateTimeFormat(new Intl.Locale(regional(), { calendar, numberingSystem: 'latn' }), {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(day && { day: 'numeric' as const }),
  })
  return day ? format.format(from) : format.formatRange(from, at(0, 1))
}
