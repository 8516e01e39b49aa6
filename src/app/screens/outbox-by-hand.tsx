import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { FileInput as FileIcon, ScanLine } from 'lucide-react'
import { type FormEvent, lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { formatNumber } from '../../i18n/format.ts'
import { withWords } from '../../i18n/with-words.ts'
import type { AnswerTaken } from '../../outbox/imported.ts'
import type { BoxesAsFile } from '../../outbox/to-file.ts'
import { Button } from '../../ui/button.tsx'
import { Details } from '../../ui/details.tsx'
import { FileInput } from '../../ui/file-input.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { BoxList } from '../../vault/api.ts'
import { boxesName } from '../hand-out.ts'
import { useHouse } from '../house.tsx'
import { HandingOut } from './handing-out.tsx'

/** The reader of codes is fetched by who scans one. */
const CodeReader = lazy(async () => ({ default: (await withWords(import('./code-reader.tsx'))).CodeReader }))

interface Props {
  readonly list: BoxList | undefined
  /** Something was written beside the boxes that no count shows. */
  readonly onChanged: () => void
}

/** The way without a network: what waits as a sealed file by stick or mail, and the organisation's answer back. */
export function ByHand({ list, onChanged }: Props): ReactNode {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    <Details title={t`Without a network: by stick or mail`} open={open} onToggle={setOpen}>
      <div className="stack">
        <HandOver list={list} onChanged={onChanged} />
      </div>
    </Details>
  )
}

/** The file and the answer themselves: where there is no receiver they are the only way, and stand open. */
export function HandOver({ list, onChanged }: Props): ReactNode {
  const waits = list !== undefined && list.boxes.length + list.copies.count > 0
  return (
    <>
      {waits && <Saving onChanged={onChanged} />}
      <Answer onTaken={onChanged} />
    </>
  )
}

type Made = Extract<BoxesAsFile, { status: 'made' }>
type NotMadeBecause = Exclude<BoxesAsFile, Made>['status'] | 'failed'
type Step =
  | { readonly at: 'making' | 'noted' }
  | { readonly at: 'none'; readonly why: NotMadeBecause }
  | { readonly at: 'made'; readonly made: Made; readonly part: number; readonly name: string }

function Saving({ onChanged }: Pick<Props, 'onChanged'>): ReactNode {
  const { delivery } = useHouse()
  const [step, setStep] = useState<Step>()
  const make = async (after: number, part: number) => {
    setStep({ at: 'making' })
    const made = await delivery()
      ?.asFile(after)
      .catch(() => undefined)
    if (made?.status === 'made') setStep({ at: 'made', made, part, name: boxesName(new Date(), part) })
    else setStep({ at: 'none', why: made?.status ?? 'failed' })
  }
  const there = async ({ boxIds, left, last }: Made, part: number) => {
    await delivery()?.noteSaved(boxIds)
    onChanged()
    if (left > 0) await make(last, part + 1)
    else setStep({ at: 'noted' })
  }
  return (
    <section className="card stack">
      <h2>
        <Trans>Save as a sealed file</Trans>
      </h2>
      <p>
        <Trans>
          The same sealed boxes as one file. Only your organisation can open it, and its name says only the day. The
          cases go on waiting until your organisation confirms them.
        </Trans>
      </p>
      {step?.at === 'made' ? (
        <>
          <WhatIsInIt made={step.made} />
          <HandingOut
            key={step.part}
            bytes={step.made.bytes}
            name={step.name}
            onThere={() => void there(step.made, step.part)}
          />
        </>
      ) : (
        <Button className="at-start" disabled={step?.at === 'making'} onClick={() => void make(0, 1)}>
          {step?.at === 'making' ? <Trans>Making the file …</Trans> : <Trans>Make the file</Trans>}
        </Button>
      )}
      {step?.at === 'noted' && (
        <Notice look="derived" live="status">
          <Trans>Noted. Each case in it says so until the answer is here.</Trans>
        </Notice>
      )}
      {step?.at === 'none' && (
        <Notice look="must" live="alert">
          <NotMade why={step.why} />
        </Notice>
      )}
    </section>
  )
}

function WhatIsInIt({ made: { boxIds, cases, left } }: { readonly made: Made }): ReactNode {
  return (
    <p>
      <Plural value={cases} one="It holds # case." other="It holds # cases." />{' '}
      {left > 0 && (
        <Trans>
          {formatNumber(boxIds.length)} boxes fit into one file; {formatNumber(left)} more go into the next one.
        </Trans>
      )}
    </p>
  )
}

