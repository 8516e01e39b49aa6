import { useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'
import { isVariableCode } from '../codebook/codebook.ts'
import { formsOfExploitation } from '../codebook/forms-of-exploitation.ts'
import type { Confidence, Variable } from '../codebook/variable.ts'
import { offeredEntries } from './coded-fields.tsx'
import {
  definitionOf,
  entryDefinition,
  entryLabel,
  exampleOf,
  formDefinition,
  formLabel,
  labelOf,
  ownQuestionOf,
  standardQuestionOf,
} from './wording.ts'

interface Fetched {
  readonly source: string | undefined
  readonly example: string | undefined
}

/** The title of the source of a variable's values, and an example: fetched only when somebody wants to read them. */
function useFetched(variable: Variable): Partial<Fetched> {
  const [fetched, setFetched] = useState<Partial<Fetched>>({})
  const { code, provenance } = variable
  useEffect(() => {
    let wanted = true
    const read = async () => {
      const [{ sources }, { examples }] = await Promise.all([
        import('../codebook/sources.ts'),
        import('../codebook/examples.ts'),
      ])
      const source = sources.find(({ id }) => id === provenance.source)?.title
      const example: string | undefined = isVariableCode(code) ? examples[code] : undefined
      if (wanted) setFetched({ source, example })
    }
    void read()
    return () => {
      wanted = false
    }
  }, [code, provenance.source])
  return fetched
}

/** The answers that have a definition of their own, with it. */
function definedAnswers(variable: Variable): readonly (readonly [label: string, definition: string])[] {
  if (variable.kind === 'exploitation') {
    return formsOfExploitation.entries
      .filter((form) => form.level > 0)
      .map((form) => [`${form.code} ${formLabel(form.code)}`, formDefinition(form)])
  }
  const list = 'list' in variable ? variable.list : undefined
  if (!list || variable.kind === 'place') return []
  return offeredEntries(list).flatMap((entry) => {
    const definition = entryDefinition(list, entry)
    return definition ? [[entryLabel(list, entry), definition] as const] : []
  })
}

/** How sure a list of answers is, in a sentence. */
export function useSureness(): Readonly<Record<Confidence, string>> {
  const { t } = useLingui()
  return {
    exact: t`The answers are those of the classification, or of a standard that it names.`,
    adapted: t`The answers are adapted from another named standard; the classification's own may differ.`,
    proposed: t`The answers were proposed for this app, because nothing public was found.`,
  }
}

/** What a question means, where its answers come from, and an example. */
export function Explanation({ variable, id }: { readonly variable: Variable; readonly id: string }): ReactNode {
  const { t } = useLingui()
  const { source, example: english } = useFetched(variable)
  const example = english && exampleOf(variable, english)
  const sureness = useSureness()
  const answers = definedAnswers(variable)
  const label = labelOf(variable)
  const { code } = variable
  const ownWords = variable.provenance.source === 'project' ? t`This project` : undefined
  const name =
    variable.seedCode === null ? t`${label} (no code printed; here: ${variable.code})` : t`${label} (${code})`
  return (
    <div className="explained" id={id}>
      <p>{definitionOf(variable)}</p>
      {example && (
        <p>
          <b>{t`For example`}</b> {example}
        </p>
      )}
      {answers.length > 0 && (
        <dl>
          {answers.map(([answer, definition]) => [
            <dt key={answer}>{answer}</dt>,
            <dd key={definition}>{definition}</dd>,
          ])}
        </dl>
      )}
      <dl>
        {ownQuestionOf(variable) && (
          <>
            <dt>{t`The question without your organisation's words`}</dt>
            <dd>{standardQuestionOf(variable)}</dd>
          </>
        )}
        <dt>{t`Name in IC-TIP`}</dt>
        <dd>{name}</dd>
        <dt>{t`How sure`}</dt>
        <dd>{sureness[variable.provenance.confidence]}</dd>
        <dt>{t`Source`}</dt>
        <dd lang={ownWords ? undefined : 'en'} dir={ownWords ? undefined : 'ltr'}>
          {ownWords ?? source}
        </dd>
      </dl>
    </div>
  )
}
