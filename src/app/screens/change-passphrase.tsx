import { Trans, useLingui } from '@lingui/react/macro'
import { type FormEvent, type ReactNode, useState } from 'react'
import { utf8 } from '../../seal/bytes.ts'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { PassphraseChanged } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { PassphraseChoiceFields, usePassphraseChoice, type PassphraseWrong } from './passphrase-choice.tsx'
import { PassphraseInput } from './passphrase-input.tsx'
import { NotTheCurrent, type NotCurrent } from './not-the-current.tsx'

/** Opens on a tap: whoever came for something else is not shown six words. */
export function ChangePassphrase(): ReactNode {
  const [open, setOpen] = useState(false)
  const [done, setDone] = useState<Extract<PassphraseChanged, { status: 'changed' }>>()
  return (
    <section className="card stack">
      <h2>
        <Trans>Passphrase</Trans>
      </h2>
      <p>
        <Trans>It closes everything that only you can open. Change it when somebody may have seen it.</Trans>
      </p>
      {done && (
        <Notice look="derived" live="status">
          <Trans>The passphrase is changed. Only the new one opens this account from now on.</Trans>{' '}
          {done.wipeCleared && <Trans>Your wipe passphrase was taken away with it: set it again.</Trans>}
        </Notice>
      )}
      {open ? (
        <ChangeForm
          onDone={(changed) => {
            setDone(changed)
            setOpen(false)
          }}
        />
      ) : (
        <Button
          className="at-start"
          onClick={() => {
            setDone(undefined)
            setOpen(true)
          }}
        >
          <Trans>Change the passphrase</Trans>
        </Button>
      )}
    </section>
  )
}

type Wrong = PassphraseWrong | NotCurrent | 'not-saved'

function ChangeForm({
  onDone,
}: {
  readonly onDone: (changed: Extract<PassphraseChanged, { status: 'changed' }>) => void
}): ReactNode {
  const { t } = useLingui()
  const { vault, sessionChanged } = useHouse()
  const choice = usePassphraseChoice()
  const [current, setCurrent] = useState('')
  const [wrong, setWrong] = useState<Wrong>()
  const [busy, setBusy] = useState(false)

  const change = async (): Promise<Wrong | undefined> => {
    const unfit = await choice.judge()
    if (unfit) return unfit
    const answer = await vault.changePassphrase(utf8(fold(current)), utf8(fold(choice.chosen)))
    if (answer.status !== 'changed') return answer.status
    await sessionChanged()
    onDone(answer)
    return undefined
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const problem = await change().catch((): Wrong => 'not-saved')
    if (!problem) return
    setWrong(problem)
    setBusy(false)
  }
  return (
    <form className="stack wide-gaps" onSubmit={(event) => void submit(event)}>
      <PassphraseInput
        label={t`Your passphrase until now`}
        value={current}
        onChange={setCurrent}
        wrong={wrong === 'wrong'}
      />
      <PassphraseChoiceFields
        choice={choice}
        legend={<Trans>New passphrase</Trans>}
        wrong={wrong === 'weak' || wrong === 'again' ? wrong : undefined}
      />
      {wrong && (
        <Notice look="must" live="alert">
          <WrongSentence wrong={wrong} />
        </Notice>
      )}
      <Button look="first" type="submit" className="at-start" disabled={busy}>
        {busy ? <Trans>Making the keys …</Trans> : <Trans>Change the passphrase now</Trans>}
      </Button>
    </form>
  )
}

function WrongSentence({ wrong }: { readonly wrong: Wrong }): ReactNode {
  switch (wrong) {
    case 'weak':
      return <Trans>This passphrase is too easy to guess. Make it longer, or use the six words.</Trans>
    case 'again':
      return <Trans>The new passphrase, typed once more, was not the same. Nothing was changed.</Trans>
    case 'not-saved':
      return (
        <Trans>
          The change could not be stored, so the passphrase until now still opens. This tablet may be full; free some
          space and try again.
        </Trans>
      )
    default:
      return <NotTheCurrent why={wrong} />
  }
}
