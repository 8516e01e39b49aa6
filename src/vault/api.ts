import type { WithReceiver } from '../batch/configuration.ts'
import type { Overlay } from '../codebook/overlay.ts'
import type { Step } from '../codebook/variable.ts'
import type { OutboxCode } from '../database.ts'
import type { CaseRecord } from '../record/case-record.ts'
import type { CodeChange } from '../record/change-by-code.ts'
import type { DoubleKey, DoubleReason } from '../record/doubles.ts'
import type { Draft } from '../record/draft.ts'
import type { Finding } from '../record/rules.ts'
import type { HandFaults, HandFields } from './hand-fields.ts'
import type { AuditAction } from './payload.ts'
import type { TrialPart } from './trial.ts'

/**
 * What the page may ask of the vault, and what it gets: plaintext of what it asked for, never a key. Times are epoch
 * milliseconds, waits are milliseconds, `now`-like texts are `2024-05-02T10:00+02:00`. Rejections carry a VaultError.
 */
export interface VaultApi {
  /**
   * What of the vault's work this browser cannot do: tried, on things that are gone afterwards, unless something of
   * ours is kept here already. Makes no row.
   */
  tryOut(): Promise<readonly TrialPart[]>
  /** Accounts and device as they are readable without a passphrase; makes the device's row at the very first start. */
  start(): Promise<StartView>
  /** Keeps the language of the screens for this device, locked or not. Does nothing where the device's row is lost. */
  setLanguage(language: string): Promise<void>
  /** Makes an account, its circle and, with `setup`, the device's configuration, all or nothing; opens the account. */
  createAccount(wish: AccountWish): Promise<Created>
  /** `passphrase` is folded UTF-8; it is zeroed before this answers, whatever the answer. */
  unlock(accountId: string, passphrase: Uint8Array<ArrayBuffer>): Promise<Unlocked>
  /** Whether it is the passphrase of the open account; counts and waits like `unlock`. Zeroes it. */
  samePassphrase(passphrase: Uint8Array<ArrayBuffer>): Promise<PassphraseCheck>
  /** `lock` = no PIN is set, or wrong for the third time: the vault has locked itself. */
  checkPin(pin: string): Promise<'right' | 'wrong' | 'lock'>
  /** Six digits, or '' for none. */
  setPin(pin: string): Promise<void>
  /**
   * A new passphrase, device secret and wrap for the open account; records are not touched. Both are zeroed. A wipe
   * passphrase has to be set again then.
   */
  changePassphrase(current: Uint8Array<ArrayBuffer>, next: Uint8Array<ArrayBuffer>): Promise<PassphraseChanged>
  /** Folded UTF-8, or empty for none; both are zeroed. `same`: it is the passphrase that opens. */
  setWipePassphrase(current: Uint8Array<ArrayBuffer>, wipe: Uint8Array<ArrayBuffer>): Promise<WipePassphraseSet>
  /** What would be gone with the open account. */
  beforeWipe(): Promise<BeforeWipe>
  /** Erases the open account: its key first. Boxes that wait stay, and the organisation still gets them. */
  wipeAccount(): Promise<Wiped>
  /** Erases everything of this device: all keys first. Only a lead does this. */
  wipeDevice(): Promise<Wiped>
  /** The open account, or undefined when locked. */
  session(): Promise<SessionView | undefined>
  /** Waits up to 500 ms for writes under way, then lets go of every key. The worker is to be terminated after it. */
  lock(): Promise<void>

