import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Entry } from '../codebook/code-list.ts'
import { formsOfExploitation } from '../codebook/forms-of-exploitation.ts'
import type { Variable } from '../codebook/variable.ts'
import type { Answer } from '../record/answers.ts'
import { chosenCodes } from '../record/canonical.ts'
import { isObject, type JsonObject } from '../record/json.ts'
import { looksPersonal } from '../record/looks-personal.ts'
import { Notice } from '../ui/notice.tsx'
import { OptionRow } from '../ui/option-row.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { useMember } from './case-context.ts'
import { partOf } from './field-props.ts'
import { valueLabel } from './wording.ts'

const mostSigns = 200

function entriesWithText(variable: Variable): readonly Entry[] {
  if (variable.kind === 'exploitation') return formsOfExploitation.entries.filter((form: Entry) => form.freeText)
  const list = 'list' in variable ? variable.list : undefined
  return list?.entries.filter((entry) => entry.freeText) ?? []
}

interface TextProps {
  /** The check of the whole record says so already, and can be confirmed. */
  readonly warned: boolean
  readonly label: string
  readonly value: string
  readonly required: boolean
  readonly onChange: (text: string) => void
}

function ShortText({ warned, label, value, required, onChange }: TextProps): ReactNode {
  const { t } = useLingui()
  const left = mostSigns - Array.from(value).length
  return (
    <div className="stack">
      <TextInput
        label={t`${label}: say which, in a few words`}
        help={
          left < 0
            ? t`Too long by ${-left} signs; it is kept, but it cannot be sent like this.`
            : t`Name nobody. ${left} signs left.`
        }
        value={value}
        wrong={left < 0}
        required={required}
        onChange={onChange}
      />
      {!warned && looksPersonal(value) && (
        <Notice look="warn" live="status">
          {t`This looks like a name, a number or an address. Please leave out what says who somebody is.`}
        </Notice>
      )}
    </div>
  )
}

interface Props {
  readonly variable: Variable
  readonly path: string
  readonly value: Answer | undefined
  /** It is said at this question that a text looks as if it told who somebody is. */
  readonly warned: boolean
}

/** The short texts that stand beside chosen values, such as the one beside "other". */
function TextsBeside({
  variable,
  path,
  value,
  warned,
}: Props & { readonly variable: Variable & { texts: string } }): ReactNode {
  const [texts = {}, setTexts] = useMember<JsonObject>(`${path}.${variable.texts}`)
  const chosen = chosenCodes(value)
  const held = isObject(texts) ? texts : {}
  return entriesWithText(variable)
    .filter((entry) => chosen.includes(entry.code))
    .map((entry) => (
      <ShortText
        key={entry.code}
        warned={warned}
        label={valueLabel(variable, entry.code)}
        value={partOf(texts, entry.code)}
        required={entry.freeText === 'required'}
        onChange={(text) => setTexts({ ...held, [entry.code]: text })}
      />
    ))
}

/** An age status that is presumed until the age is verified (codebook, R18). */
function Presumed({ path }: { readonly path: string }): ReactNode {
  const { t } = useLingui()
  const [presumed, setPresumed] = useMember<boolean>(`${path}.stvPresumed`)
  return (
    <OptionRow
      type="checkbox"
      name={`${path}.stvPresumed`}
      label={t`Presumed, until the age is verified`}
      checked={presumed === true}
      onChange={(on) => setPresumed(on || undefined)}
    />
  )
}

/** What may stand beside an answer: short texts, the mark of a presumption. */
export function Beside({ variable, path, value, warned }: Props): ReactNode {
  const { texts } = variable
  return (
    <>
      {texts && <TextsBeside variable={{ ...variable, texts }} path={path} value={value} warned={warned} />}
      {variable.mark?.key === 'stvPresumed' && value === 'minor' && <Presumed path={path} />}
    </>
  )
}
