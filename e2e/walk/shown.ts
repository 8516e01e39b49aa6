import { expect, type Locator, type Page } from '@playwright/test'

/** What is on the screen, read at once for a whole section: one call of the browser, not one for each label. */

export interface Row {
  readonly type: 'radio' | 'checkbox'
  /** What a screen reader says. */
  readonly label: string
  /** What is seen. */
  readonly text: string
}

export interface Explanation {
  readonly definition: string
  readonly example: string
  readonly answers: readonly (readonly [answer: string, definition: string])[]
  readonly facts: readonly (readonly [name: string, text: string])[]
}

export interface ShownQuestion {
  readonly code: string
  /** The title of what it is folded into; empty for step 1. */
  readonly depth: string
  readonly words: string
  readonly rows: readonly Row[]
  readonly silences: readonly string[]
  readonly explanation: Explanation
}

/** How one question is answered now. */
export interface ShownAnswer {
  readonly checked: readonly string[]
  readonly pressed: readonly string[]
  readonly chips: readonly string[]
  /** Text boxes by their label, and what stands in them. */
  readonly boxes: Readonly<Record<string, string>>
  readonly wrong: boolean
}

/** The question of a variable in the section that is open. */
export const questionOf = (page: Page, code: string): Locator => page.locator(`main fieldset.question[id$="-${code}"]`)

/** @param silences the name of the group in which they stand */
export async function shownQuestions(page: Page, silences: string): Promise<readonly ShownQuestion[]> {
  return await page.locator('main fieldset.question[id]').evaluateAll((questions, silencesName) => {
    const text = (from: Element | null | undefined) => (from?.textContent ?? '').trim()
    const pairs = (list: Element | null | undefined) =>
      [...(list?.querySelectorAll('dt') ?? [])].map((term) => [text(term), text(term.nextElementSibling)] as const)
    const explanation = (from: Element | null) => {
      const [definition, example] = from?.querySelectorAll(':scope > p') ?? []
      const lists = [...(from?.querySelectorAll('dl') ?? [])]
      return {
        definition: text(definition),
        example: text(example),
        answers: lists.length > 1 ? pairs(lists[0]) : [],
        facts: pairs(lists.at(-1)),
      }
    }
    return questions.map((question) => ({
      code: question.id.slice(question.id.lastIndexOf('-') + 1),
      depth: text(question.closest('details')?.querySelector('summary b')),
      words: text(question.querySelector('legend')),
      rows: [...question.querySelectorAll('label.option')].map((row) => {
        const input = row.querySelector('input')
        return {
          type: input?.type === 'radio' ? ('radio' as const) : ('checkbox' as const),
          label: input?.getAttribute('aria-label') ?? '',
          text: text(row),
        }
      }),
      silences: [...question.querySelectorAll(`[aria-label="${CSS.escape(silencesName)}"] button:not(.clear)`)].map(
        text,
      ),
      explanation: explanation(question.querySelector('.explained')),
    }))
  }, silences)
}

async function shownAnswer(question: Locator): Promise<ShownAnswer> {
  return await question.evaluate((of) => {
    const nameOf = (input: HTMLInputElement) =>
      input.getAttribute('aria-label') ?? input.labels?.[0]?.textContent ?? (input.role ? 'search' : '')
    const inputs = [...of.querySelectorAll('input')]
    const texts = (selector: string) => [...of.querySelectorAll(selector)].map((one) => (one.textContent ?? '').trim())
    return {
      checked: inputs.filter(({ checked }) => checked).map(nameOf),
      pressed: texts('button[aria-pressed=true]'),
      chips: texts('.chip .grow'),
      boxes: Object.fromEntries(
        inputs
          .filter(({ type }) => type !== 'radio' && type !== 'checkbox')
          .map((input) => [nameOf(input), input.value]),
      ),
      wrong: of.querySelector('[aria-invalid=true]') !== null,
    }
  })
}

/** Looks at the answer until it is as it should be, since it is drawn a moment after the click. */
export async function answered(question: Locator, look: (shown: ShownAnswer) => void): Promise<void> {
  await expect(async () => look(await shownAnswer(question))).toPass({ intervals: [20, 50, 100, 250], timeout: 20_000 })
}

/** Rows whose circle or box does not stand where the line begins: at the left, or in Arabic at the right. */
export async function rowsOnTheWrongSide(page: Page): Promise<readonly string[]> {
  return await page.locator('main label.option').evaluateAll((rows) => {
    const rtl = document.documentElement.dir === 'rtl'
    const middle = (of: Element | null) => {
      const { left = 0, width = 0 } = of?.getBoundingClientRect() ?? {}
      return left + width / 2
    }
    const wrong = rows.filter((row) => middle(row.querySelector('input')) > middle(row) !== rtl)
    return wrong.map((row) => row.textContent ?? '')
  })
}
