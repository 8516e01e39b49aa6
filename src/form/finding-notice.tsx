import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Finding } from '../record/rules.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useActs } from './case-context.ts'
import { asksForAnswer, ruleText } from './rule-wording.ts'

const looks = { error: 'must', warning: 'warn', info: 'hint', derive: 'plain' } as const

interface Props {
  readonly finding: Finding
  readonly confirmed: boolean
}

/** What a rule says at a question. A check can be called right with one tap; what is only missing is said quietly. */
export function FindingNotice({ finding, confirmed }: Props): ReactNode {
  const { t } = useLingui()
  const { confirm } = useActs()
  const { rule, at, severity } = finding
  if (severity === 'error' && asksForAnswer(rule))
    return (
      <Notice>
        {t`Needed before this can be sent.`} {ruleText(rule)}
      </Notice>
    )
  if (severity !== 'warning') return <Notice look={looks[severity]}>{ruleText(rule)}</Notice>
  return (
    <Notice
      look={confirmed ? 'plain' : 'warn'}
      acts={
        <Button look="quiet" onClick={() => confirm(rule, at, !confirmed)}>
          {confirmed ? t`Look again` : t`It is right`}
        </Button>
      }
    >
      {ruleText(rule)} {confirmed && t`You said that it is right.`}
    </Notice>
  )
}
