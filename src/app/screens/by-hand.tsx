import { Trans, useLingui } from '@lingui/react/macro'
import { MoveRight } from 'lucide-react'
import { type ComponentProps, type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { decidingEntityType } from '../../codebook/lists/deciding-entity.ts'
import { countryItems } from '../../form/names.ts'
import { entryLabel } from '../../form/wording.ts'
import type { DeliveryCode } from '../../outbox/answers.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OptionRow } from '../../ui/option-row.tsx'
import { Select, TextInput } from '../../ui/text-input.tsx'
import type { ConfigurationSet, HandNow } from '../../vault/api.ts'
import type { HandFault, HandFaults, HandFields } from '../../vault/hand-fields.ts'
import { type House, useHouse } from '../house.tsx'
import { NotReceived } from './self-test.tsx'

interface Props {
  readonly hand: Extract<HandNow, { status: 'offered' }>
  readonly onDone: (outcome: ConfigurationSet) => void
  readonly onClose: () => void
}

const empty: HandFields = {
  endpoint: '',
  work: '',
  drawer: '',
  alone: false,
  receiverKey: '',
  importKey: '',
  code: '',
  label: '',
  name: '',
  orgCode: '',
  orgType: '',
  country: '',
  safetyCopies: true,
}

type Missed = { readonly code: DeliveryCode } | 'not-saved'

/** Settings that nobody has signed: a lead types them, and they count once the receiver has signed for a test box. */
export function ByHand({ hand, onDone, onClose }: Props): ReactNode {
  const { t } = useLingui()
  const house = useHouse()
  const [fields, setFields] = useState<HandFields>(hand.now ?? { ...empty, label: t`our office` })
  const [faults, setFaults] = useState<HandFaults>({})
  const [missed, setMissed] = useState<Missed>()
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [faults])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setMissed(undefined)
    const tried = await tryAndSet(house, fields).catch((): Tried => ({ status: 'missed', missed: 'not-saved' }))
    setBusy(false)
    setFaults(tried.status === 'wrong' ? tried.faults : {})
    if (tried.status === 'missed') setMissed(tried.missed)
    if (tried.status === 'set') onDone(tried.outcome)
  }
  const line = (name: TextField): LineProps => ({
    value: fields[name],
    onChange: (value) => setFields({ ...fields, [name]: value }),
    fault: faults[name],
  })
  const tick = (name: 'alone' | 'safetyCopies') => ({
    type: 'checkbox' as const,
    name,
    checked: fields[name],
    onChange: (checked: boolean) => setFields({ ...fields, [name]: checked }),
  })
  return (
    <section className="stack">
      <h2>
        <Trans>Set up by hand</Trans>
      </h2>
      <p>
        <Trans>
          For an organisation without signed settings. Nobody vouches for what you type: compare each key with whoever
          gave it to you. Settings that an organisation has signed can take the place of these at any time.
        </Trans>
      </p>
      <form ref={form} className="stack wide-gaps" onSubmit={(event) => void submit(event)}>
        <Line {...line('endpoint')} dir="ltr" inputMode="url" label={t`Address of the receiver`} />
        <Line
          {...line('receiverKey')}
          dir="ltr"
          label={t`Key of the receiver`}
          help={t`The operator sees it when the receiver starts. Receipts count by this key alone.`}
        />
        <Line
          {...line('code')}
          dir="ltr"
          label={t`Enrolment code`}
          help={
            hand.enrolledAt.length > 0
              ? t`May be left out: this tablet is known to its receiver.`
              : t`The operator of the receiver makes one for each tablet. It is good once.`
          }
        />
        <Line
          {...line('work')}
          dir="ltr"
          label={t`Recipient for work`}
          help={t`Begins with age1. Whoever holds its secret half opens the cases.`}
        />
        <Line {...line('drawer')} dir="ltr" label={t`Recipient of the key in the drawer`} />
        <OptionRow
          {...tick('alone')}
          label={t`There is no key in a drawer`}
          hint={t`When the key for work is lost, every case is lost with it.`}
        />
        <Line
          {...line('importKey')}
          dir="ltr"
          label={t`Key of the desk (may be left out)`}
          help={t`Without it no case here ever reads Opened: a case stops at Received.`}
        />
        <Line {...line('name')} label={t`Name of the organisation`} />
        <Line
          {...line('label')}
          label={t`Neutral name`}
          help={t`It can be read on this tablet without a passphrase.`}
        />
        <Line {...line('orgCode')} label={t`Code that the organisation registers cases under`} />
        <Choice
          {...line('orgType')}
          label={t`Kind of organisation`}
          choices={decidingEntityType.entries
            .filter((entry) => !('missing' in entry))
            .map((entry) => ({ value: entry.code, label: entryLabel(decidingEntityType, entry) }))}
        />
        <Countries {...line('country')} />
        <OptionRow {...tick('safetyCopies')} label={t`Send a safety copy of each draft, once a day at most`} />
        {missed && (
          <Notice look="must" live="alert">
            <WhyNot missed={missed} />{' '}
            <Trans>These settings are not in use. What you typed is still here; try again.</Trans>
          </Notice>
        )}
        <div className="together">
          <Button look="first" type="submit" disabled={busy}>
            {busy ? <Trans>Sending a test box …</Trans> : <Trans>Try these settings and use them</Trans>}{' '}
            <MoveRight className="onward" aria-hidden="true" />
          </Button>
          <Button look="quiet" disabled={busy} onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
        </div>
      </form>
    </section>
  )
}

