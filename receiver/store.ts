/**
 * What a receiver remembers, behind one interface that a second database fits. Every call names the
 * organisation it is about, or finds it by the hash of a secret. A promise that changes something resolves
 * only when the change is on the disk. Secrets come in as SHA-256 and never as themselves.
 */
export interface Store {
  /** False where one of this name is there. */
  addOrg(org: NewOrg): Promise<boolean>
  listOrgs(): Promise<OrgEntry[]>

  keepCode(code: NewCode): Promise<void>
  /** True if the code was known and not spent. */
  withdrawCode(org: string, hash: string): Promise<boolean>
  /** Every code for one device that was ever made, whoever spent it. */
  listCodes(org: string): Promise<CodeEntry[]>
  /** What `enrol` would say now; changes nothing, and holds nothing that others wait for. */
  foreseeEnrolment(asked: EnrolmentAsked): Promise<Enrolment>
  /** Spends the code and enrols the device in one transaction. */
  enrol(asked: EnrolmentAsked): Promise<Enrolment>

  findDevice(tokenHash: string): Promise<Device | undefined>
  /** Remembers that the device holds its token, so that its code gives no second one. */
  markSeen(org: string, deviceId: string): Promise<void>
  listDevices(org: string): Promise<DeviceEntry[]>
  /** True if the device was enrolled and not yet revoked. */
  revokeDevice(org: string, deviceId: string, at: number): Promise<boolean>
  /** Lets a known device enrol once more with a new code; its old token holds until then. */
  readmitDevice(org: string, deviceId: string): Promise<boolean>

  keepDesk(desk: { org: string; tokenHash: string; at: number }): Promise<void>
  findDesk(tokenHash: string): Promise<{ org: string } | undefined>
  listDesks(org: string): Promise<DeskEntry[]>
  /** Forgets the token; true if the organisation had a desk of this name. */
  revokeDesk(org: string, name: string): Promise<boolean>

  /**
   * Keeps bytes and index of all boxes in one transaction; a known box is left as it is. False, and nothing is kept, where
   * the new ones are more than the device may still send on this day, whoever else keeps boxes of it at the same moment.
   */
  keepBoxes(batch: NewBoxes): Promise<boolean>
  /** Those whose bytes are here, in the order of keeping. A smaller `n` never appears after a greater one was listed. */
  listBoxes(org: string, after: number, limit: number): Promise<BoxEntry[]>
  /** The number of the last box; 0 before the first. */
  lastBox(org: string): Promise<number>
  readBox(org: string, id: string): Promise<Uint8Array<ArrayBuffer> | undefined>

  keepReceipt(receipt: NewReceipt): Promise<void>
  /** In the order of keeping, with the same promise about `n` as boxes. */
  listReceipts(org: string, deviceId: string, after: number, limit: number): Promise<{ n: number; text: string }[]>

  /** Of all devices, those that came before this moment, in the order of keeping. */
  receiptsBefore(org: string, at: number, after: number, limit: number): Promise<{ n: number; text: string }[]>
  /** Lets go of the bytes of those boxes that this device sent; gives their sizes. */
  forgetBytes(org: string, deviceId: string, ids: readonly string[]): Promise<number[]>
  /** Puts other bytes in the place of a box's; false where none are here. What is known of the box stays. */
  replaceBytes(org: string, id: string, bytes: Uint8Array): Promise<boolean>
  /** Writes over what was replaced or let go. False where the database keeps that by rules of its own, or is in use. */
  overwriteOld(): Promise<boolean>

  keepSetup(setup: { org: string; sha: string; bytes: Uint8Array; at: number }): Promise<void>
  readSetup(sha: string): Promise<Uint8Array<ArrayBuffer> | undefined>

  /** Gives what stands under this name; `value`, and it stands there from now on, where nothing did. */
  rememberFirst(name: string, value: string): Promise<string>
  recall(name: string): Promise<string | undefined>
  remember(name: string, value: string): Promise<void>
  forget(name: string): Promise<void>

  /** Every row of every table, boxes with their bytes as rows of their own; what comes in meanwhile may be among them. */
  everything(): AsyncGenerator<KeptRow>
  /** Writes rows as `everything` gave them, all or none, into a store in which nothing is yet. */
  putBack(rows: readonly KeptRow[]): Promise<void>
  /** Makes the organisations' counts those of the boxes and receipts that are here. */
  countAnew(): Promise<void>

  /** Throws when the store cannot be read. */
  check(): Promise<void>
  close(): Promise<void>
}

/** The organisation that a receiver serves until more are added. */
export const firstOrg = 'first'

export interface NewOrg {
  readonly org: string
  /** Bytes of new boxes that each device may send in a day; null: the receiver's own limit. */
  readonly bytesPerDay: number | null
}

export interface OrgEntry extends NewOrg {
  readonly devices: number
  readonly boxes: number
}

export interface DeskEntry {
  /** The beginning of its token's hash: says which token, and gives nothing of it away. */
  readonly name: string
  readonly madeAt: number
}

export interface KeptRow {
  readonly table: string
  readonly row: Readonly<Record<string, unknown>>
}

export interface NewCode {
  readonly org: string
  readonly hash: string
  readonly at: number
  readonly expiresAt: number | null
  /** The run of the receiver that the code lives and dies with; it then holds for any number of devices. */
  readonly run: string | null
}

export interface EnrolmentAsked {
  readonly deviceId: string
  readonly codeHash: string
  readonly tokenHash: string
  readonly at: number
  readonly run: string
}

export type Enrolment =
  | { readonly status: 'enrolled'; readonly org: string }
  | { readonly status: 'code-expired' | 'code-spent' | 'known-device'; readonly org: string }
  | { readonly status: 'bad-code' }

export interface Device {
  readonly org: string
  readonly deviceId: string
  readonly revoked: boolean
  readonly seen: boolean
  /** Bytes of new boxes kept on `day` (days since 1970). */
  readonly day: number
  readonly dayBytes: number
  /** What its organisation allows it in a day; null: the receiver's own limit. */
  readonly bytesPerDay: number | null
}

export interface CodeEntry {
  readonly hash: string
  /** The device that it let in. */
  readonly spentBy: string | null
}

export interface DeviceEntry {
  readonly deviceId: string
  readonly enrolledAt: number
  readonly revokedAt: number | null
  readonly boxes: number
}

export interface NewBoxes {
  readonly org: string
  readonly deviceId: string
  readonly at: number
  /** Bytes of new boxes that the device may send in a day; a whole number. */
  readonly bytesPerDay: number
  readonly boxes: readonly { readonly id: string; readonly bytes: Uint8Array }[]
}

export interface BoxEntry {
  readonly n: number
  readonly id: string
  readonly deviceId: string
  readonly size: number
  readonly at: number
}

export interface NewReceipt {
  readonly org: string
  readonly deviceId: string
  readonly sha: string
  readonly text: string
  readonly at: number
}