  profile(): Promise<OrganisationView | undefined>
  /** Whether the configuration on the disk is the one that this account pinned. */
  verifyConfiguration(): Promise<'none' | 'verified' | 'changed'>
  /**
   * Takes a newer signed configuration, or the first one of a tablet without an organisation; what was finished before
   * is then boxed to it. `profileText` is needed where its digest changed.
   */
  setConfiguration(configurationText: string, profileText?: string, enrolCode?: string): Promise<ConfigurationSet>
  /** Whether this account may set the tablet up by hand, and what was set so before. */
  handNow(): Promise<HandNow>
  /**
   * Reads what was typed, signs it with a key of this tablet's own, and seals a test box under it; nothing is in use before
   * `setByHand` has the receipt for that box.
   */
  prepareByHand(typed: HandFields): Promise<HandPrepared>
  /** The token that the receiver gave while the settings are tried: kept before it is used, since it is given once. */
  keepTrialToken(token: string): Promise<void>
  /** Takes what was prepared last, if this is its receiver's receipt for its test box; else `untried`. */
  setByHand(receipt: string): Promise<ConfigurationSet>
  /**
   * Settings that somebody else took on this tablet, where this account had some that were set by hand, or those of another's
   * hand where it had none. They are taken by `setConfiguration` once their words were compared.
   */
  foundSettings(): Promise<FoundSettings | undefined>
  /** An empty box under the settings in use, to try the line with. It takes no place in the device's chain. */
  sealTest(): Promise<TestSealed>
  /** The set-up document of this tablet, for the next one; a lead's alone, and only what an organisation has signed. */
  setupToHand(): Promise<SetupToHand>

  /**
   * Puts few boxes in the place of many that were never tried, and seals anew what was sealed to a recipient who was
   * revoked since; waits while a sender is at work. Gives how many boxes were replaced.
   */
  replaceBoxes(): Promise<number>

  /**
   * Boxes a draft that was left as its safety copy, at most once a day; without an id, all that were left without one.
   * Never waited for by a lock or a list. Gives how many boxes were made.
   */
  copyDrafts(id?: string): Promise<number>
  /** When the newest of those safety copies was made that the organisation has received, of the drafts that are here. */
  lastSafetyCopy(): Promise<string | undefined>

  list(): Promise<CaseList>
  /** Which other cases may speak of a victim with one of these keys; the first ten, newest first. */
  possibleDoubles(id: string, keys: readonly DoubleKey[]): Promise<PossibleDouble[]>
  /** A new draft with a code of its own, kept at once. */
  newCase(): Promise<OpenCase>
  open(id: string): Promise<OpenCase>
  /**
   * Saved means: the transaction is on the disk. `rev` is the one that was opened or last saved. Without `aside` the one
   * that is kept stays.
   */
  save(id: string, rev: number, draft: Draft, place?: CasePlace, aside?: CaseAside): Promise<Saved>
  /** Finishes what was saved last. `blocked` changes nothing. */
  finish(id: string, rev: number): Promise<Finished>
  /**
   * Withdraws a case that was finished before: the tombstone is its next revision and travels like one; what earlier
   * revisions held is erased here, and it cannot be written in any more.
   */
  withdraw(id: string, rev: number, wish: WithdrawalWish): Promise<Withdrawn>
  /** "Has left our care": a mark for this tablet alone, which no record holds. Undone by `reopen`. */
  close(id: string, rev: number): Promise<Closed>
  reopen(id: string, rev: number): Promise<Closed>
  /** Writes a second version over the case that it is the copy of, and removes it; the case's own draft is gone then. */
  adopt(copyId: string): Promise<Adopted>
  /** What would be gone for good if this case were removed: shown before `remove`. */
  unreceived(id: string): Promise<Unreceived>
  /** Removes the readable copy. Sealed boxes stay in the outbox and still leave. */
  remove(id: string): Promise<{ readonly status: 'removed'; readonly unreceived: Unreceived } | NotSaved>
  /** The newest finished revision of each case, for export. */
  finishedRevisions(): Promise<{ readonly records: CaseRecord[]; readonly unreadable: number }>
  /** Whether a filled record may go to paper. Off by default where there is an organisation, and on without one. */
  mayPrint(): Promise<boolean>
  /**
   * What is to be known before anybody is asked what becomes of a case that waits long: which decisions were put off, and
   * whether the date is to be believed.
   */
  longWaits(now: number): Promise<LongWaits>
  /**
   * Writes the audit entry of an export, a view, a print, of a decision about a case that is put off, and of a date that
   * somebody said is right. Throws `bad-input` for a print that is switched off.
   */
  note(action: NotedAction, id?: string): Promise<void>

