import { expose } from 'comlink'
import { openDatabase } from '../database.ts'
import { tune } from '../seal/argon2.ts'
import type { TroubleCode } from '../troubles/codes.ts'
import { troubleNow, watchForTrouble } from '../troubles/counted.ts'
import { keepTroubles } from '../troubles/kept.ts'
import { askToFlush, tellNews } from './connection-news.ts'
import { keySlotsOnDisk, type SlotDisk } from './key-slots-on-disk.ts'
import { roomOnDisk } from './room.ts'
import { systemClock } from './tools.ts'
import { openVault } from './vault.ts'
import { carryErrors } from './wire.ts'

const disk: SlotDisk = {
  root: () => navigator.storage.getDirectory(),
  locks: { request: async (name, work) => navigator.locks.request(name, work) },
}

// What cannot be kept is lost: the page counts that it did not get its answer.
const count = (code: TroubleCode) => void keepTroubles(database, [troubleNow(code)]).catch(() => undefined)
watchForTrouble(globalThis, 'vault-', count)
carryErrors(() => count('vault-answer'))
const database = openDatabase({
  onVersionChange: async () => {
    await askToFlush(globalThis)
    await vault.lock()
    tellNews(globalThis, 'left')
  },
  onBlocked: () => tellNews(globalThis, 'blocked'),
  hasRoom: roomOnDisk(disk),
})
const vault = openVault({
  database,
  keySlots: keySlotsOnDisk(disk),
  clock: systemClock,
  locks: disk.locks,
  tune: () => tune(),
  erased: (accountId) => new BroadcastChannel('daybook').postMessage({ erased: accountId }),
})
expose(vault)
