// The vault: what was recorded, kept under keys that never leave this room.
// A row opens only under its own name, and only for who is in its circle; one that does not open is counted, and blocks
// no other. "Saved" is said when the transaction is complete, never before, and nothing is overwritten blindly.
// No key is stored or handed out. Nothing unsent is ever deleted by the program itself.

import { casesIn } from '../database.ts'
import type { StartView, Unlocked, VaultApi } from './api.ts'
import { Attempts } from './attempts.ts'
import { changePin, judgePin } from './cover-pin.ts'
import { createAccount } from './create-account.ts'
import { deviceRow, viewDevice } from './device.ts'
import { accountRow } from './account-row.ts'
import { log, logIfPossible } from './log.ts'
import { onceMore } from './once-more.ts'
import type { Session } from './session.ts'
import { followConfiguration, mayPrint, organisationOf, settingsNow, takeConfiguration } from './settings.ts'
import type { Tools } from './tools.ts'
import { tryPassphrase, unlock } from './unlock.ts'
import { VaultError } from './vault-error.ts'
import { Writes } from './writes.ts'

// The codebook and the record are needed only where a case is, so the lock screen does not wait for them.
const cases = () => import('./cases.ts')
const finishing = () => import('./finishing.ts')
const changes = () => import('./changes.ts')
const receipts = () => import('./receipts.ts')
const removing = () => import('./removing.ts')
const passphrases = () => import('./passphrase.ts')
const wiping = () => import('./wiping.ts')
const tidying = () => import('./tidying.ts')
const trails = () => import('./trail.ts')
const copies = () => import('./copies.ts')
const teams = () => import('./team.ts')
const giving = () => import('./giving.ts')
const trials = () => import('./trial.ts')
const byHand = () => import('./by-hand.ts')
const safety = () => import('./safety-copies.ts')

/** Longest that a lock waits for a write under way, in milliseconds. */
const flushTime = 500
/** Longest that the list waits for one, in milliseconds. */
const listPatience = 2_000

