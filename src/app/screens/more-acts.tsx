import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { FolderCheck, FolderOpen, Undo2 } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { isCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Details } from '../../ui/details.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow, Options } from '../../ui/option-row.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { OpenCase, Withdrawn, WithdrawReason } from '../../vault/api.ts'
import { CaseCodeInput } from '../case-code-input.tsx'
import { useHouse } from '../house.tsx'
import { flushAll } from '../leaving.ts'
import { withdrawReasons } from '../sentences.ts'
import { type Autosaving, useSaveState } from '../use-autosave.ts'
import { AnotherTablet } from './another-tablet.tsx'
import { GiveCase } from './give-case.tsx'
import { RemoveCase } from './remove-case.tsx'

interface Props {
  readonly open: OpenCase
  readonly saving: Autosaving
  readonly readOnly: boolean
  /** The case is to be read again. */
  readonly onDone: () => void
}

/** What is done seldom, and not by the way: closing a case, giving it away, withdrawing and removing it. Not in practice. */
export function MoreActs({ open, saving, readOnly, onDone }: Props): ReactNode {
  const { t } = useLingui()
  const { practising } = useHouse()
  const [more, setMore] = useState(false)
  if (readOnly || practising || open.copyOf !== undefined) return null
  return (
    <Details title={t`More`} open={more} onToggle={setMore}>
      <div className="stack wide-gaps acts">
        {open.closedAt === undefined && <Close open={open} saving={saving} onDone={onDone} />}
        <GiveCase open={open} saving={saving} />
        <AnotherTablet open={open} saving={saving} />
        {open.history.length > 0 && <Withdraw open={open} saving={saving} onDone={onDone} />}
        {open.history.length === 0 && (
          <p className="small">
            <Trans>A case that was never sent cannot be withdrawn: nobody else knows of it.</Trans>
          </p>
        )}
        <RemoveCase open={open} saving={saving} />
      </div>
    </Details>
  )
}

type ActProps = Omit<Props, 'readOnly'>

function Close({ open, saving, onDone }: ActProps): ReactNode {
  const { t } = useLingui()
  const { vault, organisation } = useHouse()
  const toast = useToast()
  const state = useSaveState(saving)
  const [failed, setFailed] = useState(false)
  const close = async () => {
    await saving.flush()
    const { id, rev } = saving.target()
    const done = await vault.close(id, rev).catch(() => undefined)
    if (done?.status !== 'closed') return setFailed(true)
    onDone()
    toast({
      text: t`The case is closed.`,
      action: {
        label: t`Undo`,
        run: () => void undo().catch(() => undefined),
      },
    })
  }
  // What was typed since goes first: the case may have been saved since it was closed.
  const undo = async () => {
    await flushAll()
    const { rev } = await vault.open(open.id)
    await vault.reopen(open.id, rev)
    onDone()
  }
  return (
    <section className="stack">
      <h3>
        <Trans>Close the case</Trans>
      </h3>
      <p className="small">
        <Trans>
          For a case that has left your care. It stands under “Closed” in the list and can be opened again at any time.
          Nothing is sent, and nobody else is told.
        </Trans>{' '}
        {organisation ? (
          <Plural
            value={organisation.limits.retentionDays}
            _0="Once your organisation has opened its last version, the readable copy leaves this tablet by itself."
            one="# day after your organisation opened its last version, the readable copy leaves this tablet by itself."
            other="# days after your organisation opened its last version, the readable copy leaves this tablet by itself."
          />
        ) : (
          <Trans>It stays on this tablet until you remove it yourself.</Trans>
        )}
      </p>
      {(open.history.length === 0 || (state.status === 'saved' && state.changed)) && (
        <Notice look="warn">
          <Trans>Something in this case was not sent yet. Closing does not send it.</Trans>
        </Notice>
      )}
      {failed && (
        <Notice look="must" live="alert">
          <Trans>The case was not closed. It was changed elsewhere, or the tablet did not answer. Try again.</Trans>
        </Notice>
      )}
      <Button onClick={() => void close()}>
        <FolderCheck aria-hidden="true" /> <Trans>Close: it has left our care</Trans>
      </Button>
    </section>
  )
}

/** Says that a case is closed, and opens it again. */
export function ClosedNotice({ open, saving, readOnly, onDone }: Props): ReactNode {
  const { vault } = useHouse()
  if (open.closedAt === undefined) return null
  const reopen = async () => {
    await saving.flush()
    const { id, rev } = saving.target()
    await vault.reopen(id, rev).then(onDone, onDone)
  }
  return (
    <Notice
      acts={
        readOnly ? undefined : (
          <Button look="quiet" onClick={() => void reopen()}>
            <FolderOpen aria-hidden="true" /> <Trans>Open it again</Trans>
          </Button>
        )
      }
    >
      <Trans>This case is closed: it has left your care. You can still read it and add to it.</Trans>
    </Notice>
  )
}

