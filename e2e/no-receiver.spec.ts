import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { temporaryFolder } from './house.ts'
import { anOrganisation } from './organisation.ts'
import { menu, recordCase, sendVersion, setUp } from './steps.ts'

/** An organisation that runs no server: from its link to what the desk opened, with nothing between them but two files. */
test('with no receiver at all a case goes to the desk as a file, and its answer makes it Opened', async () => {
  const profile = temporaryFolder('profile')
  const organisation = await anOrganisation('no-receiver')
  await organisation.stopReceiver()
  const context = await openBrowser(profile)
  const noise = watchForNoise(context, [organisation.appUrl])
  const asked: string[] = []
  context.on('request', (request) => void asked.push(new URL(request.url()).origin))
  try {
    const page = await onlyPage(context)
    await setUp(page, organisation.linkWithoutReceiver())
    await expect(page.getByText('The test box has arrived')).toBeHidden()
    await recordCase(page)
    await sendVersion(page)
    await menu(page, 'What waits to be sent')
    await expect(page.getByRole('list', { name: 'Waiting' }).getByRole('listitem')).toContainText('Ready')
    await expect(page.getByRole('button', { name: 'Send now' })).toBeHidden()

    await page.getByRole('button', { name: 'Make the file' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the file' }).click()
    const file = join(organisation.folder, 'from-the-tablet.boxes')
    await (await download).saveAs(file)
    await page.getByRole('button', { name: 'Yes, it is there' }).click()

    const opened = join(organisation.folder, 'opened')
    organisation.desk('take', file, '--keys', organisation.keys, '--out', opened)
    expect(readFileSync(join(opened, 'victims.csv'), 'utf8').trim().split('\n')).toHaveLength(2)
    const answers = join(opened, 'answers')
    const answer = readdirSync(answers).find((name) => name.endsWith('.json')) ?? ''
    await page.getByLabel('Choose the file of the answer').setInputFiles(join(answers, answer))
    await expect(page.getByText('Your organisation has opened 1 sealed box.')).toBeVisible()
    await menu(page, 'All cases')
    await expect(page.getByRole('listitem').filter({ hasText: '1 victim' }).getByText('Opened')).toBeVisible()
    expect([...new Set(asked)]).toEqual([organisation.appUrl])
    expect(noise).toEqual([])
  } finally {
    await context.close()
    removeProfile(profile)
    await organisation.close()
  }
})
