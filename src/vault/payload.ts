import * as z from 'zod/mini'
import { configurationPinSchema, endpointSchema } from '../batch/configuration.ts'
import { base64UrlSchema } from '../batch/signed-text.ts'
import { outboxCodes } from '../database.ts'

/**
 * What stands inside the ciphertexts of the circle's and the account's rows. Strict: whatever does not fit is a row
 * that cannot be opened. The `schema` column counts the versions of these shapes.
 */
export const payloadSchema = 1

/**
 * Layouts of a case's row. 2: its summary always says what is missing and what tells doubles; older ones are made anew
 * after an unlock (`tidying.ts`).
 */
export const recordSchema = 2

const hex64 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))
const count = z.int().check(z.nonnegative())
const shortText = z.string().check(z.maxLength(200))

export const placeSchema = z.strictObject({
  section: shortText,
  field: z.exactOptional(shortText),
  caret: z.exactOptional(z.strictObject({ box: count, from: count, to: count })),
})

/** What belongs to the case on this tablet alone: in no revision, no box and no file. See `CaseAside` of the api. */
export const asideSchema = z.strictObject({
  marks: z.exactOptional(z.record(id, shortText)),
  told: z.exactOptional(
    z.record(
      id,
      z.strictObject({ absent: z.exactOptional(z.literal(true)), interpreter: z.exactOptional(z.literal(true)) }),
    ),
  ),
})

export const finishedStates = ['tablet-only', 'ready', 'received', 'opened', 'attention'] as const

/** One finished revision: where its bytes lie, and what became of its box. */
export const finishedSchema = z.strictObject({
  revision: z.int().check(z.positive()),
  /** Id of its row in `revisions`. */
  row: id,
  sha256: hex64,
  at: z.string(),
  state: z.enum(finishedStates),
  /** Why it needs attention. */
  code: z.exactOptional(z.enum(outboxCodes)),
  /** When the organisation opened it, as its receipt says. */
  openedAt: z.exactOptional(shortText),
  /** `of`: how many revisions are in it, where they are of more than one case. */
  box: z.exactOptional(z.strictObject({ id: hex64, size: count, of: z.exactOptional(count) })),
})
export type FinishedEntry = z.infer<typeof finishedSchema>

/** Why a case was withdrawn as a whole; its tombstone is the newest finished revision. */
const withdrawnSchema = z.enum(['consent', 'error', 'duplicate'])
const part = z.exactOptional(shortText)

/** What tells two cases about one victim (`record/doubles.ts`). */
export const doubleKeySchema = z.strictObject({
  id,
  sxv: part,
  age: part,
  civ: part,
  coe: part,
  toe: part,
  from: part,
  to: part,
})

/** What a list needs of a case, so that no body is opened for it. */
export const sumSchema = z.strictObject({
  code: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
  victims: count,
  perpetrators: count,
  toe: z.array(z.string()),
  country: z.exactOptional(z.string()),
  answered: count,
  asked: count,
  changed: z.boolean(),
  /** The newest finished revision. */
  last: z.exactOptional(finishedSchema),
  /** Boxes of this case that the organisation has not opened yet. */
  underway: count,
  place: z.exactOptional(placeSchema),
  copyOf: z.exactOptional(id),
  withdrawn: z.exactOptional(withdrawnSchema),
  closed: z.exactOptional(z.literal(true)),
  // What follows came later: a row that was written before has none of it, and opens.
  area: z.exactOptional(shortText),
  /** When it was recorded, as the case says itself. */
  recorded: z.exactOptional(shortText),
  /** Codes of the variables that must be answered or mended before this can be sent. */
  missing: z.exactOptional(z.array(shortText)),
  doubles: z.exactOptional(z.array(doubleKeySchema)),
  /** `changedAt` of what the last safety copy holds. */
  safe: z.exactOptional(z.string()),
  /** When that copy was made. */
  safeAt: z.exactOptional(z.string()),
})
export type Sum = z.infer<typeof sumSchema>

/** Of the safety copy made last: when, of what, and the box that it went in. */
const safetySchema = z.strictObject({
  at: z.string(),
  /** `changedAt` of what was copied. */
  of: z.string(),
  /** Digest of the draft that was copied; absent where that copy was taken back before it left. */
  sha256: z.exactOptional(hex64),
  box: z.exactOptional(z.strictObject({ id: hex64, size: count })),
  /** Boxes that were taken back: the next box of this case explains their gap. */
  gone: z.exactOptional(z.array(hex64)),
  /** When the newest of those before it was made that the organisation has received. */
  arrived: z.exactOptional(z.string()),
})

/** The case itself. `draft` is checked by the record's own upgrades. */
export const bodySchema = z.strictObject({
  draft: z.unknown(),
  changedAt: z.string(),
  place: z.exactOptional(placeSchema),
  aside: z.exactOptional(asideSchema),
  finished: z.array(finishedSchema),
  /** Digest of the draft as the newest finished revision left it. */
  asFinished: z.exactOptional(hex64),
  copyOf: z.exactOptional(id),
  withdrawn: z.exactOptional(withdrawnSchema),
  /** Closed by hand: has left our care. Not part of the record. */
  closedAt: z.exactOptional(z.string()),
  safety: z.exactOptional(safetySchema),
})
export type Body = z.infer<typeof bodySchema>