  /** Seals something said by case code for the organisation, and queues it. Rejects with `bad-input` what is no change. */
  sendChange(wish: ChangeWish): Promise<ChangeSent>
  /** Changes by code that were sent from here, newest first. */
  sentChanges(): Promise<readonly SentChange[]>

  /**
   * Who may open what on this tablet, as far as this account can know. `which`, here and below, is the team that is meant
   * where the account is in several; left out, the one that new cases go to.
   */
  team(which?: string): Promise<TeamView>
  /** A circle for the team of this tablet; new cases go there from now on. */
  startTeam(): Promise<TeamChanged>
  /** Where new cases go. `no-team`: the wish is kept until somebody lets this account in. */
  keepCasesWith(kind: CircleKind, which?: string): Promise<TeamChanged>
  /** `recipient` is the one whose words were compared; it has the team's cases from its next unlock on. */
  letIn(accountId: string, recipient: string, which?: string): Promise<TeamChanged>
  /** A new epoch of the team's key without this member. */
  takeOut(accountId: string, which?: string): Promise<TeamChanged>
  setRole(accountId: string, role: Role, which?: string): Promise<TeamChanged>
  /** Gives a case to a circle of this account, or to another account, which has it from its next unlock on. */
  give(id: string, rev: number, to: GiveTo): Promise<Given>

  /** A new key for the drawer: 24 words, to be written down and asked back before `keepDrawerKey`. Kept nowhere. */
  newDrawerKey(): Promise<DrawerKey>
  /** From now on copies open with these words. */
  keepDrawerKey(key: DrawerKey['recipients']): Promise<TeamChanged>
  copies(): Promise<CopiesView>
  /** Everything that the account can open, sealed to the key for the drawer and the organisation. */
  makeCopy(): Promise<CopyMade>
  /** One case, sealed to an account of another tablet, or to the key for the drawer and the organisation. */
  copyCase(id: string, recipient?: string): Promise<CopyMade>
  /** The file of the last copy is where it should be: home says so from now on. */
  noteCopied(): Promise<void>
  /** Opens a copy with the words of the drawer, or, without any, with the key of this account. Nothing is written. */
  openCopy(bytes: Uint8Array<ArrayBuffer>, words?: readonly string[]): Promise<CopyOpened>
  /**
   * Writes what was opened last: what is newer here stays, what differs is kept beside it. Read back and compared.
   * @param team that cases of a team go to; the one of new cases, or the first, without it
   */
  restoreCopy(team?: string): Promise<Restored>

  /**
   * After an unlock, in the background: writes rows of older layouts in today's and holds every row against the log.
   * What it names was changed or removed outside the app; nothing is repaired. `short`: the browser says that little room
   * is left, so sealed copies that the receiver has had for 30 days make some.
   */
  tidy(short?: boolean): Promise<Tidied>
  /** Cases that do not open, as they lie on the disk: UTF-8 of JSON, ciphertexts in base64url. */
  unreadableRows(): Promise<Uint8Array<ArrayBuffer>>
  /** What was done with the account's circles, newest first, and whether each log holds without a gap. */
  trail(): Promise<readonly Trail[]>
  /**
   * When the line was written that a box named as the end of a log of this account's circles: an ISO time; undefined where
   * no line is the one of these six words, so that what came after it in the log of that time has been cut off, too.
   */
  standsInLog(words: readonly string[]): Promise<string | undefined>

  /** Carries receipts that stand in the outbox to their cases, after verifying each again. Gives how many moved. */
  carryReceipts(): Promise<number>
  /** Boxes that wait to be sent, of the whole device. */
  waiting(): Promise<number>
  /** What waits for the organisation or was refused, of the whole device, and what this account knows of it. */
  boxes(): Promise<BoxList>
}

