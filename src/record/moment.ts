import { isDay } from './partial-date.ts'

const form = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d[+-](0\d|1[0-4]):[0-5]\d$/

/** A date and time of the record: minutes, local time, offset, never `Z`: `2024-05-02T10:00+02:00`. */
export function momentNow(date: Date = new Date()): string {
  const offset = -date.getTimezoneOffset()
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 16)
  const size = Math.abs(offset)
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

export function isMoment(text: string): boolean {
  const day = form.exec(text)?.[1]
  return day !== undefined && isDay(day)
}

/** The day of a moment by its own local date. */
export function dayOf(moment: string): string {
  return moment.slice(0, 10)
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
