// How much work the step-1 record of one victim is, from "New case" to sent: taps and keystrokes, counted in the page,
// by the shortest honest way. Every question of step 1 is answered, places and dates that the tablet proposes are left
// as they are, and each section is gone to by whatever is nearest: Back, Next or the map. `--of FOLDER` counts in
// another checkout that is built.
import { resolve } from 'node:path'
import { root } from '../tools/prepare.mjs'
import { makeAccount, openBrowser, startHouse } from './house.mjs'

/** The same answers in the plain form: one page for each section, Next to the next page. Counted by this script. */
const plain = { commit: '33510d2', 'by touch': [19, 11], 'by keyboard': [0, 128], 'by keyboard, wide': [0, 128] }

const at = process.argv.indexOf('--of')
const { folder, link, end } = await startHouse({ port: 18442, from: at < 0 ? root : resolve(process.argv[at + 1]) })

const record = [
  ['Victim 1', 'What was the person trafficked for? Choose every type that applies to this victim.', 'Forced begging'],
  ['Victim 1', 'What is the sex marker on your official document?', 'Male'],
  ['Victim 1', 'How old is the person (in completed years) when the case is recorded?', 23],
  ['Victim 1', 'Which citizenship or citizenships does the person have?', ['mol', 'Moldova']],
  ['Event', 'How sure is it that this is a trafficking event, on the evidence so far?', 'Confirmed (actual)'],
  ['Event', 'Where was this case recorded?', ['fra', 'France']],
  ['Event', 'In which country was the person exploited?', ['spa', 'Spain']],
  ['Event', 'Did exploitation actually take place?', 'Exploitation took place'],
  ['Reporting entity', 'What kind of organisation decided on the status of this case?', 'Police'],
  [
    'Reporting entity',
    'Is the deciding organisation officially mandated to decide, and is it public?',
    'Public body with a mandate to identify victims',
  ],
]
const order = ['Event', 'Victim 1', 'Links', 'Reporting entity', 'Check and send']

/** Stops of the Tab key between the focus and the element: less than nothing where it lies before. */
function stopsTo(element) {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('[inert], fieldset:disabled')
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  const inGroup = (one) => (one.type === 'radio' ? one.name : undefined)
  const stops = all.filter(
    (one) => one === document.activeElement || (shown(one) && one.tabIndex >= 0 && !one.matches(':disabled')),
  )
  const of = (one) => stops.findIndex((stop) => stop === one || (inGroup(one) && inGroup(stop) === inGroup(one)))
  const groups = new Set()
  const walked = (upTo) =>
    stops.slice(0, upTo).filter((stop) => {
      const group = inGroup(stop)
      if (!group) return true
      if (groups.has(group)) return false
      groups.add(group)
      return true
    }).length
  const [target, active] = [of(element), document.activeElement === document.body ? -1 : of(document.activeElement)]
  const first = walked(target)
  groups.clear()
  return first - (active < 0 ? -1 : walked(active))
}

function handsOn(page) {
  const touch = {
    cost: async () => 1,
    press: async (one) => await one.tap(),
    tick: async (one) => await one.tap(),
    enter: async (box) => await box.tap(),
    pick: async (option) => await option.tap(),
  }
  const reach = async (one) => {
    for (let n = 0; n < 200; n += 1) {
      const way = await one.evaluate((target) => {
        const active = document.activeElement
        if (active === target || (active.type === 'radio' && active.name === target.name)) return 'here'
        return active.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab'
      })
      if (way === 'here') return
      await page.keyboard.press(way)
    }
    throw new Error('not reached')
  }
  const keyboard = {
    cost: async (one) => Math.abs(await one.evaluate(stopsTo)) + 1,
    press: async (one) => {
      await reach(one)
      await page.keyboard.press('Enter')
    },
    tick: async (one) => {
      await reach(one)
      const arrows = await one.evaluate((target) => {
        const group = [...document.querySelectorAll('input[type=radio]')].filter((other) => other.name === target.name)
        return group.indexOf(target) - group.indexOf(document.activeElement)
      })
      if (arrows === 0) await page.keyboard.press('Space')
      for (let n = 0; n < Math.abs(arrows); n += 1) await page.keyboard.press(arrows > 0 ? 'ArrowDown' : 'ArrowUp')
    },
    enter: reach,
    pick: async (option) => {
      for (let n = 0; n < 20 && (await option.getAttribute('aria-selected')) !== 'true'; n += 1)
        await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    },
  }
  return { touch, keyboard }
}

