import { expose } from 'comlink'
import { openDatabase } from '../database.ts'
import { tune } from '../seal/argon2.ts'
import { keySlotsOnDisk, type SlotDisk } from './key-slots-on-disk.ts'
import { systemClock } from './tools.ts'
import { openVault } from './vault.ts'
import { carryErrors } from './wire.ts'

const disk: SlotDisk = {
  root: () => navigator.storage.getDirectory(),
  locks: { request: async (name, work) => navigator.locks.request(name, work) },
}

carryErrors()
const database = openDatabase({ onVersionChange: () => vault.lock() })
const vault = openVault({
  database,
  keySlots: keySlotsOnDisk(disk),
  clock: systemClock,
  tune: () => tune(),
  erased: (accountId) => new BroadcastChannel('daybook').postMessage({ erased: accountId }),
})
expose(vault)
