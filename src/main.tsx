import { I18nProvider } from '@lingui/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { takeSetupLink } from './app/app.tsx'
import { watchForTrouble } from './app/diagnostics.ts'
import { PeopleAtTheTablet } from './app/people-at-the-tablet.tsx'
import { scriptUrl } from './app/script-urls.ts'
import { activateAtLock, i18n, localeFor } from './i18n/i18n.ts'
import './ui/ui.css'
import './app/app.css'
import { startVault } from './vault/vault-client.ts'

const root = document.getElementById('root')
if (!root) throw new Error('no place to draw')
watchForTrouble()
const link = takeSetupLink()
const newVault = () => startVault(scriptUrl)
const client = newVault()
const page = createRoot(root)
void activateAtLock(localeFor(navigator.languages)).then(() =>
  page.render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <PeopleAtTheTablet first={client} link={link} startVault={newVault} />
      </I18nProvider>
    </StrictMode>,
  ),
)