const titleOn = (page) => page.getByRole('main').getByRole('heading', { level: 1 })

async function goTo(page, hand, section) {
  const title = page.getByRole('heading', { level: 1, name: section })
  const at = order.indexOf((await titleOn(page).textContent()).trim())
  const opener = page.getByRole('button', { name: 'Map of the case' })
  const onMap = page.getByRole('navigation', { name: 'Map of the case' }).getByRole('button', { name: section })
  const folded = await opener.isVisible()
  const ways = [
    ...(order[at - 1] === section ? [[page.getByRole('button', { name: 'Back', exact: true }), 0]] : []),
    ...((await page.getByRole('button', { name: `Next: ${section}` }).isVisible())
      ? [[page.getByRole('button', { name: `Next: ${section}` }), 0]]
      : []),
    // Inside of the sheet it is one more act at least.
    folded ? [opener, 1] : [onMap, 0],
  ]
  const costs = await Promise.all(ways.map(async ([one, more]) => (await hand.cost(one)) + more))
  const [nearest] = ways[costs.indexOf(Math.min(...costs))]
  await hand.press(nearest)
  if (nearest === opener) await hand.press(onMap)
  await title.waitFor()
}

async function answer(page, hand, question, value) {
  if (typeof value === 'number') return await answerAge(page, hand, question, value + 12 * nth)
  const group = page.getByRole('group', { name: question, exact: true })
  if (typeof value === 'string') return await hand.tick(group.getByLabel(value, { exact: true }))
  await hand.enter(group.getByRole('combobox'))
  // The plain form lost a letter when the next one came at once.
  await page.keyboard.type(value[0], { delay: 60 })
  await hand.pick(page.getByRole('option', { name: value[1], exact: true }))
}

/** Another age each time, so that no case looks like a double of the one before. */
let nth = 0
async function answerAge(page, hand, question, age) {
  await hand.enter(page.getByRole('group', { name: question, exact: true }).getByRole('textbox'))
  await page.keyboard.type(String(age))
}

const counted = async (page) => await page.evaluate(() => [globalThis.taps, globalThis.keys])

/** Gives taps and keystrokes of the whole record. */
async function count(page, hand) {
  const begin = page.getByRole('button', { name: 'New case' })
  await begin.waitFor()
  await hand.enter(begin)
  if ((await counted(page))[0] === 0) {
    await page.evaluate(() => (globalThis.keys = 0))
    await page.keyboard.press('Enter')
  }
  await titleOn(page).waitFor()
  let section = 'Victim 1'
  for (const [where, question, value] of record) {
    if (where !== section) await goTo(page, hand, where)
    section = where
    await answer(page, hand, question, value)
  }
  await goTo(page, hand, 'Check and send')
  await hand.press(page.getByRole('button', { name: 'Send this version' }))
  await page.getByText(/^Saved on this tablet .* · (Ready|Received)$/).waitFor()
  return await counted(page)
}

async function unlocked(context, passphrase) {
  const page = await context.newPage()
  await page.addInitScript(() => {
    Object.assign(globalThis, { taps: 0, keys: 0 })
    addEventListener('pointerdown', () => (globalThis.taps += 1), { capture: true })
    addEventListener('keydown', ({ key }) => key !== 'Shift' && (globalThis.keys += 1), { capture: true })
  })
  await page.goto(new URL('/', link).href)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Menu' }).waitFor()
  await page.evaluate(() => (globalThis.keys = 0))
  return page
}

const context = await openBrowser(folder, { patience: 15_000 })
const line = (...cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at === 0 ? 32 : 18)).join(''))
try {
  const first = await context.newPage()
  const passphrase = await makeAccount(first, link)
  await first.close()
  line('step-1 record of one victim', 'taps', 'keystrokes', `plain form (${plain.commit})`)
  for (const [name, size, which] of [
    ['by touch', [800, 1280], 'touch'],
    ['by keyboard', [800, 1280], 'keyboard'],
    ['by keyboard, wide', [1280, 800], 'keyboard'],
  ]) {
    const page = await unlocked(context, passphrase)
    await page.setViewportSize({ width: size[0], height: size[1] })
    const [taps, keys] = await count(page, handsOn(page)[which])
    line(name, taps, keys, plain[name].join(' + '))
    await page.close()
    nth += 1
  }
} finally {
  await context.close()
  end()
}