const reasons: readonly WithdrawReason[] = ['consent', 'error', 'duplicate']

function Withdraw({ open, saving, onDone }: ActProps): ReactNode {
  const { t } = useLingui()
  const { vault, boxAdded, settingsChanged, organisation } = useHouse()
  const name = useId()
  const [asked, setAsked] = useState(false)
  const [reason, setReason] = useState<WithdrawReason>()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<Exclude<Withdrawn, { status: 'finished' }>>()
  const ready = reason !== undefined && (reason !== 'duplicate' || (isCaseCode(code) && code !== open.code))
  const withdraw = async () => {
    if (reason === undefined) return
    setBusy(true)
    await saving.flush()
    const { id, rev } = saving.target()
    const wish = { reason, ...(reason === 'duplicate' && { mergedInto: code }) }
    const done = await vault.withdraw(id, rev, wish).catch((): Withdrawn => ({ status: 'not-saved', reason: 'store' }))
    setBusy(false)
    if (done.status !== 'finished') return setAnswer(done)
    setAsked(false)
    boxAdded()
    onDone()
  }
  return (
    <section className="stack">
      <h3>
        <Trans>Withdraw the case</Trans>
      </h3>
      <p className="small">
        <Trans>
          For a case that should not count: the consent was taken back, or it was entered by mistake or twice.
        </Trans>
      </p>
      <Button look="danger" disabled={settingsChanged} onClick={() => setAsked(true)}>
        <Undo2 aria-hidden="true" /> <Trans>Withdraw the case …</Trans>
      </Button>
      <Dialog
        title={t`Withdraw this case?`}
        open={asked}
        onClose={() => setAsked(false)}
        footer={
          <>
            <Button onClick={() => setAsked(false)}>
              <Trans>Keep the case</Trans>
            </Button>
            <Button look="danger" disabled={!ready || busy} onClick={() => void withdraw()}>
              {busy ? <Trans>Sealing …</Trans> : <Trans>Withdraw it</Trans>}
            </Button>
          </>
        }
      >
        <div className="stack wide-gaps">
          <fieldset className="question">
            <legend>
              <Trans>Why?</Trans>
            </legend>
            <Options>
              {reasons.map((one) => (
                <OptionRow
                  key={one}
                  type="radio"
                  name={name}
                  label={t(withdrawReasons[one])}
                  checked={reason === one}
                  onChange={() => setReason(one)}
                />
              ))}
            </Options>
          </fieldset>
          {reason === 'duplicate' && (
            <CaseCodeInput label={t`Code of the other case, which stays`} value={code} onChange={setCode} />
          )}
          <p>
            {organisation ? (
              <Trans>
                The withdrawal is sent as the next version. When <bdi>{organisation.name}</bdi> opens it, the case is
                left out of its tables.
              </Trans>
            ) : (
              <Trans>The withdrawal is kept as the next version of the case.</Trans>
            )}{' '}
            <Trans>
              On this tablet everything that was written in the case is erased. Its code and that it was withdrawn stay.
              Nothing more can be written in it.
            </Trans>
          </p>
          <Notice look="warn">
            <Trans>
              This cannot be undone. What was already counted, printed or passed on cannot be called back; tell the
              person so.
            </Trans>
          </Notice>
          {answer && (
            <Notice look="must" live="alert">
              <NotWithdrawn answer={answer} />
            </Notice>
          )}
        </div>
      </Dialog>
    </section>
  )
}

function NotWithdrawn({ answer }: { readonly answer: Exclude<Withdrawn, { status: 'finished' }> }): ReactNode {
  switch (answer.status) {
    case 'no-such-case':
      return (
        <Trans>
          No other case on this tablet has this code, so nothing was withdrawn. If the other case is on another tablet,
          choose “Entered by mistake” and tell your organisation both codes.
        </Trans>
      )
    case 'withdrawn':
      return <Trans>This case was withdrawn. Nothing can be changed or sent in it any more.</Trans>
    case 'settings-changed':
      return (
        <Trans>
          Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
        </Trans>
      )
    case 'not-saved':
      return <Trans>Nothing was withdrawn: the tablet is full or its storage did not answer. Try again.</Trans>
    default:
      return <Trans>Nothing was withdrawn: the case was changed elsewhere. Open it again from the list.</Trans>
  }
}
