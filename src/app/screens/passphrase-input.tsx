import { useLingui } from '@lingui/react/macro'
import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'

interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly describedBy?: string
  readonly wrong?: boolean
  readonly help?: ReactNode
  readonly focused?: boolean
}

/** Typed unseen, or seen when asked: a long phrase is easier to type right when it can be read. */
export function PassphraseInput({ label, value, onChange, focused, ...rest }: Props): ReactNode {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  return (
    <TextInput
      {...rest}
      type={shown ? 'text' : 'password'}
      label={label}
      value={value}
      onChange={onChange}
      autoFocus={focused ?? false}
      after={
        <Button
          look="quiet"
          icon
          aria-label={shown ? t`Hide the passphrase` : t`Show the passphrase`}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
        </Button>
      }
    />
  )
}
