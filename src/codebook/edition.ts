/** Issue of the codebook that every record names. */
export const edition = '0.1.1'

export const about = {
  id: 'ic-tip-codebook',
  title:
    'Codebook for the International Classification for Administrative Data on Trafficking in Persons (IC-TIP), reconstructed from public material',
  date: '2026-11-22',
  changes: [
    {
      version: '0.1.1',
      text: 'Rules made mechanical: scope, stage, order and three-valued logic written down; R03, R13, R16, R18, R24, R26, R28, R29, R33, R35, R37, R40, R42, R48-R50 repaired; R51 added; bare 8 keeps its sectors; sxp and cip close for legal entities; Nauru (nau) no longer equals the missing code na; toe refers to the classification by valueSet.',
    },
  ],
  standard: {
    name: 'IC-TIP',
    earlierNames: ['ICS-TIP (2023 working version)', 'ICSHT (working name in training material)'],
    custodians: ['UNODC', 'IOM'],
    adopted: 2025,
    languages: ['en'],
  },
  disclaimer:
    'Not an official IC-TIP publication and not endorsed by UNODC or IOM. Only the type tree, the names and codes of step 1 and 2 variables, the sex question and the footnotes are known from the primary source. Value lists come from the standards the primary source names or from the closest public IOM and UNODC lists.',
} as const
