import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useId } from 'react'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import { keyOfReceiver, type Receiver } from '../receivers.ts'
import { SixWords } from '../six-words.tsx'

interface Props {
  readonly legend?: ReactNode
  readonly choices: readonly Receiver[]
  readonly chosen: Receiver | undefined
  readonly onChoose: (chosen: Receiver) => void
}

/** Who goes on with a case: what that means for the others, and the words by which an account is known. */
export function WhoGetsIt({ legend, choices, chosen, onChoose }: Props): ReactNode {
  const { t } = useLingui()
  const name = useId()
  const options = (
    <Options>
      {choices.map((choice) => (
        <OptionRow
          key={keyOfReceiver(choice)}
          type="radio"
          name={name}
          label={choice.kind === 'me' ? t`Only me` : choice.label}
          checked={chosen !== undefined && keyOfReceiver(chosen) === keyOfReceiver(choice)}
          onChange={() => onChoose(choice)}
        />
      ))}
    </Options>
  )
  return (
    <>
      {legend === undefined ? (
        options
      ) : (
        <fieldset className="stack">
          <legend className="heading">{legend}</legend>
          {options}
        </fieldset>
      )}
      {chosen && (
        <Notice live="status">
          <WhatHappens kind={chosen.kind} />
        </Notice>
      )}
      {chosen?.words && (
        <>
          <p className="small">
            <Trans>Compare these six words with the ones on their own screen “The team of this tablet”.</Trans>
          </p>
          <SixWords words={chosen.words} />
        </>
      )}
    </>
  )
}

/** What giving it away does, to whom: said before it is done. */
function WhatHappens({ kind }: { readonly kind: Receiver['kind'] }): ReactNode {
  switch (kind) {
    case 'team':
      return <Trans>From now on every member of the team opens, changes and sends it, all its versions included.</Trans>
    case 'me':
      return (
        <Trans>
          From now on only you open it. What the others have read stays known to them, and nobody can open it when you
          have forgotten your passphrase.
        </Trans>
      )
    case 'account':
      return (
        <Trans>
          It leaves your list at once, with all its versions, and only this account opens it from its next unlock on.
          You cannot take it back. What waits to be sent is still sent.
        </Trans>
      )
  }
}
