import { createServer, type Server } from 'node:http'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { onlyPage, openBrowser, removeProfile, watchForNoise } from './browser.ts'
import { freePort, type House, newPlaces, type Places, removeFolder, startHouse, temporaryFolder } from './house.ts'

/** That every story fails at a console line, an error, a refused policy or a request to somebody else. */
const noises: readonly [string, RegExp, (page: Page, other: string) => Promise<unknown>][] = [
  ['a console line', /^log: heard$/, async (page) => await page.evaluate(() => console.log('heard'))],
  [
    'an error that nobody caught',
    /^error: uncaught$/,
    async (page) =>
      await page.evaluate(() => {
        setTimeout(() => {
          throw new Error('uncaught')
        })
      }),
  ],
  [
    'a line of a worker',
    /^warning: from a worker$/,
    async (page) => {
      await page.goto('about:blank')
      await page.evaluate(() => void new Worker(`data:text/javascript,console.warn('from a worker')`))
    },
  ],
  [
    'an inline style that the policy refuses',
    /^error: .*Content Security Policy/,
    async (page) => await page.evaluate(() => document.body.setAttribute('style', 'color: red')),
  ],
  [
    'a script that the policy refuses',
    /^error: .*requires 'TrustedScript'/,
    async (page) =>
      await page.evaluate(() => {
        const script = document.createElement('script')
        const text = document.createTextNode('1')
        script.append(text)
        document.body.append(script)
      }),
  ],
  [
    'a request to somebody else',
    /^request: http:/,
    async (page, other) => await page.evaluate((url) => void fetch(url).catch(() => undefined), other),
  ],
]

let places: Places
let house: House
let profile = ''
let context: BrowserContext
let somebodyElse: Server
let other = ''

test.beforeAll(async () => {
  places = await newPlaces('noise')
  house = await startHouse(places)
  const port = await freePort()
  somebodyElse = createServer((_, response) => response.end('nothing'))
  await new Promise<void>((resolve) => somebodyElse.listen(port, '127.0.0.1', resolve))
  other = `http://127.0.0.1:${port}/`
})
test.beforeEach(() => {
  profile = temporaryFolder('profile')
})
test.afterEach(async () => {
  await context.close()
  removeProfile(profile)
})
test.afterAll(async () => {
  somebodyElse.close()
  await house.stop()
  removeFolder(places.data)
})

/** Makes the noise, and waits until it was heard as what it is. */
async function make([, heard, act]: (typeof noises)[number], told?: RegExp): Promise<void> {
  context = await openBrowser(profile, told && { told })
  const noise = watchForNoise(context, [house.appUrl])
  const page = await onlyPage(context)
  await page.goto(`${house.appUrl}/locked`)
  await act(page, other)
  await expect.poll(() => noise.join('\n')).toMatch(new RegExp(heard, 'm'))
}

for (const noise of noises) {
  test(`a story in which there is ${noise[0]} fails by it`, async () => {
    test.fail()
    await make(noise)
  })

  test(`and goes on where it is told that there will be ${noise[0]}`, async () => {
    await make(noise, /./)
  })
}

test('the icons of the manifest are pictures of the size that it names', async () => {
  context = await openBrowser(profile)
  const page = await onlyPage(context)
  await page.goto(house.appUrl)
  const icons = await page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]')
    const manifest: { icons: { src: string; sizes: string }[] } = await (await fetch(link?.href ?? '')).json()
    return await Promise.all(
      manifest.icons.map(async ({ src, sizes }) => {
        const image = new Image()
        image.src = src
        await image.decode()
        return { src, sizes, shown: `${image.naturalWidth}x${image.naturalHeight}` }
      }),
    )
  })
  expect(icons.length).toBeGreaterThan(3)
  for (const { src, sizes, shown } of icons) expect(shown, src).toBe(sizes === 'any' ? shown : sizes)
  expect(icons.map(({ shown }) => shown)).not.toContain('0x0')
})