export interface BoxList {
  /** Those that need somebody first, then in the order of sealing. */
  readonly boxes: readonly WaitingBox[]
  /** Safety copies of drafts, which are no cases and stand in no list: how many, and their bytes. */
  readonly copies: { readonly count: number; readonly size: number }
  /** Cases of this account whose newest version the organisation has opened. */
  readonly opened: number
}

export interface WaitingBox {
  readonly boxId: string
  readonly state: 'ready' | 'attention'
  /** Bytes. */
  readonly size: number
  readonly lastCode: OutboxCode
  /** It was in a request or in a file. */
  readonly tried: boolean
  /** Epoch milliseconds before which it is not tried by itself; 0 where it waits with the others. */
  readonly nextAt: number
  /** Day on which it was saved as a file. */
  readonly savedOn?: string
  /** Sealed to a recipient who was revoked since: it waits for its account, which seals it anew. */
  readonly revoked: boolean
  /** Its bytes made room and it has to be sent again: it waits for its account, too. */
  readonly letGo?: true
  /** How many cases it speaks of. */
  readonly cases: number
  /** What this account knows to be in it; nothing where it is another account's. */
  readonly holds: readonly BoxedLine[]
}

export interface BoxedLine {
  readonly kind: 'case' | 'change'
  /** Of the case, where there is one on this tablet. */
  readonly id?: string
  readonly code: string
  readonly revision?: number
  /** When it was finished or said. */
  readonly at: string
}

export interface StartView {
  readonly accounts: readonly AccountView[]
  readonly device: DeviceView
}

export interface AccountView {
  readonly accountId: string
  readonly label: string
  /** Before the next attempt. */
  readonly waitMs: number
}

export interface DeviceView {
  readonly configured: boolean
  /** Neutral label of the configuration, or ''. */
  readonly label: string
  /** Host of the endpoint, or ''. */
  readonly host: string
  /** Tag of the language that somebody chose for this device. */
  readonly language?: string
  /** Whose new cases are, where the organisation says it. */
  readonly circle?: CircleKind
  /** `settings`: the configuration does not verify. `device`: accounts are here, the device's own row is not. */
  readonly problem?: 'settings' | 'device'
}

export interface AccountWish {
  /** At most 20 signs, stored in the clear. */
  readonly label: string
  /** Folded UTF-8; transferred, and zeroed when this answers. */
  readonly passphrase: Uint8Array<ArrayBuffer>
  /** Six digits. */
  readonly pin?: string
  readonly circle: CircleKind
  readonly setup?: SetupWish
}

export type CircleKind = 'me' | 'team'

export interface DrawerKey {
  readonly words: readonly string[]
  readonly recipients: { readonly hybrid: string; readonly x25519: string }
}

export interface CopiesView {
  readonly drawer: boolean
  readonly organisation: boolean
  /** When the last copy was made and put somewhere. */
  readonly copiedAt?: string
  /** Words of this account's recipient, and the recipient itself: for somebody who sends a case to it. */
  readonly recipient: string
  readonly words: readonly string[]
}

export type CopyMade =
  | {
      readonly status: 'made'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly cases: number
      readonly unreadable: number
    }
  /** There is neither a key for the drawer nor an organisation, or what was given is no recipient. */
  | { readonly status: 'nobody' | 'no-recipient' }
  | { readonly status: 'settings-changed' }

export type CopyOpened =
  | {
      readonly status: 'opened'
      readonly at: string
      readonly cases: number
      /** Cases that are not on this tablet. */
      readonly fresh: number
      /** Made on this very tablet. */
      readonly ownDevice: boolean
    }
  /** `not-words`: no 24 words with a checksum that agrees. `other-key`: sealed to somebody else. `damaged`: no copy. */
  | { readonly status: 'not-words' | 'other-key' | 'damaged' }

