import { DeskError, type DeskReason } from './desk-error.ts'

/** What a receiver can do to a run: nobody answers there, or not as it should. */
type ReceiverReason = Extract<
  DeskReason,
  'receiver-unreachable' | 'token-refused' | 'receiver-without-way' | 'receiver-answered-otherwise'
>

const told: Readonly<Record<ReceiverReason, (address: string) => { what: string; todo: string }>> = {
  'receiver-unreachable': (address) => ({
    what: `nobody answered at ${address}`,
    todo: 'Check the address and the network',
  }),
  'token-refused': (address) => ({
    what: `the receiver at ${address} does not accept this token`,
    todo: 'Ask its operator for the token of the desk',
  }),
  'receiver-without-way': (address) => ({
    what: `somebody answered at ${address}, but not as a receiver does`,
    todo: 'Check the address and the network',
  }),
  'receiver-answered-otherwise': (address) => ({
    what: `the receiver at ${address} gave an answer that cannot be used`,
    todo: 'Wait a while',
  }),
}

/** A failure that lies with the receiver or the way to it, so that what is here can be opened all the same. */
export type ReceiverFailure = DeskError & { readonly reason: ReceiverReason }

export const isReceiverFailure = (cause: unknown): cause is ReceiverFailure =>
  cause instanceof DeskError && Object.hasOwn(told, cause.reason)

/** For tables that were made without all that is new. @param fetched boxes that came before it failed */
export function notUpToDate({ reason, about }: ReceiverFailure, fetched: number): string {
  const { what, todo } = told[reason](about)
  const came = fetched === 0 ? 'nothing new was fetched' : `not everything new was fetched, only ${fetched}`
  return `Not up to date: ${what}, so ${came}. The tables are made of the boxes that are here. What tablets sent since is safe at the receiver or on the tablets. ${todo}, then run the same command again; receipts leave then, too.`
}

/** For tables that are whole, where the receipts could not be handed back. */
export function receiptsWait({ reason, about }: ReceiverFailure): string {
  const { what, todo } = told[reason](about)
  return `Receipts wait: ${what}. The tables hold all that was fetched, but tablets do not show these cases as opened yet. ${todo}, then run the same command again.`
}
