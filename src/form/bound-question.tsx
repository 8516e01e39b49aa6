import { useLingui } from '@lingui/react/macro'
import { memo, type ReactNode } from 'react'
import type { Variable } from '../codebook/variable.ts'
import { withWords } from '../i18n/with-words.ts'
import type { Answer } from '../record/answers.ts'
import { withAnswer } from '../record/draft.ts'
import { isSame } from '../record/json.ts'
import type { Suggestion } from '../record/rules.ts'
import { Button } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'
import { Notice } from '../ui/notice.tsx'
import { Beside } from './beside.tsx'
import { useActs, useMember } from './case-context.ts'
import { useOfferUndo } from './case-undo.ts'
import { FindingNotice } from './finding-notice.tsx'
import { Question } from './question.tsx'
import { questionId, type Place } from './questions.ts'
import { derivedReason, ruleText } from './rule-wording.ts'
import type { Said, SaidPlace } from './said.ts'
import { formLabel, isMissingCode, labelOf, showAnswer } from './wording.ts'

const KeptHere = later(async () => (await withWords(import('./kept-answers.tsx'))).KeptHere)

/** What the program filled in, and why. */
function Locked({ variable, answer }: { readonly variable: Variable; readonly answer: Answer }): ReactNode {
  const only = Array.isArray(answer) ? answer[0] : answer
  return (
    <Notice look="derived">
      <b>{showAnswer(variable, answer)}</b>
      <br />
      {derivedReason(variable.code, isMissingCode(only))}
    </Notice>
  )
}

/** What follows from the answer itself: how a victim of several forms is counted, national or foreign. */
function Counted({ variable, toe, national }: Pick<Place, 'variable'> & NonNullable<Said['counted']>): ReactNode {
  const { t } = useLingui()
  if (variable.code === 'toe' && toe === '8')
    return (
      <Notice look="derived">
        {t`Different forms: this victim counts as ${formLabel('8').toLocaleLowerCase()} (8). All of them stay recorded.`}
      </Notice>
    )
  if (variable.code !== 'civ' || !national || national === 'nk') return null
  return (
    <Notice look="derived">
      {national === 'national'
        ? t`Counts as a national of the country in which the case was recorded.`
        : t`Counts as a foreigner in the country in which the case was recorded.`}
    </Notice>
  )
}

interface OfferProps {
  readonly variable: Variable
  readonly path: string
  readonly suggestion: Suggestion
}

/** An answer that is offered, and never given by itself. */
function OfferedAnswer({ variable, path, suggestion }: OfferProps): ReactNode {
  const { t } = useLingui()
  const [, setValue] = useMember<Answer>(`${path}.${suggestion.code}`)
  const { value } = suggestion
  const label = value === true ? t`Yes, presumed` : showAnswer(variable, value)
  return (
    <Notice look="hint" acts={<Button look="quiet" onClick={() => setValue(value)}>{t`Choose “${label}”`}</Button>}>
      {ruleText(suggestion.rule)}
    </Notice>
  )
}

/** A question of a unit, bound to the form and to what the rules say of it. Drawn again only when one of these changes. */
export const BoundQuestion = memo(function BoundQuestion({ at, path, variable, said }: SaidPlace): ReactNode {
  const { t } = useLingui()
  const { proposed } = useActs()
  const offerUndo = useOfferUndo()
  const [value, setValue] = useMember<Answer>(`${path}.${variable.code}`)
  const { derived, counted, findings, suggestions, kept } = said
  const asProposed = value !== undefined && isSame(proposed[variable.code], value)
  return (
    <Question
      variable={variable}
      id={questionId(at, variable.code)}
      value={value}
      onChange={setValue}
      onCleared={() => offerUndo(t`Cleared: ${labelOf(variable)}`, (now) => withAnswer(now, at, variable.code, value))}
      locked={derived === undefined ? undefined : <Locked variable={variable} answer={derived} />}
      beside={
        <Beside
          variable={variable}
          path={path}
          value={value}
          warned={findings.some(({ finding }) => finding.rule === 'R46')}
        />
      }
      said={
        <>
          {kept && <KeptHere at={at} code={variable.code} />}
          {asProposed && <Notice>{t`Proposed by this tablet. Change it if it is not so.`}</Notice>}
          {counted && <Counted variable={variable} {...counted} />}
          {suggestions.map((suggestion) => (
            <OfferedAnswer key={suggestion.rule} {...{ variable, path, suggestion }} />
          ))}
          {findings.map(({ finding, confirmed }) => (
            <FindingNotice key={finding.rule} finding={finding} confirmed={confirmed} />
          ))}
        </>
      }
    />
  )
})
