import { formatDay, formatDayAndTime, formatTime } from '../i18n/format.ts'

/** The time for today, the day for other days. */
export function whenOf(moment: string): string {
  const at = new Date(moment)
  return at.toDateString() === new Date().toDateString() ? formatTime(at) : formatDay(at)
}

/** The time for today, day and time for other days. */
export const momentOf = (at: number): string =>
  new Date(at).toDateString() === new Date().toDateString() ? formatTime(at) : formatDayAndTime(at)
