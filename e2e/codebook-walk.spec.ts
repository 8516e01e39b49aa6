import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { allVariables, codebook } from '../src/codebook/codebook.ts'
import type { UnitName } from '../src/codebook/variable.ts'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation, type Organisation } from './organisation.ts'
import { setUp } from './steps.ts'
import { answerInEveryWay, selectEach } from './walk/choosing.ts'
import { platformNames } from './walk/long-lists.ts'
import { answersThatAskAll } from './walk/needs.ts'
import { give, goTo, explainAll, homeIn, languageOf, type Walk } from './walk/section.ts'
import { questionOf, rowsOnTheWrongSide, shownQuestions } from './walk/shown.ts'
import { latinWords, offeredOf, questionToShow, silencesOf, wordsOfValue } from './walk/words-of.ts'
import { wordsOf } from './words.ts'

/**
 * Every variable and every value in the form as it is built, with all three steps: generated from the codebook, compared
 * with it, chosen by real clicks. What is drawn in the other four languages is held by `src/form/languages.test.tsx`.
 */

/** What no question is, with the reason. Everything else of the codebook has to be met on the way. */
const notAsked: Readonly<Record<string, string>> = {
  rvp: 'the same fact as rtv, seen from the other side: computed, never stored',
}

const answers = answersThatAskAll()
let organisation: Organisation
let context: BrowserContext
let noise: readonly string[]
let page: Page
let profile = ''

test.beforeAll(async () => {
  profile = temporaryFolder('walk-profile')
  organisation = await anOrganisation('walk', { settings: ['--steps', '1,2,3'] })
  context = await openBrowser(profile, { viewport: { width: 1280, height: 1000 } })
  noise = watchForNoise(context, [organisation.appUrl, organisation.receiverUrl])
  page = await onlyPage(context)
  await setUp(page, organisation.setupLink)
})
test.afterAll(async () => {
  await context?.close()
  await organisation?.close()
  removeProfile(profile)
})

const byCode = <T extends { readonly code: string }>(questions: readonly T[]): Readonly<Record<string, T>> =>
  Object.fromEntries(questions.map((question) => [question.code, question]))

/** What stands at every question of the section is what the data says, and no question stands there besides. */
async function compareSection({ words, locale }: Walk, codes: readonly string[]): Promise<void> {
  const { say } = words
  await explainAll(page, say('What does this mean?'))
  const shown = await shownQuestions(page, say('If there is no answer'))
  await explainAll(page, say('What does this mean?'))
  const elsewhere = say('Different for this victim')
  const expected = codes.map((code) => questionToShow(words, code, answers.get(code) ?? []))
  expect(byCode(shown.filter(({ depth }) => depth !== elsewhere))).toEqual(byCode(expected))
  expect(await rowsOnTheWrongSide(page)).toEqual([])
  if (locale !== 'en') expect(latinWords(shown)).toEqual([])
}

/** What a victim may answer otherwise than the case: the same questions, in the same words. */
async function compareOwnAnswers({ words }: Walk): Promise<void> {
  const { say } = words
  const depth = say('Different for this victim')
  // An own decision is asked for beside an own status.
  const status = wordsOfValue(words, 'sta', answers.get('sta')?.[0] ?? '')
  await questionOf(page, 'sta').getByRole('radio', { name: status, exact: true }).check()
  await explainAll(page, say('What does this mean?'))
  const shown = await shownQuestions(page, say('If there is no answer'))
  const codes = allVariables.filter(({ perVictimOverride }) => perVictimOverride === true).map(({ code }) => code)
  const expected = codes.map((code) => ({ ...questionToShow(words, code, []), depth }))
  expect(byCode(shown.filter((one) => one.depth === depth))).toEqual(byCode(expected))
}

async function walkLinks({ words }: Walk): Promise<void> {
  const { say, word } = words
  const labels = offeredOf('rtv').map(({ code }) => wordsOfValue(words, 'rtv', code))
  const list = page.getByRole('combobox', { name: word('rtv.question') })
  await selectEach(list, say('not answered'), [...labels, ...silencesOf(words, 'rtv')])
}

const units = ['perpetrator', 'event', 'victim', 'reportingEntity'] as const satisfies readonly UnitName[]
const askedIn = (unit: UnitName): readonly string[] =>
  codebook.units[unit].map(({ code }) => code).filter((code) => !(code in notAsked))

test('no variable is left out of the walk but those that are named with a reason', () => {
  const walked = [...units.flatMap(askedIn), 'rtv', ...Object.keys(notAsked)]
  expect(walked.sort()).toEqual(allVariables.map(({ code }) => code).sort())
})

for (const locale of ['en', 'ar'] as const)
  test.describe(`every value is reached, labelled and chosen in ${locale}`, () => {
    const words = wordsOf(locale)
    const { say } = words
    const titles: Readonly<Record<(typeof units)[number], string>> = {
      perpetrator: say('Perpetrator {0}', { 0: '1' }),
      event: say('Event'),
      victim: say('Victim {0}', { 0: '1' }),
      reportingEntity: say('Reporting entity'),
    }
    let walk: Walk

    test.beforeAll(async () => {
      await homeIn(page, locale)
      expect(await languageOf(page)).toBe(locale === 'ar' ? 'ar rtl' : 'en ltr')
      walk = { page, words, locale, answers, names: await platformNames(page, locale) }
      if (locale !== 'en') expect(walk.names.countries.filter((name) => /[a-z]/i.test(name))).toEqual([])
      await page.getByRole('button', { name: say('New case') }).click()
      await goTo(walk, say('Add a perpetrator'), titles.perpetrator)
      for (const unit of units) {
        await goTo(walk, titles[unit])
        for (const { code } of codebook.units[unit]) await give(walk, code)
      }
    })
    test.afterAll(() => expect(noise).toEqual([]))

    for (const unit of units)
      test(`${unit} in ${locale}`, async () => {
        await goTo(walk, titles[unit])
        await compareSection(walk, askedIn(unit))
        for (const code of askedIn(unit)) {
          await answerInEveryWay(walk, code)
          await give(walk, code)
        }
      })

    test(`own answers of a victim in ${locale}`, async () => {
      await goTo(walk, titles.victim)
      await compareOwnAnswers(walk)
    })

    test(`links in ${locale}`, async () => {
      await goTo(walk, say('Links'))
      await walkLinks(walk)
    })
  })
