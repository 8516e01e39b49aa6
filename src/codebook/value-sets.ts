/** The three code sets that are too long for a list: where they come from and how they are kept (`lists/`). */
export const valueSets = {
  iso3166_1: {
    source: 'iso-3166',
    columns: ['alpha2', 'alpha3'],
    store: 'alpha2',
    note: "Codes only; names come from the platform's own locale data (Intl.DisplayNames, type region) in all six languages. The CTDC codebook says that its figures for Serbia include Kosovo (following UN guidelines) and for China include Tibet. The list takes no position on any territory. Codes are upper case and missing codes lower case: NA is Namibia, na is not applicable; never fold case, and write alpha-3 (NAM) in tables, where other programs read NA as missing.",
  },
  iso639: {
    source: 'iso-639',
    columns: ['alpha3 (639-2, terminology)', 'alpha2 (639-1) if any'],
    store: 'alpha2 if it is listed, else alpha3',
    note: 'Names from Intl.DisplayNames (type language); about one in seven, mostly collective codes, has no localised name, then show the code. Not listed: mis, mul, und, zxx and local-use codes, and the two-letter code of Nauru (nau), because it equals the missing code na.',
  },
  isic5: { source: 'isic-5', note: 'Sections with their two-digit divisions.' },
} as const