type Tried =
  | { readonly status: 'wrong'; readonly faults: HandFaults }
  | { readonly status: 'missed'; readonly missed: Missed }
  | { readonly status: 'set'; readonly outcome: ConfigurationSet }

async function tryAndSet({ vault, delivery }: House, fields: HandFields): Promise<Tried> {
  const prepared = await vault.prepareByHand(fields)
  if (prepared.status === 'wrong') return prepared
  // Somebody else has changed the tablet, or this account's part in it, in the meantime.
  if (prepared.status !== 'ready') return { status: 'set', outcome: { status: 'refused', reason: 'untried' } }
  const { configuration, device, box } = prepared
  const keepToken = (token: string) => vault.keepTrialToken(token)
  const tried = await delivery()?.tryLine(box, { configuration, device, keepToken })
  if (tried?.status !== 'received') return { status: 'missed', missed: { code: tried?.code ?? 'net' } }
  return { status: 'set', outcome: await vault.setByHand(tried.receipt) }
}

type TextField = Exclude<keyof HandFields, 'alone' | 'safetyCopies'>

interface LineProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly fault: HandFault | undefined
}

function Line({ fault, ...rest }: LineProps & ComponentProps<typeof TextInput>): ReactNode {
  const id = useId()
  return (
    <div className="stack">
      <TextInput {...rest} wrong={fault !== undefined} {...(fault && { describedBy: id })} />
      <Fault id={id} fault={fault} />
    </div>
  )
}

function Choice({ fault, ...rest }: LineProps & ComponentProps<typeof Select>): ReactNode {
  const id = useId()
  return (
    <div className="stack">
      <Select {...rest} wrong={fault !== undefined} {...(fault && { describedBy: id })} />
      <Fault id={id} fault={fault} />
    </div>
  )
}

function Countries(props: LineProps): ReactNode {
  const { t } = useLingui()
  return <Choice {...props} label={t`Country (may be left out)`} choices={countryItems()} />
}

function Fault({ id, fault }: { readonly id: string; readonly fault: HandFault | undefined }): ReactNode {
  return (
    fault && (
      <Notice look="must" id={id}>
        <FaultSentence fault={fault} />
      </Notice>
    )
  )
}

function FaultSentence({ fault }: { readonly fault: HandFault }): ReactNode {
  switch (fault) {
    case 'missing':
      return <Trans>Fill this in.</Trans>
    case 'address':
      return (
        <Trans>
          This is no address of a receiver. It begins with <bdi dir="ltr">https://</bdi> and is copied whole.
        </Trans>
      )
    case 'plain-http':
      return (
        <Trans>
          Anybody on the way could change what travels by plain http. The address begins with{' '}
          <bdi dir="ltr">https://</bdi>.
        </Trans>
      )
    case 'recipient':
      return <Trans>This is no recipient. It begins with age1 and is copied whole.</Trans>
    case 'secret':
      return <Trans>This is a secret key: it opens cases and belongs on no tablet. Use its public half.</Trans>
    case 'same':
      return <Trans>This is the same key as the other one.</Trans>
    case 'kinds':
      return <Trans>The two recipients are of different kinds. Both must be of one kind.</Trans>
    case 'alone':
      return <Trans>Fill this in, or say below that there is no key in a drawer.</Trans>
    case 'key':
      return <Trans>This is no public key. It has 43 signs and is copied whole.</Trans>
    case 'code':
      return <Trans>This is no enrolment code. Copy all of it.</Trans>
    case 'text':
      return <Trans>This is too long, or has signs in it that cannot be seen.</Trans>
    case 'kind-of-organisation':
    case 'country':
      return <Trans>Choose one.</Trans>
  }
}

function WhyNot({ missed }: { readonly missed: Missed }): ReactNode {
  if (missed === 'not-saved')
    return (
      <Trans>
        The settings could not be stored: the tablet is full or its storage did not answer. Nothing was changed.
      </Trans>
    )
  if (missed.code === 'code-expired')
    return <Trans>The receiver does not take this enrolment code. Ask its operator for a new one.</Trans>
  return <NotReceived code={missed.code} />
}
