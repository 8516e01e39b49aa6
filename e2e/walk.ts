import type { BrowserContext, Locator, Page } from '@playwright/test'
import type { Organisation } from './organisation.ts'
import { type Words, wordsOf } from './words.ts'

/** One tablet in one language, and hands that find everything by its role and the words of that language. */
export interface Walk extends Words {
  readonly locale: string
  readonly context: BrowserContext
  /** The page that is looked at; a state may bring another one. */
  page: Page
  readonly organisation: Organisation
  passphrase: string
  readonly button: (english: string, values?: Readonly<Record<string, string>>) => Locator
  readonly press: (english: string, values?: Readonly<Record<string, string>>) => Promise<void>
  /** Opens or closes what is folded away under this line. */
  readonly fold: (english: string, values?: Readonly<Record<string, string>>) => Promise<void>
  readonly fill: (label: string, text: string) => Promise<void>
  readonly heading: (english: string, values?: Readonly<Record<string, string>>) => Locator
  /** The group of a question, by the variable's code. */
  readonly question: (code: string) => Locator
  /** @param answer key of the wording, such as `sex.f` */
  readonly choose: (code: string, answer: string) => Promise<void>
  readonly type: (code: string, text: string) => Promise<void>
  /** Finds a country by typing its name. */
  readonly country: (code: string, alpha2: string) => Promise<void>
  /** To a section of the case, over the map. */
  readonly section: (english: string, values?: Readonly<Record<string, string>>) => Promise<void>
  /** Opens the map, where it is a sheet. */
  readonly map: () => Promise<void>
  readonly menu: (english: string) => Promise<void>
  /** Answers the lock screen of one account with the passphrase. */
  readonly unlock: () => Promise<void>
  readonly saved: () => Promise<void>
}

interface Begin {
  readonly locale: 'en' | 'ar'
  readonly context: BrowserContext
  readonly page: Page
  readonly organisation: Organisation
}

/** Nothing is opened yet: the first state does that. */
export function beginWalk({ locale, context, page, organisation }: Begin): Walk {
  const words = wordsOf(locale)
  const { say, word } = words
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  const walk: Walk = {
    ...words,
    locale,
    context,
    page,
    passphrase: '',
    organisation,
    button: (english, values) => walk.page.getByRole('button', { name: say(english, values), exact: true }),
    press: async (english, values) => await walk.button(english, values).click(),
    fold: async (english, values) =>
      await walk.page
        .locator('summary')
        .filter({ hasText: say(english, values) })
        .first()
        .click(),
    fill: async (label, text) => await walk.page.getByLabel(say(label), { exact: true }).fill(text),
    heading: (english, values) => walk.page.getByRole('heading', { name: say(english, values) }).first(),
    question: (code) => walk.page.getByRole('group', { name: word(`${code}.question`) }),
    choose: async (code, answer) => await walk.question(code).getByLabel(word(answer), { exact: true }).check(),
    type: async (code, text) => await walk.question(code).getByRole('textbox').first().fill(text),
    country: async (code, alpha2) => {
      const name = countries.of(alpha2) ?? ''
      await walk.question(code).getByRole('combobox').fill(name)
      await walk.page.getByRole('option', { name, exact: true }).click()
    },
    section: async (english, values) => {
      await walk.map()
      await walk.page
        .getByRole('dialog')
        .getByRole('button', { name: say(english, values) })
        .first()
        .click()
      await walk.page.getByRole('dialog').waitFor({ state: 'hidden' })
    },
    map: async () => await walk.page.getByRole('button', { name: say('Map of the case') }).click(),
    menu: async (english) => {
      await walk.press('Menu')
      await walk.page
        .getByRole('dialog')
        .getByRole('button', { name: say(english) })
        .click()
    },
    unlock: async () => {
      await walk.fill('Passphrase', walk.passphrase)
      await walk.press('Unlock')
      await walk.button('Menu').waitFor({ timeout: 30_000 })
    },
    saved: async () => await walk.page.getByText(say('Saved on this tablet {0}').trim()).first().waitFor(),
  }
  return walk
}
