/**
 * Where the names, codes and lists come from, and how far each source was read. Nothing of the form needs this at run
 * time; other modules of the codebook take only the type `SourceId`.
 */

interface Source {
  readonly id: string
  readonly title: string
  readonly url: string | null
  readonly year: number
  /** How much of it could be read. */
  readonly read: string
  readonly authority: string
  readonly note?: string
}

export const sources = [
  {
    id: 'seed-un2025',
    title:
      'Report of the United Nations Office on Drugs and Crime and the International Organization for Migration on crime statistics: Need for an international classification on administrative data on trafficking in persons (document job number 24-22913, submitted to the fifty-sixth session of the UN Statistical Commission)',
    url: null,
    year: 2024,
    read: 'full (OCR text)',
    authority: 'primary',
    note: 'The only primary text of the classification that could be read. Gives the type-of-exploitation tree, the step 1 and step 2 variable names and codes, and the footnotes. Gives no value lists, no definitions and no step 3 variables. The document symbol is not printed in the extract, so none is cited.',
  },
  {
    id: 'unsd-ictip',
    title:
      'International Classification for Administrative Data on Trafficking in Persons (IC-TIP), entry in the international family of classifications (UN Statistics Division)',
    url: 'https://unstats.un.org/unsd/classifications/Family/Detail/2099',
    year: 2025,
    read: 'stored page text (excerpt)',
    authority: 'primary (catalogue entry)',
    note: "Status operational, adopted 2025, 'fully available only in English'; main users include frontline NGOs. The structure itself is not on the page text we could read.",
  },
  {
    id: 'ics-tip-2023',
    title:
      'International Classification Standard for Administrative Data on Trafficking in Persons (ICS-TIP), 2023 working version, IOM and UNODC',
    url: 'https://www.ctdatacollaborative.org/sites/g/files/tmzbdl2011/files/2024-05/ICS-TIP%202023%20working%20version_Aug-1_v4.pdf',
    year: 2023,
    read: 'NOT READ (address known, file not reachable with our tools)',
    authority: 'primary',
    note: 'This file holds the real value lists, definitions and step 3 variables. Nothing in this codebook was copied from it. A human should obtain it and replace the lists marked adapted or proposed.',
  },
  {
    id: 'manual-mecc',
    title:
      'Guidance Manual - Making Each Case Count: Leveraging Administrative Data on Trafficking in Persons, IOM and UNODC',
    url: 'https://migrantprotection.iom.int/es/resources/guideline-manual/guidance-manual-making-each-case-count-leveraging-administrative-data',
    year: 2023,
    read: 'landing page abstract only',
    authority: 'primary (companion manual)',
    note: 'Abstract: aimed at central agencies (national rapporteurs, ministries, referral-mechanism coordinators, statistical offices) that combine data from several sources.',
  },
  {
    id: 'iccs-2015',
    title:
      'International Classification of Crime for Statistical Purposes (ICCS), Version 1.0, UNODC, March 2015 (English; Spanish edition: Clasificación Internacional de Delitos con Fines Estadísticos)',
    url: 'https://www.unodc.org/documents/data-and-analysis/statistics/crime/ICCS/ICCS_English_2016_web.pdf',
    year: 2015,
    read: 'full (English and Spanish)',
    authority: 'international standard named by the seed as the parent classification',
  },
  {
    id: 'isic-5',
    title:
      'International Standard Industrial Classification of All Economic Activities (ISIC), Revision 5, UN Statistics Division: sections and divisions',
    url: 'https://unstats.un.org/unsd/classifications/Econ/isic',
    year: 2023,
    read: 'section and division list',
    authority: 'international standard named by the seed for the sector of forced labour',
  },
  {
    id: 'isced-2011',
    title:
      'International Standard Classification of Education (ISCED 2011), UNESCO; code list as published by Eurostat (CL_ISCED11)',
    url: null,
    year: 2011,
    read: 'level list',
    authority: 'international standard',
  },
  {
    id: 'iso-3166',
    title: 'ISO 3166-1 country codes (alpha-2 and alpha-3)',
    url: 'https://www.iso.org/iso-3166-country-codes.html',
    year: 2020,
    read: 'code list',
    authority: 'international standard',
  },
  {
    id: 'iso-639',
    title: 'ISO 639-2 language codes (with ISO 639-1 two-letter codes where they exist)',
    url: 'https://www.loc.gov/standards/iso639-2/',
    year: 1998,
    read: 'code list',
    authority: 'international standard',
  },
  {
    id: 'htcds-2',
    title:
      'Human Trafficking Case Data Standard (HTCDS) version 2.0, repository UNMigration/HTCDS, 24 December 2021 (CC BY 4.0)',
    url: 'https://github.com/UNMigration/HTCDS',
    year: 2021,
    read: 'full (field definitions and survey form)',
    authority: 'IOM-hosted community standard',
    note: 'Written in the same period as the IC-TIP expert work; its victim fields are the closest public mirror of the IC-TIP step 2 victim variables. Contains names and identity numbers that this project must not adopt. The licence does not allow use of the IOM name or logo as an endorsement.',
  },
  {
    id: 'ctdc-2024',
    title: 'Counter Trafficking Data Collaborative: The Global Synthetic Data Codebook, Version 2, February 2024',
    url: 'https://www.ctdatacollaborative.org/page/global-synthetic-dataset',
    year: 2024,
    read: 'full',
    authority: 'IOM data hub',
    note: 'States that its units (event, victim, perpetrator, reporting entity) and variable definitions are largely in line with the ICS-TIP.',
  },
  {
    id: 'ctdc-legacy',
    title:
      'CTDC Global Dataset (k-anonymised, k=11), column list of the April 2020 release, and CTDC Data Codebook Version 6, November 2017',
    url: 'https://www.ctdatacollaborative.org',
    year: 2020,
    read: 'column list of 2020; codebook of 2017 in full',
    authority: 'IOM data hub (superseded)',
  },
  {
    id: 'glotip-data',
    title:
      'UNODC trafficking in persons data file behind the Global Report on Trafficking in Persons (GLOTIP), file dated 14 April 2025',
    url: 'https://data.unodc.org',
    year: 2025,
    read: 'full (column and category lists)',
    authority: 'international reporting output',
  },
  {
    id: 'glotip-q2016',
    title: 'Annex III: Questionnaire used to collect data for the 2016 Global Report on Trafficking in Persons, UNODC',
    url: null,
    year: 2015,
    read: 'opening tables',
    authority: 'international reporting input (superseded form)',
  },
  {
    id: 'sdg-1622',
    title:
      'Metadata of SDG indicator 16.2.2 (victims of human trafficking per 100,000 population, by sex, age and form of exploitation)',
    url: 'https://worldbank.github.io/sdg-metadata/metadata/en/16-2-2',
    year: 2023,
    read: 'opening',
    authority: 'international reporting',
  },
  {
    id: 'palermo-2000',
    title: 'Protocol to Prevent, Suppress and Punish Trafficking in Persons, Especially Women and Children, article 3',
    url: null,
    year: 2000,
    read: 'article 3',
    authority: 'treaty',
  },
  {
    id: 'coe-2005',
    title:
      'Council of Europe Convention on Action against Trafficking in Human Beings, article 10(3), and Directive 2011/36/EU (age in doubt: presume a child until age is verified)',
    url: null,
    year: 2005,
    read: 'provision',
    authority: 'treaty / EU law',
  },
  {
    id: 'eurostat-thb',
    title: 'Eurostat metadata on trafficking in human beings (registered victims)',
    url: null,
    year: 2023,
    read: 'stored page text',
    authority: 'regional reporting',
  },
  {
    id: 'unodc-fc-2023',
    title: 'UNODC Key Indicators of Trafficking in Persons for Forced Criminality',
    url: null,
    year: 2023,
    read: 'summary only',
    authority: 'guidance',
  },
  {
    id: 'icao-9303',
    title:
      'ICAO Doc 9303 Part 3, Machine Readable Travel Documents (sex and nationality codes used on travel documents)',
    url: 'https://www.icao.int/publications/Documents/9303_p3_cons_en.pdf',
    year: 2021,
    read: 'NOT READ (cited from secondary mentions)',
    authority: 'international standard',
    note: "Used only as the reason for offering 'X / unspecified' on a document and special codes for stateless persons.",
  },
  {
    id: 'msr-sds',
    title:
      'Microsoft synthetic-data-showcase / Intelligence Toolkit documentation on de-identification and differential privacy',
    url: 'https://github.com/microsoft/synthetic-data-showcase',
    year: 2023,
    read: 'documentation',
    authority: 'practice',
  },
  {
    id: 'project',
    title: 'This project (proposal made for the application because no public list was found)',
    url: null,
    year: 2026,
    read: 'n/a',
    authority: 'none',
  },
] as const satisfies readonly Source[]

export type SourceId = (typeof sources)[number]['id']
