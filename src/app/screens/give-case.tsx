import { Trans, useLingui } from '@lingui/react/macro'
import { Gift } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { Given, OpenCase } from '../../vault/api.ts'
import { receivers, type Receiver } from '../receivers.ts'
import { useHouse } from '../house.tsx'
import type { Autosaving } from '../use-autosave.ts'
import { WhoGetsIt } from './who-gets-it.tsx'

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
      <WhoGetsIt choices={choices} chosen={chosen} onChoose={setChosen} />
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