function NotMade({ why }: { readonly why: NotMadeBecause }): ReactNode {
  if (why === 'failed') return <Trans>The file could not be made. What waits was not changed.</Trans>
  if (why === 'settings')
    return (
      <Trans>Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.</Trans>
    )
  return <Trans>There is nothing that a file could hold.</Trans>
}

function Answer({ onTaken }: { readonly onTaken: () => void }): ReactNode {
  const { t } = useLingui()
  const { delivery } = useHouse()
  const [text, setText] = useState('')
  const [scanning, setScanning] = useState(false)
  const [taken, setTaken] = useState<AnswerTaken | 'failed'>()
  const lastCodes = useRef('')
  const take = async (answer: string) => {
    const outcome = await delivery()
      ?.takeAnswer(answer)
      .catch(() => undefined)
    setTaken(outcome ?? 'failed')
    if (outcome?.status === 'taken') {
      setText('')
      setScanning(false)
    }
    onTaken()
  }
  const takeCodes = async (texts: readonly string[]) => {
    const answer = texts.join('\n')
    if (answer === lastCodes.current) return
    lastCodes.current = answer
    await take(answer)
  }
  const scan = () => {
    lastCodes.current = ''
    setTaken(undefined)
    setScanning(true)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void take(text)
  }
  return (
    <section className="card stack">
      <h2>
        <Trans>Bring in an answer</Trans>
      </h2>
      <p>
        <Trans>
          Your organisation answers a file with a file, or with a code to scan. With it the cases are marked as opened.
        </Trans>
      </p>
      {scanning ? (
        <Suspense>
          <CodeReader
            wrong={taken && !isGood(taken) && <InWords taken={taken} />}
            onCodes={takeCodes}
            onClose={() => setScanning(false)}
          >
            <Trans>Hold the camera over the code of the answer, on paper or on a screen.</Trans>
          </CodeReader>
        </Suspense>
      ) : (
        <form className="stack" onSubmit={submit}>
          <TextInput
            label={t`The answer as text`}
            help={t`Paste it here, choose its file, or scan its code.`}
            value={text}
            onChange={setText}
            dir="ltr"
          />
          {taken && <Outcome taken={taken} />}
          <div className="together">
            <Button type="submit" disabled={text.trim() === ''}>
              <Trans>Take the answer</Trans>
            </Button>
            <FileInput onFile={(file) => void file.text().then(take, () => setTaken('failed'))}>
              <FileIcon aria-hidden="true" /> <Trans>Choose the file of the answer</Trans>
            </FileInput>
            <Button onClick={scan}>
              <ScanLine aria-hidden="true" /> <Trans>Scan a code</Trans>
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}

const isGood = (taken: AnswerTaken | 'failed'): boolean => taken !== 'failed' && taken.status === 'taken'

function Outcome({ taken }: { readonly taken: AnswerTaken | 'failed' }): ReactNode {
  const good = isGood(taken)
  return (
    <Notice look={good ? 'derived' : 'must'} live={good ? 'status' : 'alert'}>
      <InWords taken={taken} />
    </Notice>
  )
}

function InWords({ taken }: { readonly taken: AnswerTaken | 'failed' }): ReactNode {
  if (taken === 'failed') return <Trans>The answer could not be read. Nothing was changed. Try again.</Trans>
  switch (taken.status) {
    case 'taken':
      return <Counts taken={taken} />
    case 'no-answer':
      return (
        <Trans>
          This is no answer that your organisation signed, or it is not whole. Nothing was changed. Ask for it again.
        </Trans>
      )
    case 'of-others':
      return <Trans>This answer is for another tablet. Nothing was changed.</Trans>
    case 'settings':
      return (
        <Trans>
          Settings have been changed or are not from your organisation. Sending is stopped. Cases stay here.
        </Trans>
      )
  }
}

function Counts({ taken: { opened, rejected } }: { readonly taken: Extract<AnswerTaken, { status: 'taken' }> }) {
  if (opened + rejected === 0) return <Trans>All that this answer says was known here already.</Trans>
  return (
    <>
      {opened > 0 && (
        <Plural
          value={opened}
          one="Your organisation has opened # sealed box."
          other="Your organisation has opened # sealed boxes."
        />
      )}{' '}
      {rejected > 0 && (
        <Plural
          value={rejected}
          one="It could not use # box; the list says why."
          other="It could not use # boxes; the list says why."
        />
      )}
    </>
  )
}
