import { BatchError } from '../batch/batch-error.ts'
import { hasReceiver, openConfiguration, type Configuration, type WithReceiver } from '../batch/configuration.ts'
import { senderLock, type Database, type DeviceRow } from '../database.ts'
import { consequenceOf, isOutcast, type Consequence, type DeliveryCode, type Method } from './answers.ts'
import { enrol } from './enrol.ts'
import { exchange, type Parcel } from './exchange.ts'
import type { Fetch } from './request.ts'

/** What one test box goes out with; it stands in no outbox, and nothing of the line is written down. */
export interface LineTrial {
  readonly configuration: WithReceiver
  /** `token` '' where there is none yet; `enrolCode` '' where there is no code, either. */
  readonly device: Pick<DeviceRow, 'deviceId' | 'token' | 'enrolCode'>
  readonly box: Pick<Parcel, 'boxId' | 'bytes'>
  /** A new token, before it is used for the first time: from then on the code that brought it is spent. */
  readonly keepToken?: (token: string) => Promise<void>
}

export type LineTried =
  /** `receipt`: as it came, verified; `clockOff`: milliseconds by which this clock is ahead of the receiver's. */
  | { readonly status: 'received'; readonly receipt: string; readonly clockOff: number }
  | { readonly status: 'not-received'; readonly code: Exclude<DeliveryCode, ''> }

interface Deps {
  readonly database: Database
  readonly fetch: Fetch
  readonly now: () => number
  /** Breaks the trial off; what it says then is worth nothing. */
  readonly signal?: AbortSignal | undefined
}

/** Milliseconds that a whole trial may take. */
const patience = 60_000

/**
 * Sends one test box by the way that all boxes go: the same enrolment, requests, signatures and table of answers. Nothing
 * but a receipt of a pinned key that names this very box is a success. Throws only what `keepToken` throws.
 */
export async function tryLine(deps: Deps, trial: LineTrial): Promise<LineTried> {
  const until = deps.now() + patience
  const { device } = trial
  const first = device.token === '' ? undefined : await send(deps, trial, device.token, until)
  if (first && (!first.outcast || device.enrolCode === '')) return told(first)
  const enrolment = await enrol(deps, device, trial.configuration, until - deps.now())
  if (enrolment.status !== 'enrolled') return { status: 'not-received', code: enrolment.consequence.code || 'net' }
  await trial.keepToken?.(enrolment.token)
  return told(await send(deps, trial, enrolment.token, until))
}

/** The Web Locks that are used: who asks waits for its turn. */
export interface WaitingLocks {
  request<T>(name: string, callback: () => Promise<T>): Promise<T>
}

/**
 * The same under the settings in use, which must name a receiver. A code is spent once: where one may have to be spent it waits
 * for whoever is sending, and keeps others from sending only where it still has to be.
 */
export async function trySettingsInUse(
  deps: Deps & { readonly locks: WaitingLocks },
  box: LineTrial['box'],
): Promise<LineTried> {
  const here = async () => await deps.database.device.get('device')
  const attempt = async (): Promise<LineTried> => {
    if (deps.signal?.aborted) return { status: 'not-received', code: 'net' }
    const device = await here()
    const configuration = device && (await verifiedOrNot(device.configuration))
    if (!device || !configuration || !hasReceiver(configuration)) return { status: 'not-received', code: 'config' }
    return await tryLine(deps, { configuration, device, box })
  }
  const mayEnrol = async (): Promise<boolean> => {
    const { token = '', enrolCode = '' } = (await here()) ?? {}
    return token === '' || enrolCode !== ''
  }
  const alone = async () => ((await mayEnrol()) ? { tried: await attempt() } : undefined)
  const first = (await mayEnrol()) ? await deps.locks.request(senderLock, alone) : undefined
  return first?.tried ?? (await attempt())
}

async function verifiedOrNot(text: string): Promise<Configuration | undefined> {
  try {
    return await openConfiguration(text)
  } catch (error) {
    if (error instanceof BatchError) return undefined
    throw error
  }
}

type Sent = LineTried & { readonly outcast: boolean }

function told(sent: Sent): LineTried {
  const { outcast: _, ...tried } = sent
  return tried
}

async function send(deps: Deps, trial: LineTrial, token: string, until: number): Promise<Sent> {
  const first = await oneRequest(deps, trial, { token, method: 'PUT', left: until - deps.now() })
  if (first.consequence.method !== 'other') return first.sent
  return (await oneRequest(deps, trial, { token, method: 'POST', left: until - deps.now() })).sent
}

async function oneRequest(
  deps: Deps,
  { configuration, device: { deviceId }, box }: LineTrial,
  way: { readonly token: string; readonly method: Method; readonly left: number },
): Promise<{ readonly consequence: Consequence; readonly sent: Sent }> {
  const begun = deps.now()
  const rows = [{ ...box, size: box.bytes.byteLength, attempts: 1, receipt: '' }]
  const { ours, answer, text } = await exchange(deps, { rows, configuration, deviceId, ...way })
  const consequence = consequenceOf(answer, ours)
  const receipt = answer.kind === 'answer' ? answer.receipt : undefined
  if (receipt && consequence.boxes.get(box.boxId)?.fate === 'received') {
    const clockOff = offFrom(Date.parse(receipt.at), begun, deps.now())
    return { consequence, sent: { status: 'received', receipt: text, clockOff, outcast: false } }
  }
  const outcast = isOutcast(consequence)
  const code = outcast ? 'device' : consequence.code || 'refused'
  return { consequence, sent: { status: 'not-received', code, outcast } }
}

/** The receiver wrote its time down somewhere between the two moments of this clock. */
const offFrom = (there: number, begun: number, ended: number): number =>
  there < begun ? begun - there : there > ended ? ended - there : 0
