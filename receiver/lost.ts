import { lostNumberOf, readLostNumber } from '../src/batch/lost-number.ts'
import { onStore, said } from './command-store.ts'
import { Misuse, orgOf, type Surroundings, type Values } from './command-words.ts'

/**
 * Stops the tablet whose set-up sheet had this number on its lost-tablet card: it is revoked, and where it never enrolled
 * its code is withdrawn. Throws Misuse where the check digit says that the number was heard wrongly.
 */
export async function lost(values: Values, [spoken = '']: readonly string[], around: Surroundings): Promise<number> {
  const number = readLostNumber(spoken)
  if (number === undefined)
    throw new Misuse('The number has nine digits, and these do not belong together: ask for them again.')
  return onStore(values, async (store) => {
    const org = orgOf(values)
    const codes = await store.listCodes(org)
    const [found, another] = codes.filter(({ hash }) => lostNumberOf(hash) === number)
    if (!found) return said(around, false, '', 'No set-up sheet has this number. Ask for the card again.')
    const { hash, spentBy } = found
    if (another)
      return said(
        around,
        false,
        '',
        'Two set-up sheets have this number. Nothing was done: revoke the device by its name.',
      )
    if (spentBy === null) {
      const done = await store.withdrawCode(org, hash)
      return said(around, done, 'No device has enrolled with this sheet; its code is worth nothing now.', notAgain)
    }
    const done = await store.revokeDevice(org, spentBy, Date.now())
    return said(around, done, `The device ${spentBy} is revoked.`, notAgain)
  })
}

const notAgain = 'What has this number was stopped before.'
