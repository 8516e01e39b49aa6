// What a person types who sets a tablet up without a signed configuration. Everything is read here, once: spaces and line
// breaks within pasted keys are taken out, and each field that will not do says why.

import { endpointSchema, plainText } from '../batch/configuration.ts'
import { publicKeySchema } from '../batch/signed-text.ts'
import { variable } from '../codebook/codebook.ts'
import { isCountryCode } from '../codebook/lists/countries.ts'
import { answerSchema } from '../record/answers.ts'
import { isMissing } from '../record/codes.ts'
import { identityKind, recipientKind } from '../seal/age-keys.ts'

/** As they were typed. */
export interface HandFields {
  readonly endpoint: string
  /** `age1…` */
  readonly work: string
  readonly drawer: string
  /** Nobody has a key in a drawer: said on purpose. */
  readonly alone: boolean
  /** Public key of the receiver's receipts, base64url. */
  readonly receiverKey: string
  /** Public key of the desk's receipts; may be left out. */
  readonly importKey: string
  /** May be left out where the tablet has a token of this receiver. */
  readonly code: string
  readonly label: string
  readonly name: string
  readonly orgCode: string
  readonly orgType: string
  /** May be left out. */
  readonly country: string
  readonly safetyCopies: boolean
}

/** Why a field will not do. */
const handFaults = [
  'missing',
  'address',
  'plain-http',
  'recipient',
  'secret',
  'same',
  'kinds',
  'alone',
  'key',
  'code',
  'text',
  'kind-of-organisation',
  'country',
] as const
export type HandFault = (typeof handFaults)[number]
export type HandFaults = Partial<Readonly<Record<keyof HandFields, HandFault>>>

export type HandRead =
  { readonly status: 'read'; readonly fields: HandFields } | { readonly status: 'wrong'; readonly faults: HandFaults }

/**
 * The fields as they are signed, or what is wrong with each.
 * @param hasToken for this address: whether the tablet can do without a code there
 */
export function readByHand(typed: HandFields, hasToken: (endpoint: string) => boolean): HandRead {
  const fields = tidied(typed)
  const entries = Object.entries({
    endpoint: faultOfAddress(fields.endpoint),
    work: faultOfRecipient(fields.work),
    drawer: faultOfDrawer(fields),
    receiverKey: fields.receiverKey === '' ? 'missing' : faultOfKey(fields.receiverKey),
    importKey: faultOfImportKey(fields),
    code: faultOfCode(fields, hasToken(fields.endpoint)),
    label: faultOfText(fields.label, 40),
    name: faultOfText(fields.name, 120),
    orgCode: faultOfText(fields.orgCode, 40) ?? faultOfOrganisation(fields),
    orgType: isKind(fields.orgType) ? undefined : 'kind-of-organisation',
    country: fields.country === '' || isCountryCode(fields.country) ? undefined : 'country',
  } satisfies Partial<Record<keyof HandFields, HandFault | undefined>>)
  const faults = Object.fromEntries(entries.filter(([, fault]) => fault !== undefined)) as HandFaults
  if (Object.keys(faults).length > 0) return { status: 'wrong', faults }
  return { status: 'read', fields }
}

const joined = (text: string): string => text.replace(/\s+/gu, '')

function tidied(typed: HandFields): HandFields {
  return {
    ...typed,
    endpoint: joined(typed.endpoint).replace(/\/+$/, ''),
    work: joined(typed.work),
    drawer: joined(typed.drawer),
    receiverKey: joined(typed.receiverKey),
    importKey: joined(typed.importKey),
    code: joined(typed.code),
    label: typed.label.trim(),
    name: typed.name.trim(),
    orgCode: typed.orgCode.trim(),
  }
}

function faultOfAddress(endpoint: string): HandFault | undefined {
  if (endpoint === '') return 'missing'
  if (endpointSchema.safeParse(endpoint).success) return undefined
  return /^http:\/\//i.test(endpoint) ? 'plain-http' : 'address'
}

function faultOfRecipient(text: string): HandFault | undefined {
  if (text === '') return 'missing'
  if (identityKind(text) !== undefined) return 'secret'
  return recipientKind(text) === undefined ? 'recipient' : undefined
}

function faultOfDrawer({ work, drawer, alone }: HandFields): HandFault | undefined {
  if (drawer === '') return alone ? undefined : 'alone'
  if (drawer === work) return 'same'
  const fault = faultOfRecipient(drawer)
  return (
    fault ?? (faultOfRecipient(work) === undefined && recipientKind(work) !== recipientKind(drawer) ? 'kinds' : fault)
  )
}

const faultOfKey = (text: string): HandFault | undefined =>
  publicKeySchema.safeParse(text).success ? undefined : identityKind(text) === undefined ? 'key' : 'secret'

function faultOfImportKey({ importKey, receiverKey }: HandFields): HandFault | undefined {
  if (importKey === '') return undefined
  return importKey === receiverKey ? 'same' : faultOfKey(importKey)
}

function faultOfCode({ code }: HandFields, hasToken: boolean): HandFault | undefined {
  if (code === '') return hasToken ? undefined : 'missing'
  return /^[\w-]{8,64}$/.test(code) ? undefined : 'code'
}

const faultOfText = (text: string, most: number): HandFault | undefined =>
  text === '' ? 'missing' : plainText(most).safeParse(text).success ? undefined : 'text'

const isKind = (orgType: string): boolean =>
  !isMissing(orgType) && answerSchema(variable('ret')).safeParse(orgType).success

function faultOfOrganisation({ orgCode, orgType }: HandFields): HandFault | undefined {
  if (!isKind(orgType)) return undefined
  return answerSchema(variable('rer')).safeParse({ orgCode, orgType }).success ? undefined : 'text'
}
