import { t } from '@lingui/core/macro'
import { type Codebook, variable as variableOf } from '../codebook/codebook.ts'
import { consentFields } from '../codebook/consent.ts'
import type { Variable } from '../codebook/variable.ts'
import type { Change, Said } from '../record/changes.ts'
import type { Draft } from '../record/draft.ts'
import { formatParts } from '../i18n/format.ts'
import { isObject } from '../record/json.ts'
import { ruleText } from './rule-wording.ts'
import { sectionKeyOf } from './questions.ts'
import { unitTitle } from './sections.ts'
import { consentText, labelOf, questionOf, showAnswer } from './wording.ts'

/** A change in plain words. With `before` and `after`, a question that is answered otherwise. */
export interface ChangeWords {
  readonly key: string
  /** Whom or what it is about, such as `Victim 2`. */
  readonly who: string
  readonly what: string
  readonly before?: string
  readonly after?: string
  /** Where it can be looked at: section, and code of the question. Absent for whoever is gone. */
  readonly section?: string
  readonly code?: string
}

/** People are numbered as the next version numbers them; whoever is gone, as before. */
type People = Pick<Draft, 'victims' | 'perpetrators'>

export function changeWords(change: Change, before: People, after: People, asked?: Codebook): ChangeWords {
  const who = (at: string) => whoIs(at, before, after)
  switch (change.kind) {
    case 'answer': {
      const { at, variable: code } = change
      const variable = variableOf(code, asked)
      return {
        key: `${at} ${code}`,
        who: at === 'event' ? ofEvent(variable) : who(at),
        what: variable.question === '(derived)' ? labelOf(variable) : questionOf(variable),
        before: saidWords(variable, change.before),
        after: saidWords(variable, change.after),
        section: sectionKeyOf(at, variable),
        code,
      }
    }
    case 'added':
      return { key: change.id, who: who(change.id), what: t`added`, section: change.id }
    case 'removed':
      return { key: change.id, who: who(change.id), what: t`taken out` }
    case 'withdrawn':
      return {
        key: change.id,
        who: who(change.id),
        what:
          change.reason === 'consent'
            ? t`took the consent back: everything of this person is taken out`
            : t`entered by mistake: everything of this person is taken out`,
      }
    case 'consent': {
      const { at, field } = change
      return {
        key: `${at} ${field}`,
        who: who(at),
        what: fieldWords(field),
        before: agreedWords(change.before),
        after: agreedWords(change.after),
        section: at,
      }
    }
    case 'linked':
      return { key: `link ${change.at}`, who: who(change.at), what: t`connected`, section: 'links' }
    case 'unlinked':
      return { key: `link ${change.at}`, who: who(change.at), what: t`not connected any more`, section: 'links' }
    case 'confirmed':
    case 'unconfirmed':
      return {
        key: `${change.rule} ${change.at}`,
        who: change.at === 'event' ? t`Event` : who(change.at),
        what: ruleText(change.rule),
        before: change.kind === 'confirmed' ? t`not confirmed` : t`confirmed`,
        after: change.kind === 'confirmed' ? t`confirmed` : t`not confirmed`,
      }
    case 'reference':
      return { key: 'reference', who: t`Event`, what: t`the organisation's own file reference` }
    case 'withdrawn-before':
      return { key: 'withdrawn', who: t`Event`, what: t`withdrawn before` }
  }
}

function whoIs(at: string, before: People, after: People): string {
  const title = (id: string) => {
    const here = [...after.victims, ...after.perpetrators].some((one) => one.id === id)
    return unitTitle(id, (here ? after : before) as Draft)
  }
  const [one = '', other] = at.split('/')
  if (other === undefined) return title(one)
  const [perpetrator, victim] = [title(other), title(one)]
  return t`${perpetrator} and ${victim}`
}

const ofEvent = ({ unit }: Variable): string => (unit === 'reportingEntity' ? t`Reporting entity` : t`Event`)

function saidWords(variable: Variable, said: Said | undefined): string {
  if (said === undefined) return t`no answer`
  const texts = isObject(said.texts) ? Object.values(said.texts).filter((text) => typeof text === 'string') : []
  const words = [showAnswer(variable, said.answer), ...texts.map((text) => t`“${text}”`)]
  return formatParts([...words, ...(said.mark ? [t`presumed`] : [])])
}

function fieldWords(field: string): string {
  const known = consentFields.find(({ id }) => id === field)
  return known ? consentText(known) : t`Withdrawal of consent`
}

function agreedWords(value: string | undefined): string {
  if (value === 'yes') return t`agreed`
  if (value === 'no') return t`did not agree`
  if (value === 'share') return t`nothing is passed on`
  return value === 'all' ? t`everything is taken out` : t`not said`
}
