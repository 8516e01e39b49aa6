import type { ReactNode } from 'react'
import { Field } from './field.tsx'

interface Props {
  readonly children: ReactNode
  /** Endings of names that are offered first; any file can be chosen. */
  readonly accept?: string
  readonly disabled?: boolean
  readonly onFile: (file: File) => void
}

/** A button that lets a person choose one file; the same file can be chosen again. */
export function FileInput({ children, accept, disabled, onFile }: Props): ReactNode {
  return (
    <label className={disabled ? 'button file disabled' : 'button file'}>
      {children}
      <Field
        type="file"
        {...(accept !== undefined && { accept })}
        disabled={disabled}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
    </label>
  )
}
