import { Trans, useLingui } from '@lingui/react/macro'
import { Printer } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { PaperRecord } from '../../form/paper-record.tsx'
import { formatDay } from '../../i18n/format.ts'
import { showCaseCode } from '../../record/ids.ts'
import { momentNow } from '../../record/moment.ts'
import { judge } from '../../record/rules.ts'
import { utf8 } from '../../seal/bytes.ts'
import { fold } from '../../seal/fold.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import type { OpenCase } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'
import { useAsked } from '../use-asked.ts'
import { PassphraseInput } from './passphrase-input.tsx'

/** One case for paper: after the passphrase, and after the log has noted it. */
export function PrintCase({ id }: { readonly id: string }): ReactNode {
  const { go, vault } = useHouse()
  const [open, setOpen] = useState<OpenCase>()
  const [allowed, setAllowed] = useState<boolean>()
  useEffect(() => {
    vault.mayPrint().then(setAllowed, () => setAllowed(false))
  }, [vault])
  return (
    <>
      <TopBar title={<Trans>Print a case</Trans>} />
      <main className={open ? 'page' : 'page narrow'}>
        {allowed === false && <SwitchedOff />}
        {allowed && (open ? <Paper open={open} /> : <Ask id={id} onOpen={setOpen} />)}
        <Button className="screen-only at-start" onClick={() => go({ name: 'case', id })}>
          <Trans>Back to the case</Trans>
        </Button>
      </main>
    </>
  )
}

function SwitchedOff(): ReactNode {
  return (
    <Notice live="status">
      <Trans>
        Printing a case is switched off on this tablet. Only your organisation can switch it on, in its settings. The
        blank paper form can always be printed.
      </Trans>
    </Notice>
  )
}

type Wrong = 'passphrase' | 'wait' | 'failed'

function Ask({ id, onOpen }: { readonly id: string; readonly onOpen: (open: OpenCase) => void }): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const [passphrase, setPassphrase] = useState('')
  const [wrong, setWrong] = useState<Wrong>()
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    setBusy(true)
    try {
      const answer = await vault.samePassphrase(utf8(fold(passphrase)))
      if (answer.status === 'right') {
        await vault.note('print', id)
        return onOpen(await vault.open(id))
      }
      setWrong(answer.status === 'wait' ? 'wait' : 'passphrase')
    } catch {
      setWrong('failed')
    }
    setBusy(false)
  }
  return (
    <form
      className="stack wide-gaps"
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <Notice look="warn">
        <Trans>
          Paper lies outside the protection of Daybook: whoever finds it can read it, and a printer or a file may keep a
          copy. Print only what somebody has to have in their hand, and lock it away. The audit trail notes that it was
          printed.
        </Trans>
      </Notice>
      <PassphraseInput
        label={t`Your passphrase`}
        value={passphrase}
        onChange={setPassphrase}
        wrong={wrong === 'passphrase'}
        focused
      />
      {wrong && (
        <Notice look="must" live="alert">
          {wrong === 'passphrase' ? (
            <Trans>That is not your passphrase. Nothing was printed.</Trans>
          ) : wrong === 'wait' ? (
            <Trans>Too many tries in a row: please wait a moment. Nothing was printed.</Trans>
          ) : (
            <Trans>The case could not be prepared. Nothing was printed or changed.</Trans>
          )}
        </Notice>
      )}
      <Button look="danger" type="submit" disabled={busy}>
        <Printer aria-hidden="true" /> <Trans>Show it for printing</Trans>
      </Button>
    </form>
  )
}

function Paper({ open }: { readonly open: OpenCase }): ReactNode {
  const { organisation } = useHouse()
  const [printed, setPrinted] = useState(false)
  const [today] = useState(() => new Date())
  const steps = organisation?.steps ?? [1, 2]
  const asked = useAsked()
  const judgement = useMemo(() => judge(open.draft, { now: momentNow() }), [open])
  const version = open.history.length
  return (
    <>
      <div className="together screen-only">
        <Button
          look="first"
          onClick={() => {
            window.print()
            setPrinted(true)
          }}
        >
          <Printer aria-hidden="true" /> <Trans>Print</Trans>
        </Button>
        {printed && (
          <Notice live="status">
            <Trans>It went where the browser's print window said: to a printer, or into a file on this device.</Trans>
          </Notice>
        )}
      </div>
      <Sheet
        head={
          <>
            <span>
              <Trans>
                Case <bdi dir="ltr">{showCaseCode(open.code)}</bdi>
              </Trans>
            </span>
            <span>
              {version === 0 || open.changedSinceSent ? <Trans>Draft</Trans> : <Trans>Version {version}</Trans>}
              {' · '}
              {formatDay(today)}
            </span>
          </>
        }
      >
        <PaperRecord draft={open.draft} judgement={judgement} steps={steps} asked={asked} />
      </Sheet>
    </>
  )
}
