import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { allVariables, codebook } from '../../codebook/codebook.ts'
import { formsOfExploitation } from '../../codebook/forms-of-exploitation.ts'
import { sources } from '../../codebook/sources.ts'
import type { Confidence } from '../../codebook/variable.ts'
import { useSureness } from '../../form/explanation.tsx'
import { disclaimer, formFullLabel, labelOf } from '../../form/wording.ts'
import { i18n, isLocale } from '../../i18n/i18n.ts'
import { termsOf, type Terms } from '../../i18n/terms.ts'
import { Button } from '../../ui/button.tsx'
import { Details } from '../../ui/details.tsx'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'

/** What the questions rest on: which lists are exact, adapted and proposed, the sources, and whose words these are. */
export function ClassificationScreen(): ReactNode {
  const { go } = useHouse()
  return (
    <>
      <TopBar title={<Trans>About the classification</Trans>} />
      <main className="page narrow">
        <section className="card stack">
          <p>
            <Trans>
              The questions follow the International Classification for Administrative Data on Trafficking in Persons (
              <bdi className="whole-word">IC-TIP</bdi>), codebook edition {codebook.edition}.
            </Trans>
          </p>
          <p className="small">{disclaimer()}</p>
        </section>
        <Lists />
        <Tree />
        <Translations />
        <Sources />
        <Button look="quiet" className="at-start" onClick={() => go({ name: 'about' })}>
          <ArrowLeft className="onward" aria-hidden="true" /> <Trans>About this tablet</Trans>
        </Button>
      </main>
    </>
  )
}

const grades: readonly Confidence[] = ['exact', 'adapted', 'proposed']

function titleOf(source: string): string {
  return sources.find(({ id }) => id === source)?.title ?? source
}

/** The questions by how sure the list of their answers is. */
function Lists(): ReactNode {
  const sureness = useSureness()
  return (
    <section className="card stack">
      <h2>
        <Trans>How sure the lists of answers are</Trans>
      </h2>
      {grades.map((grade) => {
        const its = allVariables.filter(({ provenance }) => provenance.confidence === grade)
        return (
          <Grade key={grade} words={sureness[grade]} count={its.length}>
            <ul className="plain-list">
              {its.map((variable) => (
                <li key={variable.code}>
                  {labelOf(variable)} <bdi dir="ltr">({variable.code})</bdi>
                  <small lang="en" dir="ltr">
                    {titleOf(variable.provenance.source)}
                  </small>
                </li>
              ))}
            </ul>
          </Grade>
        )
      })}
    </section>
  )
}

interface GradeProps {
  readonly words: string
  readonly count: number
  readonly children: ReactNode
}

function Grade({ words, count, children }: GradeProps): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <div className="stack">
      <p>{words}</p>
      <Details title={t`Show the questions`} open={open} onToggle={setOpen}>
        <p className="small">
          <Plural value={count} one="# question" other="# questions" />
        </p>
        {children}
      </Details>
    </div>
  )
}

function Tree(): ReactNode {
  return (
    <section className="card stack">
      <h2>
        <Trans>The forms of exploitation</Trans>
      </h2>
      <p className="small">
        <Trans>Names and numbers are those of the primary source; the explanations are ours.</Trans>
      </p>
      <ul className="plain-list">
        {formsOfExploitation.entries
          .filter(({ level }) => level > 0)
          .map(({ code, level }) => (
            <li key={code} className={level === 2 ? 'sub' : undefined}>
              <bdi dir="ltr" className="num">
                {code}
              </bdi>{' '}
              {formFullLabel(code)}
            </li>
          ))}
      </ul>
    </section>
  )
}

function useTerms(): Terms | undefined {
  const { locale } = i18n
  const [terms, setTerms] = useState<Terms>()
  useEffect(() => {
    let here = true
    if (isLocale(locale)) void termsOf(locale).then((found) => here && setTerms(found))
    return () => {
      here = false
    }
  }, [locale])
  return terms
}

function Translations(): ReactNode {
  const terms = useTerms()
  return (
    <section className="card stack">
      <h2>
        <Trans>Translations</Trans>
      </h2>
      <p>
        <Trans>
          IC-TIP is published in English only. In every other language its words are our own, unofficial translation,
          except for the terms that were found in the texts named beside them.
        </Trans>
      </p>
      {terms && (
        <ul className="plain-list">
          {terms.terms.map(({ key, en, term, source, match }) => (
            <li key={`${key} ${term}`}>
              <b>{term}</b>{' '}
              <span className="small">
                {match === 'equivalent' ? <Trans>the same concept</Trans> : <Trans>a neighbouring concept</Trans>}
              </span>
              <small lang="en" dir="ltr">
                {en} · {terms.sources.find(({ id }) => id === source)?.title}
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Sources(): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <section className="card stack">
      <h2>
        <Trans>Sources</Trans>
      </h2>
      <p className="small">
        <Trans>Their titles, and how far each could be read, stand in English.</Trans>
      </p>
      <Details title={t`Show the sources`} open={open} onToggle={setOpen}>
        <ul className="plain-list" lang="en" dir="ltr">
          {sources.map(({ id, title, year, read }) => (
            <li key={id}>
              {title} ({year})<small>{read}</small>
            </li>
          ))}
        </ul>
      </Details>
    </section>
  )
}
