import { I18nProvider } from '@lingui/react'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { takeSetupLink } from './app/app.tsx'
import { countTroubles } from './app/diagnostics.ts'
import { PeopleAtTheTablet } from './app/people-at-the-tablet.tsx'
import { scriptUrl } from './app/script-urls.ts'
import { type Start, startingIn } from './app/starting-page.ts'
import { activateAtLock, i18n, isLocale, localeFor } from './i18n/i18n.ts'
import { withWords } from './i18n/with-words.ts'
import './ui/ui.css'
import './app/app.css'
import { startVault } from './vault/vault-client.ts'

const root = document.getElementById('root')
if (!root) throw new Error('no place to draw')
countTroubles()
const page = createRoot(root)
const show = (screen: ReactNode) =>
  page.render(
    <StrictMode>
      <I18nProvider i18n={i18n}>{screen}</I18nProvider>
    </StrictMode>,
  )

/** A page that starts a new version has no vault and sends nothing. */
async function showStart(start: Start): Promise<void> {
  await activateAtLock(isLocale(start.locale) ? start.locale : 'en')
  const { Starting } = await withWords(import('./app/screens/starting.tsx'))
  show(<Starting start={start} />)
}

async function showApp(): Promise<void> {
  const link = takeSetupLink()
  const newVault = () => startVault(scriptUrl)
  const client = newVault()
  await activateAtLock(localeFor(navigator.languages))
  show(<PeopleAtTheTablet first={client} link={link} startVault={newVault} />)
}

const starting = startingIn(location)
if (starting === undefined) void showApp()
else void showStart(starting).catch(() => location.replace('/'))
