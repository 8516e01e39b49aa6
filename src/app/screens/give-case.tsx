import { Trans, useLingui } from '@lingui/react/macro'
import { Gift } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { Given, OpenCase } from '../../vault/api.ts'
import { SixWords } from '../six-words.tsx'
import { keyOfReceiver, receivers, type Receiver } from '../receivers.ts'
import { useHouse } from '../house.tsx'
import type { Autosaving } from '../use-autosave.ts'

interface Props {
  readonly open: OpenCase
  readonly saving: Autosaving
}

/** "Give this case to …": another circle of this account, or another account of this tablet. */
export function GiveCase({ open, saving }: Props): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const [choices, setChoices] = useState<readonly Receiver[]>()
  return (
    <section className="stack">
      <h3>
        <Trans>Give this case to somebody else</Trans>
      </h3>
      <p className="small">
        {open.circle === 'team' ? (
          <Trans>Now every member of the team opens it.</Trans>
        ) : (
          <Trans>Now only you open it.</Trans>
        )}
      </p>
      <Button onClick={() => void vault.team(open.team).then((team) => setChoices(receivers(team, open.circle)))}>
        <Gift aria-hidden="true" /> <Trans>Give this case to …</Trans>
      </Button>
      <Dialog title={t`Give this case to …`} open={choices !== undefined} onClose={() => setChoices(undefined)}>
        {choices && <Choose open={open} saving={saving} choices={choices} onClose={() => setChoices(undefined)} />}
      </Dialog>
    </section>
  )
}

interface ChooseProps extends Props {
  readonly choices: readonly Receiver[]
  readonly onClose: () => void
}

function Choose({ open, saving, choices, onClose }: ChooseProps): ReactNode {
  const { t } = useLingui()
  const { vault, go } = useHouse()
  const toast = useToast()
  const name = useId()
  const [chosen, setChosen] = useState<Receiver>()
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Exclude<Given['status'], 'given'>>()
  const give = async ({ to, kind, label }: Receiver) => {
    setBusy(true)
    await saving.flush()
    const { id, rev } = saving.target()
    const given = await vault.give(id, rev, to).catch((): Given => ({ status: 'not-saved', reason: 'store' }))
    setBusy(false)
    if (given.status !== 'given') return setAnswer(given.status)
    // Isolated: the groups of digits keep their order in a sentence from right to left.
    const code = `\u2066${showCaseCode(open.code)}\u2069`
    go({ name: 'home' })
    toast({
      text:
        kind === 'team'
          ? t`Case ${code} belongs to the team now.`
          : kind === 'me'
            ? t`Only you open case ${code} now.`
            : t`Case ${code} was given to ${label}.`,
    })
  }
  if (choices.length === 0)
    return (
      <p>
        <Trans>There is nobody to give it to: no other account is on this tablet, and there is no team.</Trans>
      </p>
    )
  return (
    <div className="stack">
      <Options>
        {choices.map((choice) => (
          <OptionRow
            key={keyOfReceiver(choice)}
            type="radio"
            name={name}
            label={choice.kind === 'me' ? t`Only me` : choice.label}
            checked={chosen === choice}
            onChange={() => setChosen(choice)}
          />
        ))}
      </Options>
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
      {answer && (
        <Notice look="must" live="alert">
          {answer === 'not-saved' ? (
            <Trans>The case was not given: the tablet is full or its storage did not answer. Try again.</Trans>
          ) : (
            <Trans>
              The case was not given: it, or the account, was changed meanwhile. Open it again from the list.
            </Trans>
          )}
        </Notice>
      )}
      <div className="foot">
        <Button onClick={onClose}>
          <Trans>Keep the case</Trans>
        </Button>
        <Button look="first" disabled={!chosen || busy} onClick={() => chosen && void give(chosen)}>
          <Trans>Give it</Trans>
        </Button>
      </div>
    </div>
  )
}

/** What giving it away does, to whom: said before it is done. */
export function WhatHappens({ kind }: { readonly kind: Receiver['kind'] }): ReactNode {
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
