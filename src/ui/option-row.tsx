import { useId, type ReactNode } from 'react'
import { Field } from './field.tsx'

interface Props {
  readonly type: 'radio' | 'checkbox'
  /** Radios of one name exclude each other. */
  readonly name: string
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** Stands quietly at the row's end, and is not read aloud. */
  readonly code?: string | undefined
  /** A second, smaller line. */
  readonly hint?: string | undefined
  /** Belongs under the row before it. */
  readonly sub?: boolean
  readonly describedBy?: string | undefined
}

/** A row to touch. The whole row answers; a real radio or checkbox lies in it. */
export function OptionRow({ type, name, label, checked, onChange, code, hint, sub, describedBy }: Props): ReactNode {
  const hintId = useId()
  const described = [hint && hintId, describedBy].filter(Boolean).join(' ')
  return (
    <label className={`option${checked ? ' on' : ''}${sub ? ' sub' : ''}`}>
      <Field
        type={type}
        name={name}
        checked={checked}
        aria-label={label}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="words">
        {label}
        {hint && <small id={hintId}>{hint}</small>}
      </span>
      {code && (
        <small aria-hidden="true">
          <bdi dir="ltr">{code}</bdi>
        </small>
      )}
    </label>
  )
}

/** Rows under each other, or two beside each other where there is room. */
export function Options({ two, children }: { readonly two?: boolean; readonly children: ReactNode }): ReactNode {
  return <div className={two ? 'options two' : 'options'}>{children}</div>
}
