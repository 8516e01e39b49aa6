import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { OpenCase, Unreceived } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import type { Autosaving } from '../use-autosave.ts'

interface Props {
  readonly open: OpenCase
  readonly saving: Autosaving
}

/** "Remove from this tablet", in the case itself. */
export function RemoveCase({ open, saving }: Props): ReactNode {
  const { go } = useHouse()
  return (
    <section className="stack">
      <h3>
        <Trans>Remove from this tablet</Trans>
      </h3>
      <RemoveButton id={open.id} before={saving.flush} onRemoved={() => go({ name: 'home' })} />
    </section>
  )
}

interface ButtonProps {
  readonly id: string
  /** To be done before it is looked at what would be lost. */
  readonly before?: () => Promise<unknown>
  readonly onRemoved: () => void
  /** Which case, where several stand on one screen. */
  readonly code?: string
}

/** Says first what nobody has received, and would be gone. */
export function RemoveButton({ id, before, onRemoved, code }: ButtonProps): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const toast = useToast()
  const [lost, setLost] = useState<Unreceived>()
  const [failed, setFailed] = useState(false)
  const ask = async () => {
    await before?.()
    setFailed(false)
    setLost(await vault.unreceived(id).catch(() => undefined))
  }
  const remove = async () => {
    const done = await vault.remove(id).catch(() => undefined)
    if (done?.status !== 'removed') return setFailed(true)
    onRemoved()
    toast({ text: t`The case was removed from this tablet.` })
  }
  return (
    <>
      <Button
        look="danger"
        {...(code !== undefined && { 'aria-label': t`Remove case ${code} from this tablet …` })}
        onClick={() => void ask()}
      >
        <Trash2 aria-hidden="true" /> <Trans>Remove from this tablet …</Trans>
      </Button>
      <Dialog
        title={t`Remove this case from this tablet?`}
        open={lost !== undefined}
        onClose={() => setLost(undefined)}
        footer={
          <>
            <Button onClick={() => setLost(undefined)}>
              <Trans>Keep the case</Trans>
            </Button>
            <Button look="danger" onClick={() => void remove()}>
              <Trans>Remove it</Trans>
            </Button>
          </>
        }
      >
        {lost && (
          <div className="stack">
            <WhatIsLost lost={lost} />
            <p>
              <Trans>
                What is written in it can no longer be read here, by nobody. That it was here, and its code, stay in the
                audit trail.
              </Trans>
            </p>
            {failed && (
              <Notice look="must" live="alert">
                <Trans>The case was not removed: the tablet is full or its storage did not answer. Try again.</Trans>
              </Notice>
            )}
          </div>
        )}
      </Dialog>
    </>
  )
}

function WhatIsLost({ lost }: { readonly lost: Unreceived }): ReactNode {
  if (!lost.draft && lost.revisions.length === 0)
    return (
      <Notice look="derived">
        <Trans>Your organisation has received everything that is in it.</Trans>
      </Notice>
    )
  return (
    <Notice look="warn">
      {lost.draft && <Trans>Something in it was never finished: it is nowhere else, unless you copied it.</Trans>}{' '}
      {lost.revisions.length > 0 && (
        <Plural
          value={lost.revisions.length}
          one="# finished version has not been received yet. If it is sealed for an organisation, it still leaves."
          other="# finished versions have not been received yet. Those that are sealed for an organisation still leave."
        />
      )}
    </Notice>
  )
}
