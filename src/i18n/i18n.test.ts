// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { inCalendar } from './calendars.ts'
import {
  datePartsOrder,
  formatMoment,
  formatNumber,
  formatPartialDate,
  formatShare,
  formatTime,
  monthNames,
} from './format.ts'
import { activate, directionOf, i18n, localeFor, locales } from './i18n.ts'

beforeAll(() => activate('en'))

describe('a language', () => {
  it('tells the document its tag and direction', () => {
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['en', 'ltr'])
  })

  it('is written from right to left by its tag, wherever it is spoken', () => {
    expect(['ar', 'ar-EG', 'fa', 'en', 'zh-Hant', 'ru'].map(directionOf)).toEqual([
      'rtl',
      'rtl',
      'rtl',
      'ltr',
      'ltr',
      'ltr',
    ])
  })

  it('is the first wanted one that the app has, else English', () => {
    expect(localeFor(['tlh', 'en-GB'])).toBe('en')
    expect(localeFor([])).toBe('en')
    expect(locales).toContain('en')
  })
})

describe('words on their way', () => {
  it('are waited for by all who want them, however many do at once, and another language wins', async () => {
    vi.resetModules()
    const fresh = await import('./i18n.ts')
    await fresh.activateAtLock('en')
    const most = Array.from({ length: 20 }, async (_, n) => await fresh.activateMore(n % 2 === 0 ? 'all' : 'first'))
    await Promise.all([...most, fresh.activate('fr'), fresh.activateMore('all'), fresh.activateMore('first')])
    expect(fresh.i18n.locale).toBe('fr')
    expect(document.documentElement.lang).toBe('fr')
    await fresh.activateMore('all')
    await activate('en')
  })
})

describe('dates and numbers', () => {
  it('show a moment in the local time that it was written in, whatever the clock of this device', () => {
    expect(formatMoment('2024-05-02T10:00+05:45')).toMatch(/May 2, 2024.*10:00/)
    expect(formatMoment('T10:00+02:00')).toBe('T10:00+02:00')
  })

  it('show no more of a partial date than is known', () => {
    expect(formatPartialDate('2023')).toBe('2023')
    expect(formatPartialDate('2023-04')).toBe('April 2023')
    expect(formatPartialDate('2023-04-09')).toBe('April 9, 2023')
    expect(formatPartialDate('2023-04~')).toBe('about April 2023')
    expect(formatPartialDate('2023--09')).toBe('2023--09')
  })

  it('are Gregorian and in Latin digits in every language', () => {
    i18n.loadAndActivate({ locale: 'ar-EG', messages: {} })
    expect(formatNumber(1234)).toMatch(/^1\D?234$/)
    expect(formatPartialDate('2023')).toBe('2023')
    i18n.activate('en')
  })

  it('write the parts of a date in the order of the language', () => {
    const orders = ['en', 'fr', 'zh', 'ar'].map((locale) => {
      i18n.loadAndActivate({ locale, messages: {} })
      return datePartsOrder()
        .map((part) => part[0])
        .join('')
    })
    expect(orders).toEqual(['mdy', 'dmy', 'ymd', 'dmy'])
    i18n.activate('en')
  })

  it('stand in the order of the English reader’s own region, and day first where the device names none', () => {
    const language = vi.spyOn(navigator, 'language', 'get')
    const written = ['en-US', 'en-GB', 'en-ZA', 'en', 'fr-FR', 'C'].map((own) => {
      language.mockReturnValue(own)
      const order = datePartsOrder().map((part) => part[0])
      return `${order.join('')} ${formatPartialDate('2023-04-09')}, ${inCalendar('2023-09-12', 'ethiopic')}`
    })
    language.mockRestore()
    expect(written[0]).toMatch(/^mdy April 9, 2023, Meskerem 1, 2016/)
    expect(written.slice(1).map((one) => one.replace(/ ERA\d| Ethio.*$/, ''))).toEqual(
      Array.from({ length: 5 }, () => expect.stringMatching(/^dmy 0?9 April 2023, 0?1 Meskerem 2016/)),
    )
  })

  it('are said in other calendars from a month on, and never for a day that is none', () => {
    expect(inCalendar('2023-09-12', 'ethiopic')).toMatch(/Meskerem 1, 2016/)
    expect(inCalendar('2023-03-21', 'persian')).toMatch(/Farvardin 1, 1402/)
    expect(inCalendar('2023-03-23~', 'islamic-umalqura')).toMatch(/Ramadan 1, 1444/)
    expect(inCalendar('2023-09', 'ethiopic')).toMatch(/Nehasse.+–.+Meskerem.+2016/)
    expect(['2023', '', '2023-02-31', '2023-13', 'ongoing'].map((date) => inCalendar(date, 'persian'))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    )
  })

  it('name the time of day on a clock of 24 hours, a share, and the months', () => {
    expect(formatTime(new Date(2024, 4, 2, 22, 5))).toBe('22:05')
    expect(formatShare(0.62)).toBe('62%')
    expect(monthNames()).toHaveLength(12)
    expect(monthNames()[3]).toBe('April')
  })
})
