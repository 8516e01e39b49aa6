// npm run messages: takes every text of the code into the catalogues and drops what nobody says any more. A text that
// moves from one catalogue to another (because its file is now loaded at another time) keeps its translations, which
// `lingui extract --clean` alone would forget.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { root } from './prepare.mjs'

const config = getConfig({ cwd: root })
const { locales, sourceLocale } = config
const others = locales.filter((locale) => locale !== sourceLocale)
const catalogues = await getCatalogs(config)

const known = new Map()
for (const catalogue of catalogues)
  for (const locale of others)
    for (const [id, { translation }] of Object.entries((await catalogue.read(locale)) ?? {}))
      if (translation) known.set(`${locale} ${id}`, translation)

const extract = () =>
  execFileSync(join(root, 'node_modules', '.bin', 'lingui'), ['extract', '--clean'], { cwd: root, stdio: 'ignore' })

extract()
let rewritten = false
for (const catalogue of catalogues)
  for (const locale of others) {
    const messages = await catalogue.read(locale)
    const open = Object.entries(messages).filter(([, message]) => !message.translation)
    for (const [id, message] of open) message.translation = known.get(`${locale} ${id}`) ?? ''
    if (open.length > 0) {
      await catalogue.write(locale, messages)
      rewritten = true
    }
  }
// What is read and written again has lost its notes on placeholders.
if (rewritten) extract()

for (const locale of others) {
  const counted = await Promise.all(catalogues.map(async (catalogue) => Object.values(await catalogue.read(locale))))
  const open = counted.flat().filter((message) => !message.translation).length
  console.log(
    open === 0
      ? `${locale}: complete`
      : `${locale}: ${open} to translate (node tools/translations.mjs ${locale} --open)`,
  )
}
