import { useId, type ComponentPropsWithRef, type ReactNode } from 'react'
import { Field } from './field.tsx'

interface Common {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Its name, shown above it; or `labelledBy`, the id of what names it. */
  readonly label?: string
  readonly labelledBy?: string | undefined
  readonly describedBy?: string | undefined
  readonly help?: ReactNode
  readonly wrong?: boolean
  readonly required?: boolean | undefined
}

type Own = keyof Common | 'as' | 'children' | 'id'

interface Frame extends Pick<Common, 'label' | 'labelledBy' | 'describedBy' | 'help' | 'wrong'> {
  readonly id: string
  readonly after?: ReactNode
  readonly children: ReactNode
}

function Labelled({ id, label, help, wrong, after, children }: Frame): ReactNode {
  return (
    <div className="labelled">
      {label && <label htmlFor={id}>{label}</label>}
      <div className={wrong ? 'box wrong' : 'box'}>
        {children}
        {after && <span className="after">{after}</span>}
      </div>
      {help && (
        <p id={`${id}-help`} className="small">
          {help}
        </p>
      )}
    </div>
  )
}

type Wires = Pick<Frame, 'id' | 'help' | 'wrong' | 'describedBy'> & Pick<Common, 'labelledBy' | 'required'>

function wiring({ id, help, wrong, describedBy, labelledBy, required }: Wires) {
  const described = [help && `${id}-help`, describedBy].filter(Boolean).join(' ')
  return {
    id,
    'aria-labelledby': labelledBy,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong || undefined,
    'aria-required': required || undefined,
  }
}

type TextProps = Common & { readonly after?: ReactNode } & Omit<ComponentPropsWithRef<'input'>, Own>

export function TextInput(props: TextProps): ReactNode {
  const { value, onChange, label, labelledBy, describedBy, help, wrong = false, required, after, ...rest } = props
  const id = useId()
  return (
    <Labelled id={id} {...(label && { label })} help={help} wrong={wrong} after={after}>
      <Field
        type="text"
        {...rest}
        {...wiring({ id, help, wrong, describedBy, labelledBy, required })}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  )
}

/** Digits of any script as Latin digits. */
export function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0) ?? 0
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (digit.codePointAt(0) ?? 0) - zero < 9) zero -= 1
    return String((digit.codePointAt(0) ?? 0) - zero)
  })
}

/** Digits, typed in any script and handed on in Latin ones. A text box with a number pad, not a spinner. */
export function NumberInput({ onChange, ...rest }: TextProps): ReactNode {
  return <TextInput inputMode="numeric" {...rest} onChange={(text) => onChange(latinDigits(text))} />
}

interface Choice {
  readonly value: string
  readonly label: string
}

type SelectProps = Common & { readonly choices: readonly Choice[]; readonly none?: string } & Omit<
    ComponentPropsWithRef<'select'>,
    Own
  >

/** The platform's own list, for a handful of choices. `none` is what it says when nothing is chosen. */
export function Select(props: SelectProps): ReactNode {
  const {
    value,
    onChange,
    label,
    labelledBy,
    describedBy,
    help,
    wrong = false,
    required,
    choices,
    none,
    ...rest
  } = props
  const id = useId()
  return (
    <Labelled id={id} {...(label && { label })} help={help} wrong={wrong}>
      <Field
        as="select"
        {...rest}
        {...wiring({ id, help, wrong, describedBy, labelledBy, required })}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{none ?? ''}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Field>
    </Labelled>
  )
}