/** One vault a tab, one open account at a time. What it needs of the browser is handed in: it runs in Node as well. */
export function openVault(tools: Tools): VaultApi {
  const attempts = new Attempts(tools.database, tools.clock)
  const writes = new Writes()
  // Apart from the writes: neither a lock nor a list waits for a safety copy.
  const copying = new Writes()
  let session: Session | undefined

  const open = (): Session => {
    if (!session) throw new VaultError('locked')
    return session
  }
  const lock = async (): Promise<void> => {
    await writes.settled(flushTime)
    session = undefined
  }

  return {
    async tryOut() {
      const { isKept, tryBrowser } = await trials()
      return (await isKept(tools.database.name)) ? [] : await tryBrowser(tools)
    },

    start: () =>
      onceMore(async (): Promise<StartView> => {
        const device = await deviceRow(tools.database)
        const accounts = await tools.database.accounts.toArray()
        return {
          accounts: accounts.map(({ accountId, label, failed }) => ({
            accountId,
            label,
            waitMs: attempts.waitMs(accountId, failed),
          })),
          device: await viewDevice(device),
        }
      }),

    async setLanguage(language) {
      await deviceRow(tools.database)
      await tools.database.device.update('device', { language })
    },

    async createAccount(wish) {
      const made = await createAccount(tools, wish)
      if ('status' in made) return made
      session = made
      return { status: 'created', session: view(made) }
    },

    async unlock(accountId, passphrase): Promise<Unlocked> {
      const opened = await unlock(tools, attempts, accountId, passphrase)
      if ('status' in opened) return opened
      session = opened
      await logUnlock(opened)
      await followConfiguration(opened)
      const changed = (await settingsNow(opened)).status === 'changed'
      return { status: changed ? 'settings-changed' : 'opened', session: view(opened) }
    },

    samePassphrase: (passphrase) =>
      loggingFailed(open(), async () => {
        const master = await tryPassphrase(tools, attempts, open().accountId, passphrase)
        return 'status' in master ? master : { status: 'right' }
      }),

    async checkPin(pin) {
      const judged = await judgePin(open(), pin)
      if (judged === 'lock') await lock()
      return judged
    },
    setPin: (pin) => writes.one(() => changePin(open(), pin)),
    changePassphrase: (current, next) =>
      writes.one(() =>
        loggingFailed(open(), async () => (await passphrases()).changePassphrase(open(), attempts, current, next)),
      ),
    setWipePassphrase: (current, wipe) =>
      writes.one(() =>
        loggingFailed(open(), async () => (await passphrases()).setWipePassphrase(open(), attempts, current, wipe)),
      ),
    beforeWipe: async () => (await wiping()).beforeWipe(open()),
    async wipeAccount() {
      const wiped = await (await wiping()).wipeAccount(open())
      session = undefined
      return wiped
    },
    async wipeDevice() {
      const wiped = await (await wiping()).wipeDevice(open())
      if (wiped.status === 'wiped') session = undefined
      return wiped
    },
    session: async () => session && view(session),
    lock,

    profile: async () => organisationOf(open()),
    verifyConfiguration: async () => (await settingsNow(open())).status,
    setConfiguration: (text, profileText, enrolCode) =>
      writes.one(async () => {
        const taken = await takeConfiguration(open(), text, profileText, enrolCode)
        if (taken.status !== 'taken') return taken
        return { status: 'set', boxed: await (await finishing()).boxTabletOnly(open()) }
      }),
    handNow: async () => (await byHand()).handNow(open()),
    prepareByHand: (typed) => writes.one(async () => (await byHand()).prepareByHand(open(), typed)),
    keepTrialToken: (token) => writes.one(async () => (await byHand()).keepTrialToken(open(), token)),
    setByHand: (receipt) =>
      writes.one(async () => {
        const taken = await (await byHand()).setByHand(open(), receipt)
        if (taken.status !== 'taken') return taken
        return { status: 'set', boxed: await (await finishing()).boxTabletOnly(open()) }
      }),
    foundSettings: async () => (await byHand()).foundSettings(open()),
    sealTest: async () => (await byHand()).sealTestNow(open()),
    setupToHand: async () => (await byHand()).setupToHand(open()),
    replaceBoxes: async () => (await import('./replacing.ts')).replaceBoxes(open(), (work) => writes.one(work)),

    async copyDrafts(id) {
      await writes.one(async () => undefined)
      return copying.one(async () => {
        const { copyDraft, copyDrafts } = await safety()
        if (id === undefined) return copyDrafts(open())
        return (await copyDraft(open(), id)) === 'boxed' ? 1 : 0
      })
    },

    lastSafetyCopy: async () => (await safety()).lastSafetyCopy(open()),

    // A case that is just left is still being saved: the list must not show it as it was before.
    async list() {
      await writes.settled(listPatience)
      return onceMore(async () => {
        const { list, large } = await (await cases()).listCases(open())
        const tooLong = large.length === 0 ? [] : await (await safety()).tooLongToCopy(open(), large)
        return tooLong.length === 0 ? list : { ...list, tooLong }
      })
    },
    possibleDoubles: async (id, keys) => (await cases()).possibleDoubles(open(), id, keys),
    newCase: () => writes.one(async () => (await cases()).newCase(open())),
    open: async (id) => onceMore(async () => (await cases()).openCase(open(), id)),
    save: (id, rev, draft, place, aside) =>
      writes.one(async () => (await cases()).saveCase(open(), id, rev, { draft, place, aside })),
    finish: (id, rev) => writes.one(async () => (await finishing()).finishCase(open(), id, rev)),
    withdraw: (id, rev, wish) => writes.one(async () => (await finishing()).withdrawCase(open(), id, rev, wish)),
    close: (id, rev) => writes.one(async () => (await cases()).markClosed(open(), id, rev, true)),
    reopen: (id, rev) => writes.one(async () => (await cases()).markClosed(open(), id, rev, false)),
    adopt: (copyId) => writes.one(async () => (await removing()).adoptCopy(open(), copyId)),
    unreceived: async (id) => (await removing()).unreceivedOf(open(), id),
    remove: (id) => writes.one(async () => (await removing()).removeCase(open(), id)),
    finishedRevisions: async () => (await finishing()).newestRevisions(open()),
    mayPrint: () => mayPrint(open()),
    longWaits: async (now) => (await import('./long-waits.ts')).longWaits(open(), now),
    note: (action, id) =>
      writes.one(async () => {
        if (action === 'print' && !(await mayPrint(open()))) throw new VaultError('bad-input')
        if (id === undefined) await log(open(), { action })
        else await log(open(), { action, target: id }, (await cases()).circleOf(open(), id))
      }),

    sendChange: (wish) => writes.one(async () => (await changes()).sendChange(open(), wish)),
    sentChanges: async () => (await changes()).sentChanges(open()),

    team: async (which) => (await teams()).viewTeam(open(), which),
    startTeam: () => writes.one(async () => (await teams()).startTeam(open())),
    keepCasesWith: (kind, which) => writes.one(async () => (await teams()).keepCasesWith(open(), kind, which)),
    letIn: (accountId, recipient, which) =>
      writes.one(async () => (await teams()).letIn(open(), accountId, recipient, which)),
    takeOut: (accountId, which) => writes.one(async () => (await teams()).takeOut(open(), accountId, which)),
    setRole: (accountId, role, which) =>
      writes.one(async () => (await teams()).setRole(open(), accountId, role, which)),
    give: (id, rev, to) => writes.one(async () => (await giving()).giveCase(open(), id, rev, to)),

    newDrawerKey: async () => (await copies()).newDrawerKey(),
    keepDrawerKey: (key) => writes.one(async () => (await copies()).keepDrawerKey(open(), key)),
    copies: async () => (await copies()).copiesView(open()),
    makeCopy: async () => (await copies()).makeCopy(open()),
    copyCase: async (id, recipient) => (await copies()).copyCase(open(), id, recipient),
    noteCopied: () => writes.one(async () => (await copies()).noteCopied(open())),
    openCopy: async (bytes, words) => (await copies()).openCopy(open(), bytes, words),
    restoreCopy: (team) => writes.one(async () => (await import('./restoring.ts')).restoreCopy(open(), team)),

    tidy: async (short) => (await tidying()).tidy(open(), short),
    unreadableRows: async () => {
      const file = await (await trails()).unreadableAsFile(open())
      await logIfPossible(open(), [{ action: 'export' }])
      return file
    },
    trail: async () => (await trails()).trail(open()),
    standsInLog: async (words) => (await trails()).standsInLog(open(), words),

    carryReceipts: () => writes.one(async () => (await receipts()).carryReceipts(open())),
    waiting: async () => casesIn(tools.database, 'waiting'),
    boxes: async () => onceMore(async () => (await import('./waiting-boxes.ts')).waitingBoxes(open())),
  }
}

const view = ({ accountId, label, pins, hasPin, failedBefore, handovers }: Session) => ({
  accountId,
  label,
  circle: pins.home.kind,
  hasPin,
  hasWipePassphrase: pins.wipe === true,
  hasSettings: pins.configuration !== undefined,
  failedBefore,
  taken: handovers.taken,
})

const failedUnlocks = (count: number) => (count > 0 ? [{ action: 'failed-unlock', count } as const] : [])

const logUnlock = (session: Session): Promise<void> =>
  logIfPossible(session, [...failedUnlocks(session.failedBefore), { action: 'unlock' }])

/** A right passphrase ends the count of wrong ones, also of those while the account was open: the log keeps it. */
async function loggingFailed<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const failed = async () => (await accountRow(session.tools, session.accountId)).failed
  const before = await failed()
  const done = await work()
  if (before > 0 && (await failed()) === 0) await logIfPossible(session, failedUnlocks(before))
  return done
}