export type Restored =
  | {
      readonly status: 'restored'
      /** Cases that were not here. */
      readonly fresh: number
      /** Said the same as what is here. */
      readonly same: number
      /** Newer here, or withdrawn here: left as they were. */
      readonly kept: number
      /** Newer in the copy: kept beside the case that is here. */
      readonly beside: number
      /** Could not be written, or did not read back. */
      readonly failed: number
      /** Versions that were boxed for the organisation again. */
      readonly boxed: number
      /** Of the fresh ones: those that came without the text of a version that was finished before. */
      readonly lacking: number
    }
  | { readonly status: 'no-copy' }

export interface Tidied {
  readonly migrated: number
  /** Closed cases whose readable copy went, because the organisation lets no tablet keep them longer. */
  readonly overdue: number
  /** Cases of which the sealed copy made room, because the receiver has had it for 30 days; absent where none did. */
  readonly letGo?: number
  /** Ids of cases whose rows are not those of the log. */
  readonly changed: readonly string[]
  /** Ids of cases that the log knows and that are not here. */
  readonly gone: readonly string[]
  readonly logIntact: boolean
}

export interface Trail {
  readonly circle: CircleKind
  readonly intact: boolean
  readonly entries: readonly TrailEntry[]
}

export interface TrailEntry {
  readonly n: number
  readonly time: string
  /** Label of the account, or '' where it is not on this tablet any more. */
  readonly who: string
  readonly action: AuditAction
  /** Id of the case or account that it was done with. */
  readonly target?: string
  readonly count?: number
  /** What stays of a case that was removed. */
  readonly line?: { readonly code: string; readonly revision: number }
}

export type Role = 'lead' | 'caseworker'

export interface TeamView {
  /** Where new cases go. */
  readonly home: CircleKind
  readonly inTeam: boolean
  /** The team that the rest is about. */
  readonly circleId?: string
  /** All that this account is in, in an order that stays. */
  readonly teams: readonly {
    readonly circleId: string
    /** New cases go there. */
    readonly home: boolean
    /** Nicknames of its other members that are still on the tablet. */
    readonly others: readonly string[]
  }[]
  /** Wants to be in the team, and nobody has let it in yet. */
  readonly waits: boolean
  /** May take members out, and do what concerns the tablet as a whole. */
  readonly lead: boolean
  /** Six words of this account's recipient, to be compared aloud. */
  readonly words: readonly string[]
  readonly members: readonly {
    readonly accountId: string
    /** '' where the account is not on this tablet any more. */
    readonly label: string
    /** As it was when the member was let in. */
    readonly recipient: string
    readonly role: Role
    readonly me: boolean
  }[]
  /** Accounts of this tablet outside the team, or all others where this account is in none. */
  readonly others: readonly {
    readonly accountId: string
    readonly label: string
    readonly recipient: string
    readonly words: readonly string[]
  }[]
}

export type TeamChanged =
  | { readonly status: 'done' }
  /** `changed`: the account is not what was shown any more. */
  | { readonly status: 'changed' | 'no-team' | 'not-lead' | 'last-lead' }
  | NotSaved

export type GiveTo =
  | { readonly circle: 'me' }
  | { readonly circle: 'team'; readonly which?: string }
  | { readonly accountId: string; readonly recipient: string }

export type Given =
  | { readonly status: 'given'; readonly rev: number }
  /** Somebody saved since `rev`, or the account is not what was shown any more. */
  | { readonly status: 'changed' }
  /** This account is in no such circle. */
  | { readonly status: 'no-circle' }
  | NotSaved

export interface SetupWish {
  readonly configurationText: string
  readonly profileText: string
  readonly enrolCode?: string
}