/** Where a case was left, as far as anybody but the body itself says it. */
export function placeOutside({ place }: Body): Pick<Body, 'place'> {
  if (!place) return {}
  const { caret: _, ...outside } = place
  return { place: outside }
}

export const auditActions = [
  'account',
  'unlock',
  'failed-unlock',
  'failed-pin',
  'configuration',
  'pin',
  'passphrase',
  'wipe-passphrase',
  'new',
  'save',
  'conflict',
  'finish',
  'withdraw',
  'close',
  'reopen',
  'change',
  'box',
  'receipt',
  'remove',
  'overdue',
  'wipe-account',
  'adopt',
  'migrate',
  'copy',
  'restore',
  'team',
  'let-in',
  'take-out',
  'role',
  'give',
  'take',
  'view',
  'print',
  'export',
  'export-plain',
  'put-off',
  'clock',
] as const
export type AuditAction = (typeof auditActions)[number]

/** One line of the log. No free text. `line` is what stays of a removed case. */
export const auditEntrySchema = z.strictObject({
  n: z.int().check(z.positive()),
  time: z.string(),
  who: id,
  action: z.enum(auditActions),
  target: z.exactOptional(id),
  /** The second version that went when `target` took its place. */
  from: z.exactOptional(id),
  rev: z.exactOptional(count),
  /** Hex SHA-256 of the row's ciphertexts, `sum` then `body`. */
  ctHash: z.exactOptional(hex64),
  count: z.exactOptional(count),
  line: z.exactOptional(z.strictObject({ code: z.string(), revision: count, sha256: z.exactOptional(hex64) })),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const roles = ['lead', 'caseworker'] as const

/** Who is in an epoch of a circle, with the age recipients that were compared aloud when they were let in. */
export const rosterSchema = z.strictObject({
  v: z.literal(1),
  members: z.array(z.strictObject({ accountId: id, recipient: shortText, role: z.enum(roles) })),
  /** The organisation's profile, for a member who never saw the set-up document; worth what the configuration says. */
  profile: z.exactOptional(z.string()),
})
export type Member = z.infer<typeof rosterSchema>['members'][number]

/** A case as it is handed to an account that is not open: its rows, opened. `id` is the case's, so that it stays the same. */
export const handoverSchema = z.strictObject({
  v: z.literal(1),
  id,
  from: id,
  rev: count,
  body: bodySchema,
  revisions: z.array(z.strictObject({ row: id, text: z.string() })),
})
export type Handover = z.infer<typeof handoverSchema>

/** What a copy holds: everything that an account could open, drafts too. */
export const copySchema = z.strictObject({
  v: z.literal(1),
  /** The device that it was made on. */
  deviceId: id,
  at: z.string(),
  cases: z.array(z.strictObject({ circle: z.enum(['me', 'team']), case: handoverSchema })),
})
export type Copy = z.infer<typeof copySchema>

/**
 * What an account has seen of its device, kept under its own key and compared at every unlock. `profile` is absent
 * where the account came to a device whose set-up document it never saw.
 */
export const pinsSchema = z.strictObject({
  v: z.literal(1),
  deviceId: id,
  /** Where new cases go. */
  home: z.strictObject({ circleId: id, kind: z.enum(['me', 'team']) }),
  /** The circle that nobody else is in, where it is not the home. */
  own: z.exactOptional(id),
  /** On this device; absent: lead, as the first account of a device is. */
  role: z.exactOptional(z.enum(roles)),
  /** New cases are to go to the team as soon as somebody lets this account in. */
  wantsTeam: z.exactOptional(z.literal(true)),
  /** A wipe passphrase is set. Its verifier's column is filled either way, so only this tells. */
  wipe: z.exactOptional(z.literal(true)),
  /** Public halves of the key for the drawer, by kind: one secret of 32 bytes, which stands on paper alone. */
  drawer: z.exactOptional(z.strictObject({ hybrid: z.string(), x25519: z.string() })),
  /** When a copy was last made and put somewhere. */
  copiedAt: z.exactOptional(z.string()),
  configuration: z.exactOptional(
    z.strictObject({
      sha256: hex64,
      pin: configurationPinSchema,
      profile: z.exactOptional(z.string()),
      /** A person set it on this tablet: nobody's signature holds it, and an organisation's may take its place. */
      byHand: z.exactOptional(z.literal(true)),
    }),
  ),
  /** Private key of the settings that this account set by hand. */
  hand: z.exactOptional(base64UrlSchema(32)),
  /** What a receiver gave for a code while settings are tried that do not count yet: it gives it once. */
  trial: z.exactOptional(z.strictObject({ endpoint: endpointSchema, token: base64UrlSchema(32) })),
})
export type Pins = z.infer<typeof pinsSchema>
export type PinnedConfiguration = NonNullable<Pins['configuration']>
