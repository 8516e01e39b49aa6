import { Trans, useLingui } from '@lingui/react/macro'
import { Tablet } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { recipientKind } from '../../seal/age-keys.ts'
import { utf8 } from '../../seal/bytes.ts'
import { fingerprintWords } from '../../seal/words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import type { OpenCase } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { SixWords } from '../six-words.tsx'
import type { Autosaving } from '../use-autosave.ts'
import { HandingOut } from './handing-out.tsx'

interface Props {
  readonly open: OpenCase
  readonly saving: Autosaving
}

/** "Give this case to another tablet": a sealed file for one account there, whose six words were compared. */
export function AnotherTablet(props: Props): ReactNode {
  const { t } = useLingui()
  const [asked, setAsked] = useState(false)
  return (
    <section className="stack">
      <h3>
        <Trans>Give this case to another tablet</Trans>
      </h3>
      <p className="small">
        <Trans>As a sealed file that only one account on the other tablet can open.</Trans>
      </p>
      <Button onClick={() => setAsked(true)}>
        <Tablet aria-hidden="true" /> <Trans>Seal it for another tablet …</Trans>
      </Button>
      <Dialog title={t`Give this case to another tablet`} open={asked} onClose={() => setAsked(false)}>
        <Sealing {...props} />
      </Dialog>
    </section>
  )
}

function Sealing({ open, saving }: Props): ReactNode {
  const { t } = useLingui()
  const { vault } = useHouse()
  const [text, setText] = useState('')
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer> | 'failed'>()
  const [there, setThere] = useState(false)
  const recipient = text.replaceAll(/\s/g, '')
  const words = useWordsOf(recipient)
  const wrong = recipient !== '' && recipientKind(recipient) === undefined
  const seal = async () => {
    await saving.flush()
    const made = await vault.copyCase(open.id, recipient).catch(() => undefined)
    setBytes(made?.status === 'made' && made.cases === 1 ? made.bytes : 'failed')
  }
  if (bytes !== undefined && bytes !== 'failed')
    return (
      <div className="stack">
        <HandingOut bytes={bytes} onThere={() => setThere(true)} />
        {there && (
          <Notice look="derived" live="status">
            <Trans>
              The case is still here, too. If it belongs to the other tablet now, remove it here once it was brought
              back there.
            </Trans>
          </Notice>
        )}
      </div>
    )
  return (
    <div className="stack">
      <TextInput
        label={t`Text of the other account`}
        dir="ltr"
        help={
          wrong
            ? t`This is not the text of an account. It begins with “age1”. Copy all of it.`
            : t`It stands on the other tablet under “Copies”, “Get a case from another tablet”.`
        }
        value={text}
        onChange={setText}
        wrong={wrong}
      />
      {words && (
        <>
          <p>
            <Trans>Compare these six words with the ones on the other tablet, aloud.</Trans>
          </p>
          <SixWords words={words} />
        </>
      )}
      {bytes === 'failed' && (
        <Notice look="must" live="alert">
          <Trans>The file was not made. The case is as it was.</Trans>
        </Notice>
      )}
      <div className="foot">
        <Button look="first" disabled={!words} onClick={() => void seal()}>
          <Trans>The words agree: make the file</Trans>
        </Button>
      </div>
    </div>
  )
}

/** The fingerprint of a recipient; undefined while the text is none. */
function useWordsOf(recipient: string): readonly string[] | undefined {
  const [found, setFound] = useState<{ readonly recipient: string; readonly words: readonly string[] }>()
  useEffect(() => {
    let here = true
    if (recipientKind(recipient) !== undefined)
      void fingerprintWords(utf8(recipient)).then((words) => here && setFound({ recipient, words }))
    return () => {
      here = false
    }
  }, [recipient])
  return found?.recipient === recipient ? found.words : undefined
}
