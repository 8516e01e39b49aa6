import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import Papa from 'papaparse'
import { BoxStore } from '../desk/command/box-store.ts'
import { openBoxes } from '../desk/open-boxes.ts'
import type { CaseRecord } from '../src/record/case-record.ts'
import { type House, projectRoot } from './house.ts'
import { type Hand, watchForPointing } from './hands.ts'
import { setUp } from './steps.ts'
import { aWorkplace } from './workplace.ts'

export type Row = Readonly<Record<string, string>>

/** What the organisation has in hand after its desk has opened what arrived. */
export interface AtTheDesk {
  readonly table: (name: string) => readonly Row[]
  /** Every revision of the case with this code, oldest first, as it was sealed. */
  readonly revisions: (code: string) => readonly CaseRecord[]
}

/** A house, one tablet set up in it, and one person who works with it from story to story. */
export interface OneTablet {
  readonly page: Page
  readonly house: House
  /** What ought to stay empty; see `listenForNoise`. */
  readonly noise: readonly string[]
  /** Loads the app anew and unlocks it by this hand: from here on only this hand is used. */
  readonly take: (hand: Hand) => Promise<void>
  readonly desk: () => Promise<AtTheDesk>
  readonly close: () => Promise<void>
}

export async function aTablet(name: string): Promise<OneTablet> {
  const { page, house, noise, close } = await aWorkplace(name)
  try {
    await watchForPointing(page)
    const passphrase = await setUp(page, house.setupLink)
    const take = async (hand: Hand) => {
      await page.goto(`${house.appUrl}/`)
      await page.reload()
      await hand.write(page.getByLabel('Passphrase', { exact: true }), passphrase)
      await hand.press(page.getByRole('button', { name: 'Unlock' }))
      await expect(page.getByRole('button', { name: 'Menu' })).toBeVisible({ timeout: 30_000 })
    }
    return { page, house, noise, take, desk: async () => await openAtTheDesk(house), close }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function openAtTheDesk(house: House): Promise<AtTheDesk> {
  const [keys, out] = [join(house.data, 'organisation'), join(house.data, 'opened')]
  const words = ['dist/node/desk.js', 'open', '--keys', keys, '--out', out]
  execFileSync(process.execPath, words, { cwd: projectRoot })
  const [identity = ''] = /AGE-SECRET-KEY\S+/.exec(readFileSync(join(keys, 'work.key'), 'utf8')) ?? []
  const opened = await openBoxes(await (await BoxStore.open(out)).all(), [identity])
  const records = opened.records.map(({ record }) => record)
  return {
    table: (name) => tableIn(readFileSync(join(out, `${name}.csv`), 'utf8')),
    revisions: (code) => records.filter((record) => record.code === code),
  }
}

/** The rows of a table that we wrote. */
export const tableIn = (csv: string): readonly Row[] =>
  Papa.parse<Row>(csv.replace(/^\uFEFF/, ''), { header: true, skipEmptyLines: true }).data

/** The code of the case that is open, as the bar says it. */
export async function codeOn(page: Page): Promise<string> {
  const said = await page
    .getByRole('banner')
    .getByText(/\d{3} \d{3} \d{3}/)
    .innerText()
  return said.replaceAll(/\D/g, '').slice(0, 9)
}
