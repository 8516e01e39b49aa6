// The list of cases alone, with 10,000 invented ones: what bench/list.mjs types into.
import { I18nProvider } from '@lingui/react'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { HouseProvider } from '../src/app/house.tsx'
import { Cases } from '../src/app/screens/case-list.tsx'
import { activate, i18n } from '../src/i18n/i18n.ts'
import '../src/ui/ui.css'
import '../src/app/app.css'

const states = ['draft', 'ready', 'received', 'opened', 'attention', 'tablet-only']
const forms = ['1', '2.1', '2.2', '3', '4', '5.1', '6.1', '7']
const countries = ['ES', 'FR', 'MA', 'TH', 'PH', 'NG', 'CI', 'RO', 'UA', 'CO']
const from = (list, at) => list[at % list.length]
const now = Date.UTC(2024, 5, 1)
const cases = Array.from({ length: 10_000 }, (_, at) => {
  const moment = new Date(now - at * 3_600_000).toISOString()
  return {
    id: String(at),
    code: String(100_000_000 + at * 7919),
    state: from(states, at),
    changedSinceSent: false,
    createdAt: moment,
    changedAt: moment,
    recorded: moment,
    victims: 1 + (at % 3),
    perpetrators: at % 2,
    toe: [from(forms, at), from(forms, at * 3 + 1)],
    country: from(countries, at * 7),
    step1: { answered: at % 17, asked: 16 },
  }
})

await activate('en')
const list = createElement(Cases, { cases, now, busy: false, onBegin: () => undefined })
const house = createElement(HouseProvider, { value: { go: () => undefined } }, list)
const page = createElement('main', { className: 'page' }, house)
createRoot(document.getElementById('app')).render(createElement(I18nProvider, { i18n }, page))
