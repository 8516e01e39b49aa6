import { isBase64Url } from '../src/seal/base64url.ts'
import { SealError } from '../src/seal/seal.ts'
import { accept } from './acceptance.ts'
import { backUp } from './backup.ts'
import { issueCode } from './codes.ts'
import {
  databaseOf,
  dataOf,
  Misuse,
  numberOf,
  orgOf,
  originsOf,
  type Surroundings,
  type Values,
} from './command-words.ts'
import { publicText } from './keys.ts'
import { prune } from './prune.ts'
import { reseal } from './reseal.ts'
import { orgKey } from './receipt-keys.ts'
import { newDeskToken, openData } from './server.ts'
import type { Store } from './store.ts'

export async function code(values: Values, { out, err }: Surroundings): Promise<number> {
  const open = values['open-while-running'] === true
  if (open && values.days !== undefined) throw new Misuse('Either --days or --open-while-running, not both.')
  const days = values.days === undefined ? 14 : numberOf('days', values.days, 1, 14)
  if (open && databaseOf(values).database !== undefined)
    throw new Misuse('--open-while-running is for one receiver on its own data folder, not for a shared database.')
  return onStore(values, async (store) => {
    const run = (await store.recall('run')) ?? ''
    if (open && run === '') return said({ out, err }, false, '', 'The receiver is not running on this data folder.')
    const issued = await issueCode(store, orgOf(values), Date.now(), open ? { run } : { days })
    out(`${issued.code}\n`)
    return 0
  })
}

export async function devices(values: Values, { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    for (const { deviceId, enrolledAt, revokedAt, boxes } of await store.listDevices(orgOf(values))) {
      const state = revokedAt === null ? 'enrolled' : `revoked ${dateOf(revokedAt)}`
      out(`${deviceId}  since ${dateOf(enrolledAt)}  boxes ${boxes}  ${state}\n`)
    }
    return 0
  })
}

export async function addOrg(values: Values, org: string, around: Surroundings): Promise<number> {
  const mib = values['mib-per-day']
  const bytesPerDay = mib === undefined ? null : numberOf('mib-per-day', mib, 1, 999_999) * 1024 * 1024
  return onStore(values, async (store) => {
    if (!(await store.addOrg({ org, bytesPerDay })))
      return said(around, false, '', 'There is one of this name already.')
    const key = await orgKey(dataOf(values), store, org)
    around.err(`The receipt key of ${org} is ${publicText(key)}. The token of its desk, shown once:\n`)
    around.out(`${await newDeskToken(store, Date.now(), org)}\n`)
    return 0
  })
}

export async function orgs(values: Values, { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    for (const { org, devices, boxes, bytesPerDay } of await store.listOrgs()) {
      const most = bytesPerDay === null ? '' : `  at most ${bytesPerDay / 1024 / 1024} MiB a device and day`
      out(`${org}  devices ${devices}  boxes ${boxes}${most}\n`)
    }
    return 0
  })
}

export async function addDesk(values: Values, _: readonly string[], { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    out(`${await newDeskToken(store, Date.now(), orgOf(values))}\n`)
    return 0
  })
}

export async function desks(values: Values, { out }: Surroundings): Promise<number> {
  return onStore(values, async (store) => {
    for (const { name, madeAt } of await store.listDesks(orgOf(values))) out(`${name}  since ${dateOf(madeAt)}\n`)
    return 0
  })
}

export async function backup(values: Values, _: readonly string[], { err }: Surroundings): Promise<number> {
  const { to = [], out } = values
  if (to.length === 0 || !out) throw new Misuse('"backup" needs --to AGE1… (whose key opens it) and --out FILE.')
  try {
    const { boxes } = await backUp({ dataDir: dataOf(values), ...databaseOf(values) }, to, out)
    err(`${out} holds the registry, the receipt keys and ${boxes} boxes, sealed.\n`)
    return 0
  } catch (error) {
    if (error instanceof SealError) throw new Misuse('Each --to must be an age recipient, age1…, all of one kind.')
    throw error
  }
}

export async function pruneBoxes(values: Values, _: readonly string[], { out }: Surroundings): Promise<number> {
  const deskKeys = deskKeysOf('prune', values)
  const days = numberOf('opened-days', values['opened-days'], 0, 9999)
  return onStore(values, async (store) => {
    const before = Date.now() - days * 86_400_000
    const { boxes, bytes } = await prune(store, { org: orgOf(values), deskKeys, before })
    out(`Boxes that the desk opened and that are gone now: ${boxes}, with ${Math.ceil(bytes / 1024)} KiB.\n`)
    return 0
  })
}

export async function resealBoxes(
  values: Values,
  [folder = '']: readonly string[],
  { out, err }: Surroundings,
): Promise<number> {
  const deskKeys = deskKeysOf('reseal', values)
  return onStore(values, async (store) => {
    const { anew, gone, damaged } = await reseal(store, { org: orgOf(values), deskKeys, folder })
    out(`Boxes that lie here sealed anew: ${anew}. Not here any more, and left: ${gone}.\n`)
    const isClean = await store.overwriteOld()
    const old = {
      done: 'What they were before is written over in the database. Backups made earlier still hold it.\n',
      postgres:
        'What they were before stays in the database until its administrator runs VACUUM FULL box_bytes, and in its logs and backups until those are gone.\n',
      busy: 'What they were before is still in the log of the database, since another program uses it. Stop the receiver and run this once more.\n',
    }
    out(old[isClean ? 'done' : databaseOf(values).database === undefined ? 'busy' : 'postgres'])
    if (damaged === 0) return 0
    err(`${damaged} in this folder are missing or not whole; those boxes were left as they were. Copy it again.\n`)
    return 1
  })
}

function deskKeysOf(command: string, { 'desk-key': deskKeys = [] }: Values): readonly string[] {
  if (deskKeys.length > 0 && deskKeys.every((key) => isBase64Url(key, 32))) return deskKeys
  throw new Misuse(
    `"${command}" needs --desk-key KEY: the receipt key of the desk, 43 signs, as "desk fingerprint" shows it.`,
  )
}

/** The desk's token may stand in the environment, where the list of processes does not show it. */
export async function acceptance(values: Values, { out }: Surroundings): Promise<number> {
  const { url = '', 'receipt-key': receiptKey = '' } = values
  const deskToken = values['desk-token'] ?? process.env['DAYBOOK_DESK_TOKEN'] ?? ''
  if (!URL.canParse(url) || receiptKey === '' || deskToken === '')
    throw new Misuse('"accept" needs --url, --receipt-key, --desk-token and --origin.')
  const [appOrigin = ''] = originsOf(values)
  const verdicts = await accept({ url: url.replace(/\/+$/, ''), receiptKey, deskToken, appOrigin })
  for (const { name, fault } of verdicts)
    out(`${fault === undefined ? 'yes' : 'NO '}  ${name}${fault === undefined ? '' : `: ${fault}`}\n`)
  const faults = verdicts.filter(({ fault }) => fault !== undefined).length
  out(
    faults === 0
      ? 'It does all that tablets and desks ask of a receiver.\n'
      : `${faults} of ${verdicts.length} are not so.\n`,
  )
  return faults === 0 ? 0 : 1
}

export async function onStore(values: Values, work: (store: Store) => Promise<number>): Promise<number> {
  const { store } = await openData(dataOf(values), 'existing', databaseOf(values).database)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

export function said({ out, err }: Pick<Surroundings, 'out' | 'err'>, done: boolean, yes: string, no: string): number {
  if (done) out(`${yes}\n`)
  else err(`${no}\n`)
  return done ? 0 : 1
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
