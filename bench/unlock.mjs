// Unlocking in the built app: from the tap on "Unlock" to the screen behind it, on a processor as it is and slowed down
// four and six times, page and worker alike (see slowed.mjs). An account is made on the slowed processor, too, so its cost
// is the one that this device chose; below it the strongest cost, chosen on a fast device, which no aim is set for.
// RUNS (5) says how often each is measured.
import { join } from 'node:path'
import { watchForOthers } from './busy.mjs'
import { makeAccount, openBrowser, startHouse } from './house.mjs'
import { slowDown } from './slowed.mjs'

const sayIfBusy = watchForOthers()
const runs = Number(process.env.RUNS ?? 5)
const aim = 2_000
const { folder, link, end } = await startHouse({ port: 18460 })

/** In the page: milliseconds of a loop that only computes, the best of a few. */
const computing = () => {
  let best = Infinity
  for (let turn = 0; turn < 3; turn += 1) {
    const began = performance.now()
    let sum = 0
    for (let n = 0; n < 150_000_000; n += 1) sum += n ^ 3
    if (sum > 0) best = Math.min(best, performance.now() - began)
  }
  return best
}

/** In the page: milliseconds from the next tap on a button until the menu is in the picture. */
const fromTap = () =>
  new Promise((resolve) => {
    let began
    addEventListener('pointerup', ({ timeStamp }) => (began ??= timeStamp), { capture: true, once: true })
    const changes = new MutationObserver(() => {
      if (began === undefined || !document.querySelector('header [aria-label="Menu"]')) return
      changes.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
    })
    changes.observe(document.body, { childList: true, subtree: true })
  })

/** In the page: what the account's header says of its cost. */
const costOf = () =>
  new Promise((resolve) => {
    const opened = indexedDB.open('daybook')
    opened.addEventListener('success', () => {
      const all = opened.result.transaction('accounts').objectStore('accounts').getAll()
      all.addEventListener('success', () => {
        opened.result.close()
        resolve(JSON.parse(all.result[0].header).kdf)
      })
    })
  })

async function begin(name) {
  const viewport = { width: 800, height: 1280 }
  const context = await openBrowser(folder, { profile: name, viewport, patience: 90_000 })
  return { profile: join(folder, name), context, page: context.pages()[0] }
}

/** Made, and everything there that the next start needs. */
async function begun({ page }) {
  const passphrase = await makeAccount(page, link)
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  return passphrase
}

async function unlockings({ page }, passphrase) {
  const times = []
  for (let run = 0; run < runs; run += 1) {
    await page.goto('about:blank')
    await page.goto(new URL('/', link).href)
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    // The page has fetched ahead what it fetches while a person types.
    await page.waitForTimeout(1_500)
    const done = page.evaluate(fromTap)
    await page.getByRole('button', { name: 'Unlock' }).click()
    times.push(await done)
  }
  return times.toSorted((a, b) => a - b)
}

const cells = (...row) => console.log(row.map((cell, at) => String(cell).padEnd(at === 0 ? 34 : 15)).join(''))
function report(name, slower, { m, t }, times, limit) {
  const median = times[times.length >> 1]
  const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`
  const cost = `${m / 1024} MiB, ${t} passes`
  cells(name, `${slower.toFixed(1)} ×`, cost, seconds(median), seconds(times.at(-1)), limit)
}

cells('unlocking', 'measured', 'cost', 'median', `longest of ${runs}`, 'aim')
const fast = await begin('1')
const quick = await fast.page.evaluate(computing)
const passphrase = await begun(fast)
const cost = await fast.page.evaluate(costOf)
report('as it is', 1, cost, await unlockings(fast, passphrase), `${aim / 1000} s`)
for (const rate of [4, 6]) {
  const slow = await begin(String(rate))
  const stop = await slowDown(slow.profile, rate)
  const slower = (await slow.page.evaluate(computing)) / quick
  const own = await begun(slow)
  const chosen = await slow.page.evaluate(costOf)
  report(`${rate} × slower, made there`, slower, chosen, await unlockings(slow, own), `${aim / 1000} s`)
  await stop()
  await slow.context.close()
}
for (const rate of [4, 6]) {
  const stop = await slowDown(fast.profile, rate)
  const slower = (await fast.page.evaluate(computing)) / quick
  report(`${rate} × slower, made as it is`, slower, cost, await unlockings(fast, passphrase), '-')
  await stop()
}
await fast.context.close()
end()
sayIfBusy()
