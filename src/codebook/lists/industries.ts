import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

/** Sections of ISIC Revision 5. Letters J to V differ from Revision 4, which HTCDS and CTDC still use. */
export const industries = {
  id: 'industries',
  entries: [
    { code: 'A', label: 'Agriculture, forestry and fishing' },
    { code: 'B', label: 'Mining and quarrying' },
    { code: 'C', label: 'Manufacturing' },
    { code: 'D', label: 'Electricity, gas, steam and air conditioning supply' },
    { code: 'E', label: 'Water supply; sewerage, waste management and remediation activities' },
    { code: 'F', label: 'Construction' },
    { code: 'G', label: 'Wholesale and retail trade' },
    { code: 'H', label: 'Transportation and storage' },
    { code: 'I', label: 'Accommodation and food service activities' },
    { code: 'J', label: 'Publishing, broadcasting, and content production and distribution activities' },
    {
      code: 'K',
      label:
        'Telecommunications, computer programming, consultancy, computing infrastructure, and other information service activities',
    },
    { code: 'L', label: 'Financial and insurance activities' },
    { code: 'M', label: 'Real estate activities' },
    { code: 'N', label: 'Professional, scientific and technical activities' },
    { code: 'O', label: 'Administrative and support service activities' },
    { code: 'P', label: 'Public administration and defence; compulsory social security' },
    { code: 'Q', label: 'Education' },
    { code: 'R', label: 'Human health and social work activities' },
    { code: 'S', label: 'Arts, sports and recreation' },
    { code: 'T', label: 'Other service activities' },
    {
      code: 'U',
      label:
        'Activities of households as employers; undifferentiated goods- and services-producing activities of households for own use',
    },
    { code: 'V', label: 'Activities of extraterritorial organizations and bodies' },
    notKnown,
    declined,
  ],
} as const satisfies CodeList

/** Two-digit divisions of each section. */
const divisions: Readonly<Record<string, string>> = {
  A: '01 02 03',
  B: '05 06 07 08 09',
  C: '10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33',
  D: '35',
  E: '36 37 38 39',
  F: '41 42 43',
  G: '46 47',
  H: '49 50 51 52 53',
  I: '55 56',
  J: '58 59 60',
  K: '61 62 63',
  L: '64 65 66',
  M: '68',
  N: '69 70 71 72 73 74 75',
  O: '77 78 79 80 81 82',
  P: '84',
  Q: '85',
  R: '86 87 88',
  S: '90 91 92 93',
  T: '94 95 96',
  U: '97 98',
  V: '99',
}

/** The divisions of a section, as `"01"`; none for a code that is no section. */
export function divisionsOf(section: string): string[] {
  return divisions[section]?.split(' ') ?? []
}

/** `"A"` of `"A"` and of `"A03"`. */
export function sectionOf(sector: string): string {
  return sector.slice(0, 1)
}

/** Whether this is a section, or a section with a division of its own. */
export function isSector(code: string): boolean {
  const section = sectionOf(code)
  return code === section ? section in divisions : divisionsOf(section).includes(code.slice(1))
}
