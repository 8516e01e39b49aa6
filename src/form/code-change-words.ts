import { t } from '@lingui/core/macro'
import { variable as variableOf } from '../codebook/codebook.ts'
import { formatNumber, formatPartialDate, formatParts } from '../i18n/format.ts'
import type { ChangeSaid } from '../record/change-by-code.ts'
import { labelOf, showAnswer } from './wording.ts'

/** A change by code in plain words: whom it is about, and what is said. */
export function codeChangeWords(says: ChangeSaid): string {
  const who = whom(says)
  const what = said(says)
  return t`${who}: ${what}`
}

function whom(says: ChangeSaid): string {
  if ('victim' in says && says.victim !== undefined) return t`Victim ${formatNumber(says.victim)}`
  return says.kind === 'consent' ? t`The whole case` : t`Event`
}

function said(says: ChangeSaid): string {
  switch (says.kind) {
    case 'status':
      return dated(
        (['sta', 'ret', 'dem'] as const).flatMap((code) => {
          const answer = says[code]
          return answer === undefined ? [] : [showAnswer(variableOf(code), answer)]
        }),
        says.date,
      )
    case 'proceedings':
      return dated([showAnswer(variableOf('ces'), says.ces)], says.date)
    case 'correction': {
      const variable = variableOf(says.variable)
      const who = labelOf(variable)
      const what = formatParts([showAnswer(variable, says.value), ...Object.values(says.texts ?? {})])
      return t`${who}: ${what}`
    }
    case 'consent':
      return dated([says.scope === 'all' ? t`everything is taken out` : t`nothing is passed on`], says.date)
  }
}

const dated = (words: readonly string[], date: string): string => formatParts([...words, formatPartialDate(date)])
