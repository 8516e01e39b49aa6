import { Trans, useLingui } from '@lingui/react/macro'
import { ChevronLeft, MoveRight } from 'lucide-react'
import { correction, generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { type ReactNode, useMemo, useState } from 'react'
import { BatchError } from '../../batch/batch-error.ts'
import { writeSheet } from '../../batch/setup-sheet.ts'
import { formatNumber } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { SetupToHand } from '../../vault/api.ts'
import { SixWords } from '../six-words.tsx'
import { useAwake } from '../use-awake.ts'

interface Props {
  readonly setup: Extract<SetupToHand, { status: 'ready' }>
  readonly onClose: () => void
}

/** The signed settings of this tablet as the codes of a set-up sheet, one after the other, for the camera of the next. */
export function NextTablet({ setup, onClose }: Props): ReactNode {
  const { t } = useLingui()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<'code' | 'too-large'>()
  const [parts, setParts] = useState<readonly string[]>()
  useAwake()
  const show = async () => {
    const typed = code.replace(/\s+/gu, '')
    if (typed !== '' && !/^[\w-]{8,64}$/.test(typed)) return setWrong('code')
    try {
      setParts(await writeSheet({ document: setup.document, ...(typed !== '' && { code: typed }) }))
    } catch (cause) {
      if (!(cause instanceof BatchError)) throw cause
      setWrong('too-large')
    }
  }
  return (
    <section className="stack">
      <h2>
        <Trans>Set up another tablet</Trans>
      </h2>
      {parts ? (
        <Codes parts={parts} words={setup.words} onClose={onClose} />
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void show()
          }}
        >
          <p>
            <Trans>
              The other tablet takes the settings of your organisation from this screen, with no network. Open Daybook
              there and tap “Scan a code”.
            </Trans>
          </p>
          {setup.needsCode && (
            <TextInput
              dir="ltr"
              label={t`Enrolment code for the other tablet (may be left out)`}
              help={t`The operator of the receiver makes one for each tablet. Without it the other tablet records and seals at once, and sends when it gets a code.`}
              value={code}
              onChange={(text) => {
                setCode(text)
                setWrong(undefined)
              }}
              wrong={wrong === 'code'}
            />
          )}
          {wrong && (
            <Notice look="must" live="alert">
              {wrong === 'code' ? (
                <Trans>This is no enrolment code. Copy all of it.</Trans>
              ) : (
                <Trans>These settings are too large for codes. Set the other tablet up by the link or its file.</Trans>
              )}
            </Notice>
          )}
          <div className="together">
            <Button look="first" type="submit">
              <Trans>Show the codes</Trans> <MoveRight className="onward" aria-hidden="true" />
            </Button>
            <Button look="quiet" onClick={onClose}>
              <Trans>Back</Trans>
            </Button>
          </div>
        </form>
      )}
    </section>
  )
}

interface CodesProps {
  readonly parts: readonly string[]
  readonly words: readonly string[]
  readonly onClose: () => void
}

function Codes({ parts, words, onClose }: CodesProps): ReactNode {
  const [at, setAt] = useState(0)
  const [n, of] = [formatNumber(at + 1), formatNumber(parts.length)]
  const isLast = at === parts.length - 1
  return (
    <>
      <p role="status" className="num">
        <Trans>
          Code {n} of {of}
        </Trans>
      </p>
      <Square key={at} text={parts[at] ?? ''} />
      <div className="together">
        {!isLast && (
          <Button look="first" onClick={() => setAt(at + 1)}>
            <Trans>Next code</Trans> <MoveRight className="onward" aria-hidden="true" />
          </Button>
        )}
        {at > 0 && (
          <Button onClick={() => setAt(at - 1)}>
            <ChevronLeft className="onward" aria-hidden="true" /> <Trans>Back</Trans>
          </Button>
        )}
        <Button look={isLast ? 'first' : 'quiet'} onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </div>
      <p>
        <Trans>When all codes are read, the other tablet shows six words. They must be these, in this order:</Trans>
      </p>
      <SixWords words={words} />
    </>
  )
}

/** A quiet zone of four modules, as the standard for QR codes asks for. */
const margin = 4

/** Dark on white in every theme: cameras expect it. */
function Square({ text }: { readonly text: string }): ReactNode {
  const { t } = useLingui()
  const [path, side] = useMemo(() => {
    const code = generate(text, { minCorrectionLevel: correction.L })
    return [toSvgPath(code), code.size + 2 * margin]
  }, [text])
  return (
    <svg
      className="code-square"
      role="img"
      aria-label={t`Code for the camera of the other tablet`}
      viewBox={`${-margin} ${-margin} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect x={-margin} y={-margin} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