export interface SessionView {
  readonly accountId: string
  readonly label: string
  readonly circle: CircleKind
  readonly hasPin: boolean
  readonly hasWipePassphrase: boolean
  /** It took settings of an organisation; where not, those that are on the tablet are a colleague's so far. */
  readonly hasSettings: boolean
  /** Wrong attempts since the last time that it was opened. */
  readonly failedBefore: number
  /** Cases that others handed to this account and that it took at this unlock. */
  readonly taken: number
}

export type Created =
  { readonly status: 'created'; readonly session: SessionView } | { readonly status: 'bad-setup' } | NotSaved

export type Unlocked =
  | { readonly status: 'opened'; readonly session: SessionView }
  /** Open, but nothing is sealed and no receipt believed until a configuration signed by the pinned key is set. */
  | { readonly status: 'settings-changed'; readonly session: SessionView }
  | { readonly status: 'wrong'; readonly waitMs: number }
  | { readonly status: 'wait'; readonly waitMs: number }
  /** The device secret is missing or damaged. Nothing was changed. */
  | { readonly status: 'key-slot' }

export type PassphraseCheck =
  | { readonly status: 'right' }
  | { readonly status: 'wrong'; readonly waitMs: number }
  | { readonly status: 'wait'; readonly waitMs: number }
  | { readonly status: 'key-slot' }

export type PassphraseChanged =
  | { readonly status: 'changed'; readonly wipeCleared: boolean }
  | Exclude<PassphraseCheck, { readonly status: 'right' }>
  | NotSaved

export type WipePassphraseSet =
  { readonly status: 'set' | 'none' | 'same' } | Exclude<PassphraseCheck, { readonly status: 'right' }> | NotSaved

export interface BeforeWipe {
  /** Cases that nobody else on this tablet can open. */
  readonly onlyMine: number
  /** Of them, those with writing or versions that the organisation has not received. */
  readonly unreceived: number
  /** Cases of the team, which stay with the others. */
  readonly team: number
  /** Sealed boxes of the whole device that wait to be sent. */
  readonly waiting: number
  /** Accounts of the device, this one included. */
  readonly accounts: number
  readonly lead: boolean
}

export type Wiped = { readonly status: 'wiped' | 'not-lead' }

export interface OrganisationView {
  /** Its name, or its neutral label where this account knows no more. */
  readonly name: string
  /** '' where this account never saw the set-up document. */
  readonly orgCode: string
  readonly orgType: string
  readonly country?: string
  readonly area?: string
  /** Neutral label, as it is plain on the disk. */
  readonly label: string
  /** Absent where it has no receiver: it takes sealed files alone. */
  readonly endpointHost?: string
  readonly configVersion: number
  /** A person set it on this tablet: no organisation has signed it. */
  readonly byHand: boolean
  /** It names a key of the desk, so that it can become known what was opened. */
  readonly tellsOpened: boolean
  /** Public age recipients that finished revisions are sealed to. */
  readonly recipients: readonly string[]
  readonly steps: readonly Step[]
  /** What it asks otherwise than the codebook does. */
  readonly overlay?: Overlay
  readonly limits: {
    readonly coverMinutes: number
    readonly idleSeconds: number
    readonly retentionDays: number
  }
  readonly safetyCopies: boolean
  readonly print: boolean
  /** Accounts may have a second passphrase that erases them. */
  readonly wipePassphrase: boolean
}

export type ConfigurationSet =
  /** `boxed`: versions that were finished before, and are sealed for the organisation now. */
  | { readonly status: 'set'; readonly boxed: number }
  | { readonly status: 'refused'; readonly reason: 'bad-configuration' | 'older' | 'foreign' | 'profile' | 'untried' }
  | NotSaved

export type HandNow =
  | {
      readonly status: 'offered'
      readonly now?: HandFields
      /** Six, of the key of this tablet that signed what is in use. */
      readonly words?: readonly string[]
      /** Addresses at which this tablet needs no code. */
      readonly enrolledAt: readonly string[]
    }
  /** Only a lead sets a tablet up. `signed`: what an organisation signed only the organisation changes. */
  | { readonly status: 'not-lead' | 'signed' }

