import type { AccountRow } from '../database.ts'
import { openAtRest, sealAtRest, type RowName } from '../seal/at-rest.ts'
import { textOf, utf8, type Bytes } from '../seal/bytes.ts'
import { openJson, sealJson } from './rows.ts'
import { payloadSchema, pinsSchema, type Pins } from './payload.ts'

type OwnColumn = 'signingKey' | 'pin' | 'configurationPin'

/** What belongs to one account alone lies in its row, under its own key. */
const ownName = (accountId: string, column: OwnColumn): RowName => ({
  table: 'accounts',
  column,
  circleId: '',
  epoch: 0,
  id: accountId,
  rev: 0,
  schema: payloadSchema,
})

/** @param privateKey 32-byte seed; zero it after */
export const sealSigningKey = (adk: CryptoKey, accountId: string, privateKey: Bytes): Promise<Bytes> =>
  sealAtRest(adk, ownName(accountId, 'signingKey'), privateKey)

/** The 32-byte seed; zero it after. Throws SealError. */
export const openSigningKey = (adk: CryptoKey, row: Pick<AccountRow, 'accountId' | 'signingKey'>): Promise<Bytes> =>
  openAtRest(adk, ownName(row.accountId, 'signingKey'), row.signingKey)

/** '' = none; sealed as well, so that its absence cannot be seen. */
export const sealPin = (adk: CryptoKey, accountId: string, pin: string): Promise<Bytes> =>
  sealAtRest(adk, ownName(accountId, 'pin'), utf8(pin))

export const openPin = async (adk: CryptoKey, row: AccountRow): Promise<string> =>
  textOf(await openAtRest(adk, ownName(row.accountId, 'pin'), row.pin))

export const sealPins = (adk: CryptoKey, accountId: string, pins: Pins): Promise<Bytes> =>
  sealJson(adk, ownName(accountId, 'configurationPin'), pins)

/** Throws SealError, or VaultError `cannot-open`. */
export const openPins = (adk: CryptoKey, row: AccountRow): Promise<Pins> =>
  openJson(adk, ownName(row.accountId, 'configurationPin'), row.configurationPin, pinsSchema)
