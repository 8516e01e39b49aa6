import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { DrawerKey } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { TopBar } from '../top-bar.tsx'
import { WordInput } from '../word-input.tsx'
import { drawerWords, WordList } from '../words-entry.tsx'

type Step = 'before' | 'words' | 'asked' | 'kept'
const askedBack = 3

/** Makes the key for the drawer: shown once, written down, three of its words asked back, and only then kept. */
export function DrawerScreen(): ReactNode {
  const { vault } = useHouse()
  const [step, setStep] = useState<Step>('before')
  const [key, setKey] = useState<DrawerKey>()
  const [failed, setFailed] = useState(false)
  const make = async () => {
    setKey(await vault.newDrawerKey())
    setStep('words')
  }
  const keep = async () => {
    if (!key) return
    const done = await vault.keepDrawerKey(key.recipients).catch(() => undefined)
    setFailed(done?.status !== 'done')
    if (done?.status !== 'done') return
    setKey(undefined)
    setStep('kept')
  }
  return (
    <>
      <TopBar title={<Trans>Key for the drawer</Trans>} />
      <main className="page narrow">
        {step === 'before' && <Before onMake={() => void make()} />}
        {step === 'words' && key && <Shown words={key.words} onWritten={() => setStep('asked')} />}
        {step === 'asked' && key && (
          <AskedBack words={key.words} onRight={() => void keep()} onAgain={() => setStep('words')} />
        )}
        {failed && (
          <Notice look="must" live="alert">
            <Trans>
              The key was not kept: the tablet is full or its storage did not answer. Copies do not open with these
              words yet. Try again.
            </Trans>
          </Notice>
        )}
        {step === 'kept' && <Kept />}
      </main>
    </>
  )
}

function Before({ onMake }: { readonly onMake: () => void }): ReactNode {
  const { go } = useHouse()
  return (
    <>
      <p>
        <Trans>
          Copies of your cases open with 24 words on paper. If the tablet breaks or a passphrase is forgotten, the words
          and a copy bring the cases back. Nobody else has the words, not even we.
        </Trans>
      </p>
      <p>
        <Trans>
          You need paper, a pen and five minutes without anybody looking. Lock the paper away, not beside the tablet.
        </Trans>
      </p>
      <div className="together">
        <Button look="first" onClick={onMake}>
          <Trans>Show the 24 words</Trans>
        </Button>
        <Button look="quiet" onClick={() => go({ name: 'home' })}>
          <Trans>Later</Trans>
        </Button>
      </div>
    </>
  )
}

function Shown({ words, onWritten }: { readonly words: readonly string[]; readonly onWritten: () => void }): ReactNode {
  const { t } = useLingui()
  return (
    <>
      <p>
        <Trans>Write all of them on paper with their numbers. No photo: pictures often leave the tablet.</Trans>
      </p>
      <WordList words={words} label={t`The 24 words`} />
      <Button look="first" className="at-start" onClick={onWritten}>
        <Trans>They are on paper</Trans>
      </Button>
    </>
  )
}

interface AskedProps {
  readonly words: readonly string[]
  readonly onRight: () => void
  readonly onAgain: () => void
}

function AskedBack({ words, onRight, onAgain }: AskedProps): ReactNode {
  const { t } = useLingui()
  const [places] = useState(somePlaces)
  const [answered, setAnswered] = useState(0)
  const [wrong, setWrong] = useState(false)
  const place = places[answered]
  const number = (place ?? 0) + 1
  const answer = ([word]: readonly string[]) => {
    if (place === undefined) return
    setWrong(word !== words[place])
    if (word !== words[place]) return
    setAnswered(answered + 1)
    if (answered + 1 === places.length) onRight()
  }
  return (
    <>
      <p>
        <Trans>Three of them are asked back now, from the paper. The key is kept only then.</Trans>
      </p>
      {place === undefined ? (
        <Button look="first" className="at-start" onClick={onRight}>
          <Trans>Try again</Trans>
        </Button>
      ) : (
        <WordInput
          key={place}
          label={t`Word ${number} of ${drawerWords}`}
          onWords={answer}
          complaint={wrong ? t`That is not word ${number}. Compare it with the paper.` : undefined}
        />
      )}
      <Button look="quiet" className="at-start" onClick={onAgain}>
        <Trans>Show the words once more</Trans>
      </Button>
    </>
  )
}

function Kept(): ReactNode {
  const { go } = useHouse()
  return (
    <>
      <Notice look="derived" live="status">
        <Trans>The key is kept. Copies that you make from now on open with these 24 words.</Trans>
      </Notice>
      <div className="together">
        <Button look="first" onClick={() => go({ name: 'home' })}>
          <Trans>All cases</Trans>
        </Button>
        <Button onClick={() => go({ name: 'copies' })}>
          <Trans>Copies</Trans>
        </Button>
      </div>
    </>
  )
}

function somePlaces(): readonly number[] {
  const places = new Set<number>()
  while (places.size < askedBack) places.add(Math.floor(Math.random() * drawerWords))
  return [...places].toSorted((a, b) => a - b)
}
