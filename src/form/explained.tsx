import { useLingui } from '@lingui/react/macro'
import { useEffect, useId, useState, type ReactNode } from 'react'
import { formsOfExploitation } from '../codebook/forms-of-exploitation.ts'
import type { Confidence, Variable } from '../codebook/variable.ts'
import { Button } from '../ui/button.tsx'
import { offeredEntries } from './coded-fields.tsx'
import { definitionOf, entryDefinition, entryLabel, formDefinition, formLabel, labelOf } from './wording.ts'

/** The title of the source of a variable's values. The sources are fetched only when somebody wants to read one. */
function useSource(variable: Variable): string | undefined {
  const [title, setTitle] = useState<string>()
  const { source } = variable.provenance
  useEffect(() => {
    let wanted = true
    const read = async () => {
      const { sources } = await import('../codebook/sources.ts')
      if (wanted) setTitle(sources.find(({ id }) => id === source)?.title)
    }
    void read()
    return () => {
      wanted = false
    }
  }, [source])
  return title
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

function Explanation({ variable, id }: { readonly variable: Variable; readonly id: string }): ReactNode {
  const { t } = useLingui()
  const source = useSource(variable)
  const sureness = useSureness()
  const answers = definedAnswers(variable)
  const label = labelOf(variable)
  const ownWords = variable.provenance.source === 'project' ? t`This project` : undefined
  const name =
    variable.seedCode === null ? t`${label} (no code printed; here: ${variable.code})` : `${label} (${variable.code})`
  return (
    <div className="explained" id={id}>
      <p>{definitionOf(variable)}</p>
      {answers.length > 0 && (
        <dl>
          {answers.map(([answer, definition]) => [
            <dt key={answer}>{answer}</dt>,
            <dd key={definition}>{definition}</dd>,
          ])}
        </dl>
      )}
      <dl>
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

/** What a question means, behind a button beside it. */
export function Explained({
  variable,
  describes,
}: {
  readonly variable: Variable
  readonly describes: string
}): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <Button
        look="quiet"
        className="why"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-describedby={describes}
        onClick={() => setOpen(!open)}
      >
        {t`What does this mean?`}
      </Button>
      {open && <Explanation variable={variable} id={id} />}
    </>
  )
}
