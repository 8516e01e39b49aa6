// npm run pictures: takes the pictures of the papers from the real app, with invented cases.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { needProgram } from './browsers.mjs'
import { needBuild, needPackages, root } from './prepare.mjs'

needPackages()
needBuild()
const folder = mkdtempSync(join(tmpdir(), 'daybook-pictures-'))
const out = join(root, 'docs', 'pictures')
mkdirSync(out, { recursive: true })
const args = ['--data', join(folder, 'data'), '--port', '18430', '--receiver-port', '18431']
const house = spawn(process.execPath, ['dist/node/start.js', ...args], { cwd: root })
const link = await new Promise((resolve, reject) => {
  let text = ''
  house.stdout.on('data', (chunk) => {
    text += chunk
    const found = /(http\S+#\/setup\/\S+)/.exec(text)?.[1]
    if (found) resolve(found)
  })
  house.once('exit', () => reject(new Error(text)))
})
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: needProgram('CHROMIUM'),
  args: ['--no-sandbox', '--disable-quic', '--no-first-run'],
  viewport: { width: 1200, height: 760 },
  hasTouch: true,
})
context.setDefaultTimeout(20_000)
const page = context.pages()[0]
const [wide, tall, phone] = [
  { width: 1200, height: 760 },
  { width: 800, height: 940 },
  { width: 380, height: 760 },
]
const take = async (name, size = wide) => {
  await page.setViewportSize(size)
  await page.waitForTimeout(500)
  // Last: what was at the finger in the other size may have been scrolled to meanwhile.
  await page.evaluate(() => scrollTo(0, 0))
  await page.screenshot({ path: join(out, `${name}.png`) })
  await page.setViewportSize(wide)
}
const question = (name) => page.getByRole('group', { name })
const go = (name) =>
  page.getByRole('navigation', { name: 'Map of the case' }).getByRole('button', { name }).first().click()
const menu = async (item) => {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog').getByRole('button', { name: item }).click()
}
const home = async () => await menu('All cases')
/** The same screen in another language; the words around the choice are in the one before. */
const speak = async (language) => {
  await page.locator('.bar .icon').click()
  await page.locator('dialog .language select').selectOption(language)
  await page.keyboard.press('Escape')
}

await page.goto(link)
await page.getByRole('button', { name: 'The words agree: accept' }).click()
await page.getByLabel('Nickname').fill('Blue heron')
const words = (await page.getByRole('list', { name: 'Your six words' }).getByRole('listitem').allTextContents()).join(
  ' ',
)
await page.getByLabel('Type the passphrase once').fill(words)
await page.getByLabel(/^PIN for the cover/).fill('428193')
await page.getByRole('button', { name: 'Make the account' }).click()
await page.getByRole('button', { name: 'Skip' }).click()
const cases = [
  { forms: ['Forced begging'], sex: 'Male', age: '31', from: 'Ghana', sent: true },
  { forms: ['Forced criminality'], sex: 'Female', age: '24', from: 'Peru', sent: true },
  { forms: ['Sexual exploitation', 'Forced labour'], sex: 'Female', age: '17', from: 'Moldova', sent: false },
]
for (const one of cases) {
  await page.getByRole('button', { name: 'New case' }).click()
  for (const form of one.forms)
    await question(/^What was the person trafficked for/)
      .getByLabel(form, { exact: true })
      .check()
  await question(/^What is the sex marker/)
    .getByLabel(one.sex, { exact: true })
    .check()
  await question(/^How old is the person/)
    .getByRole('textbox')
    .fill(one.age)
  await question(/^Which citizenship or/)
    .getByRole('combobox')
    .fill(one.from)
  await page.getByRole('option', { name: one.from, exact: true }).click()
  if (!one.sent) {
    await page.getByText('What the person was told and agreed to').click()
    await page.getByText('The text, to be read out').click()
    await take('consent', tall)
    await page.getByText('The text, to be read out').click()
    await page.getByText('What the person was told and agreed to').click()
    await go('Add a victim')
    await go('Add a perpetrator')
    await go('Victim 1')
    await page.getByText(/^Saved on this tablet/).waitFor()
    await take('case')
    await speak('ar')
    await take('arabic', phone)
    await speak('en')
    await go('Links')
    await page.getByLabel(/^Perpetrator 1 and Victim 1/).selectOption({ label: 'Friend' })
    await take('links', tall)
    await go('Check and send')
    await page.getByText(/^Saved on this tablet/).waitFor()
    await take('send', tall)
    continue
  }
  await go('Event')
  await question(/^How sure is it/)
    .getByLabel('Presumed (possible)')
    .check()
  await question(/^Where was this case recorded/)
    .getByRole('combobox')
    .first()
    .fill('france')
  await page.getByRole('option', { name: 'France', exact: true }).click()
  await question(/^Did exploitation actually/)
    .getByLabel('Exploitation took place', { exact: true })
    .check()
  await question(/^In which country/)
    .getByRole('combobox')
    .fill('spain')
  await page.getByRole('option', { name: 'Spain', exact: true }).click()
  await go('Check and send')
  await page.getByRole('button', { name: 'Send this version' }).click()
  await page.getByText('Sent versions').waitFor()
  await home()
}
await home()
await page.getByRole('button', { name: 'Continue' }).waitFor()
await page.waitForTimeout(1500)
await take('home')
await menu('What waits to be sent')
await take('outbox', phone)
await menu('Blank paper form')
await take('paper', tall)
await home()
await page.getByRole('button', { name: 'Hide' }).click()
await page.getByRole('heading', { name: 'Covered' }).waitFor()
await take('cover', phone)
await page.getByRole('button', { name: 'End my shift' }).click()
await page.getByRole('link', { name: 'Open Daybook' }).click()
await page.getByLabel('Passphrase', { exact: true }).waitFor()
await take('lock', phone)
await context.close()
house.kill('SIGTERM')
rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
