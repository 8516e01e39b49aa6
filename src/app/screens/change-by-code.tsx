import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft, Send } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { codeChangeWords } from '../../form/code-change-words.ts'
import { isCaseCode, showCaseCode } from '../../record/ids.ts'
import { type ChangeEntry, saidIn } from '../../record/change-entry.ts'
import { dayOf, momentNow } from '../../record/moment.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { ChangeSent, SentChange } from '../../vault/api.ts'
import { CaseCodeInput } from '../case-code-input.tsx'
import { useHouse } from '../house.tsx'
import { boxSentences } from '../delivery-sentences.ts'
import { stateWords } from '../sentences.ts'
import { formatMoment } from '../../i18n/format.ts'
import { TopBar } from '../top-bar.tsx'
import { ChangeQuestions } from './change-questions.tsx'

const nothing = (): ChangeEntry => ({
  code: '',
  whom: 'event',
  victim: '',
  date: dayOf(momentNow()),
  answers: {},
  variable: '',
  value: null,
  texts: {},
})

/** Something is said of a case by its code alone, long after the tablet let go of it. */
export function ChangeByCodeScreen(): ReactNode {
  const { t } = useLingui()
  const { vault, organisation, settingsChanged, boxAdded, go } = useHouse()
  const [entry, setEntry] = useState(nothing)
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<ChangeSent>()
  const [sent, reread] = useSentChanges()
  const here = useCaseHere(entry.code)
  const says = saidIn(entry, momentNow())
  const change = (part: Partial<ChangeEntry>) => {
    setAnswer(undefined)
    setEntry((now) => ({ ...now, ...part }))
  }
  const send = async () => {
    if (!says) return
    setBusy(true)
    const done = await vault
      .sendChange({ code: entry.code, says })
      .catch((): ChangeSent => ({ status: 'not-saved', reason: 'store' }))
    setBusy(false)
    setAnswer(done)
    if (done.status !== 'sent') return
    setEntry(nothing())
    boxAdded()
    void reread()
  }
  return (
    <>
      <TopBar title={<Trans>Change by code</Trans>} />
      <main className="page narrow stack wide-gaps">
        <p>
          <Trans>
            For a case that is not on this tablet any more. With its code you can send a new status, correct an answer,
            or withdraw a consent. Your organisation applies it to the case.
          </Trans>
        </p>
        {!organisation && (
          <Notice look="warn">
            <Trans>No organisation is set up, so there is nobody to send a change to.</Trans>
          </Notice>
        )}
        <CaseCodeInput label={t`Code of the case`} value={entry.code} onChange={(code) => change({ code })} />
        {here !== undefined && (
          <Notice
            look="hint"
            acts={
              <Button look="quiet" onClick={() => go({ name: 'case', id: here })}>
                <Trans>Open the case</Trans>
              </Button>
            }
          >
            <Trans>This case is on this tablet. It is better to open it and send a new version.</Trans>
          </Notice>
        )}
        {isCaseCode(entry.code) && <ChangeQuestions entry={entry} onChange={change} />}
        {says && (
          <Notice look="derived" live="status">
            <Trans>
              Case <bdi dir="ltr">{showCaseCode(entry.code)}</bdi>
            </Trans>
            {' · '}
            {codeChangeWords(says)}
          </Notice>
        )}
        {says?.kind === 'consent' && (
          <Notice look="warn">
            <Trans>What was already counted, printed or passed on cannot be called back; tell the person so.</Trans>
          </Notice>
        )}
        {answer && <Answered answer={answer} />}
        <div className="together">
          <Button look="first" disabled={!says || busy || !organisation || settingsChanged} onClick={() => void send()}>
            <Send aria-hidden="true" /> {busy ? <Trans>Sealing …</Trans> : <Trans>Send this change</Trans>}
          </Button>
          <Button onClick={() => go({ name: 'home' })}>
            <ArrowLeft className="onward" aria-hidden="true" /> <Trans>All cases</Trans>
          </Button>
        </div>
        <SentList sent={sent} />
      </main>
    </>
  )
}

function useSentChanges(): readonly [readonly SentChange[], () => Promise<void>] {
  const { vault, carried } = useHouse()
  const [sent, setSent] = useState<readonly SentChange[]>([])
  const reread = useCallback(async () => setSent(await vault.sentChanges().catch(() => [])), [vault])
  useEffect(() => void reread(), [reread, carried])
  return [sent, reread]
}

/** Id of the case with this code, while it can be opened on this tablet. */
function useCaseHere(code: string): string | undefined {
  const { vault } = useHouse()
  const [found, setFound] = useState<{ readonly code: string; readonly id: string }>()
  useEffect(() => {
    if (!isCaseCode(code)) return undefined
    let wanted = true
    const look = async () => {
      const { cases } = await vault.list()
      const one = cases.find((known) => known.code === code && known.copyOf === undefined && !known.withdrawn)
      if (wanted && one) setFound({ code, id: one.id })
    }
    void look().catch(() => undefined)
    return () => {
      wanted = false
    }
  }, [vault, code])
  return found?.code === code ? found.id : undefined
}

function Answered({ answer }: { readonly answer: ChangeSent }): ReactNode {
  const byFile = useHouse().organisation?.endpointHost === undefined
  switch (answer.status) {
    case 'sent':
      return (
        <Notice look="derived" live="status">
          {byFile ? (
            <Trans>Sealed. It waits until you save it as a file, and stands in the list below.</Trans>
          ) : (
            <Trans>Sealed. It leaves when there is a network, and stands in the list below.</Trans>
          )}
        </Notice>
      )
    case 'no-organisation':
      return (
        <Notice look="must" live="alert">
          <Trans>No organisation is set up, so there is nobody to send a change to.</Trans>
        </Notice>
      )
    case 'settings-changed':
      return (
        <Notice look="must" live="alert">
          <Trans>
            Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
          </Trans>
        </Notice>
      )
    case 'not-saved':
      return (
        <Notice look="must" live="alert">
          <Trans>Not sent: the tablet is full or its storage did not answer. What you entered is still here.</Trans>
        </Notice>
      )
  }
}

function SentList({ sent }: { readonly sent: readonly SentChange[] }): ReactNode {
  const { t } = useLingui()
  const { organisation } = useHouse()
  if (sent.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="changes-sent">
      <h2 id="changes-sent">
        <Trans>Changes that were sent</Trans>
      </h2>
      <ul className="stack">
        {sent.map(({ id, change, state, lastCode }) => (
          <li key={id} className="said-line">
            <span className="grow">
              <b>
                <bdi dir="ltr">{showCaseCode(change.code)}</bdi>
              </b>{' '}
              {codeChangeWords(change.says)}
              <span className="small">
                {formatMoment(change.at)}
                {state === 'attention' && lastCode !== undefined && ` · ${t(boxSentences[lastCode])}`}
              </span>
            </span>
            <span className={`pill ${looks[state]}`}>{t(stateWords[state])}</span>
          </li>
        ))}
      </ul>
      <p className="small">
        {organisation && organisation.endpointHost === undefined ? (
          <Trans>“Opened” means that your organisation applied it. If it has to ask first, it stays “Ready”.</Trans>
        ) : (
          <Trans>“Opened” means that your organisation applied it. If it has to ask first, it stays “Received”.</Trans>
        )}
      </p>
    </section>
  )
}

const looks = { ready: 'accent', received: 'ok', opened: 'ok', attention: 'warn' } as const satisfies Record<
  SentChange['state'],
  string
>