export type HandPrepared =
  | {
      readonly status: 'ready'
      readonly configuration: WithReceiver
      readonly box: SealedTest
      readonly device: { readonly deviceId: string; readonly token: string; readonly enrolCode: string }
    }
  | { readonly status: 'wrong'; readonly faults: HandFaults }
  | { readonly status: 'not-lead' | 'signed' }

interface SealedTest {
  readonly boxId: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export type TestSealed =
  (SealedTest & { readonly status: 'sealed' }) | { readonly status: 'no-organisation' | 'settings-changed' }

export interface FoundSettings {
  readonly configurationText: string
  readonly label: string
  /** Absent where there is no receiver. */
  readonly endpoint?: string
  /** Six, of the key that signed them. */
  readonly words: readonly string[]
  readonly byHand: boolean
}

export type SetupToHand =
  | {
      readonly status: 'ready'
      readonly document: string
      readonly words: readonly string[]
      /** There is a receiver, which lets a tablet in by a code. */
      readonly needsCode: boolean
    }
  /** `no-profile`: this account came to a tablet that was set up already, and never saw the whole document. */
  | { readonly status: 'not-lead' | 'none' | 'changed' | 'by-hand' | 'no-profile' }

export type CaseState = 'draft' | 'ready' | 'received' | 'opened' | 'attention' | 'tablet-only'

export interface CaseSummary {
  readonly id: string
  readonly code: string
  readonly state: CaseState
  /** There is a finished revision, and what is written now differs from it. */
  readonly changedSinceSent: boolean
  readonly createdAt: string
  readonly changedAt: string
  readonly victims: number
  readonly perpetrators: number
  /** Codes of the forms of exploitation, of all victims, without repeats. */
  readonly toe: readonly string[]
  readonly country?: string
  readonly step1: { readonly answered: number; readonly asked: number }
  /** Why it has not arrived yet, where something is known. */
  readonly lastCode?: OutboxCode
  readonly place?: CasePlace
  /** The case that this is the second version of, after two tabs wrote at once. */
  readonly copyOf?: string
  readonly withdrawn?: WithdrawReason
  /** By hand: it has left our care. */
  readonly closed?: boolean
  /** Who else may open it. */
  readonly circle: CircleKind
  /** Which team, where it is in one. */
  readonly team?: string
  /** Administrative area within `country`. */
  readonly area?: string
  /** When it was recorded, as the case says itself. */
  readonly recorded?: string
  /** Codes of the variables that must be answered or mended before it can be sent; absent where it is not known. */
  readonly missing?: readonly string[]
}

/** Another case that may speak of the same person. Nothing is ever merged. */
export interface PossibleDouble {
  readonly id: string
  readonly code: string
  readonly why: DoubleReason
}

export interface CaseList {
  readonly cases: readonly CaseSummary[]
  readonly unreadable: number
  /** Cases whose key was handed over since the unlock: they open from the next one on. */
  readonly later?: number
  /** Codes of drafts of which the organisation gets no safety copy, because no box could hold them. */
  readonly tooLong?: readonly string[]
}

/** Where the person was in the case; means something to the page alone. At most 200 signs in all. */
export interface CasePlace {
  readonly section: string
  readonly field?: string
  /** What is selected in a text box of that question, which is the nth of its controls. It never leaves the tablet. */
  readonly caret?: { readonly box: number; readonly from: number; readonly to: number }
}

/**
 * What is kept beside the draft and never leaves the tablet: it is in no revision, no box and no file. By the id of a
 * victim or perpetrator: the picture that somebody is known by on the screen, and how a victim was told of the consent.
 */
export interface CaseAside {
  readonly marks?: Readonly<Record<string, string>>
  readonly told?: Readonly<Record<string, { readonly absent?: true; readonly interpreter?: true }>>
}

export interface OpenCase {
  readonly id: string
  readonly rev: number
  readonly draft: Draft
  readonly place?: CasePlace
  readonly aside?: CaseAside
  readonly state: CaseState
  readonly code: string
  readonly changedSinceSent: boolean
  readonly changedAt: string
  readonly history: readonly FinishedLine[]
  /** The newest finished revision, where its text is still here. */
  readonly sent?: CaseRecord
  readonly copyOf?: string
  /** The whole case was withdrawn: nothing can be written in it any more. */
  readonly withdrawn?: WithdrawReason
  readonly closedAt?: string
  /** Who else may open it. */
  readonly circle: CircleKind
  /** Which team, where it is in one. */
  readonly team?: string
}

export type WithdrawReason = 'consent' | 'error' | 'duplicate'

export interface WithdrawalWish {
  readonly reason: WithdrawReason
  /** Code of the other case of this tablet, where this one was entered twice. */
  readonly mergedInto?: string
}

export type Withdrawn =
  | Finished
  /** No other case on this tablet has that code. */
  | { readonly status: 'no-such-case' }

export type Closed =
  | { readonly status: 'closed' | 'open'; readonly rev: number }
  /** Somebody else saved since `rev`: open it again. */
  | { readonly status: 'changed' }
  | NotSaved

export type ChangeWish = Pick<CodeChange, 'code' | 'says'>

export type ChangeSent =
  | { readonly status: 'sent'; readonly id: string }
  /** Nobody to send it to. */
  | { readonly status: 'no-organisation' }
  | { readonly status: 'settings-changed' }
  | NotSaved

export interface SentChange {
  readonly id: string
  readonly change: CodeChange
  readonly state: Exclude<CaseState, 'draft' | 'tablet-only'>
  /** Why it has not arrived yet, where something is known. */
  readonly lastCode?: OutboxCode
}

export interface FinishedLine {
  readonly revision: number
  readonly at: string
  readonly state: Exclude<CaseState, 'draft'>
}

export interface NotSaved {
  readonly status: 'not-saved'
  readonly reason: 'quota' | 'store'
}

export type Saved =
  /** `changed`: a version was sent, and what is kept now differs from it. */
  | { readonly status: 'saved'; readonly rev: number; readonly at: string; readonly changed?: boolean }
  /** Somebody else saved first; what was handed in is kept beside it under `copyId`, at rev 1. */
  | { readonly status: 'conflict'; readonly copyId: string }
  | NotSaved

export type Finished =
  | {
      readonly status: 'finished'
      readonly rev: number
      readonly revision: number
      readonly state: 'ready' | 'tablet-only'
    }
  | { readonly status: 'blocked'; readonly findings: readonly Finding[] }
  /** Somebody else saved since `rev`: open it again. */
  | { readonly status: 'changed' }
  | { readonly status: 'settings-changed' }
  /** The case was withdrawn: there is no next version. */
  | { readonly status: 'withdrawn' }
  /** A second version kept after a conflict is not sent: `adopt` it into the case first, or remove it. */
  | { readonly status: 'is-copy'; readonly of: string }
  /** More than one box holds. The draft stays as it was saved. */
  | { readonly status: 'too-large' }
  | NotSaved

export type Adopted =
  | { readonly status: 'adopted'; readonly id: string; readonly rev: number }
  /** It is no copy, or its case is gone. */
  | { readonly status: 'no-case' }
  | NotSaved

export interface Unreceived {
  /** Finished revisions without a verified receipt. */
  readonly revisions: readonly number[]
  /** There is writing that is in no finished revision. */
  readonly draft: boolean
}

export interface LongWaits {
  /** When the decision about a case was last put off, by its id. */
  readonly putOff: Readonly<Record<string, number>>
  /** The date does not follow from this one, which was the last to be believed: nothing is to be reckoned with it. */
  readonly jumpedFrom?: number
}

export type NotedAction = 'view' | 'print' | 'export' | 'export-plain' | 'put-off' | 'clock'
