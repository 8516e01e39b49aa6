/** How to read the codebook: the words it uses about itself, and what is still open. Printed beside exported tables. */

export const reading = "Reference codebook for the application. Read 'confidence' before showing a list as official."

export const legend = {
  confidence: {
    exact:
      'the list is given by the primary source, or by an international standard the primary source says IC-TIP uses',
    adapted:
      'list from another named standard or practice, chosen because IC-TIP is built on it or aligned with it; the real IC-TIP list may differ',
    proposed: 'made for this application because nothing public was found',
  },
  valuesFidelity: {
    verbatim: 'labels as in valuesSource (apart from the missing codes)',
    modified: 'valuesSource with additions, splits or shortened labels',
    own: 'written for this application',
  },
  valueSet: 'a key of valueSets, or classification: the entries of the classification tree (8 is never chosen by hand)',
  missing:
    'the missing codes that a variable accepts; where its values do not list them, their labels are those of missingValues',
  offered: 'false: never shown as a choice, stored only when a rule sets it',
  exclusive: 'true: excludes every other value of the list',
  freeText:
    "required or optional: a short text may stand beside this value, kept by code in the variable's texts member; other values have none",
  perVictimOverride: "a victim may have an own value, which replaces the event's for that victim",
  captureLevel:
    'where the answer is kept in a record; victimInEvent and victim both lie on the victim of the record, perpetratorInEvent and perpetrator on the perpetrator',
  type: {
    code: 'one code',
    'multi-code': 'list of codes',
    country: 'code of the value set or of values; a list if multiple',
    language: 'code of the value set or of values',
    isic: 'list, see format',
    integer: 'whole JSON number or missing code',
    date: 'text, see format',
    datetime: 'text, see format',
    text: 'text, or the object given by structure',
    geo: 'object given by structure',
  },
  labelConfidence: "how sure the variable's NAME is",
  codeConfidence: "how sure the variable's CODE is (given only when not exact)",
  valueConfidence: 'given on a value that is weaker than its list',
  ruleBasis: {
    exact: 'stated by the named source',
    implied: "follows from the definition or from the variable's name",
    proposed: 'our decision',
  },
  step: { '1': 'core', '2': 'enhanced', '3': 'optional: individual experiences before and after the event' },
} as const

export const missingValues = [
  {
    code: '',
    label: 'Empty',
    meaning: 'Not asked, or not entered yet. Never exported as a value.',
    source: 'project',
    confidence: 'proposed',
  },
  {
    code: 'nk',
    label: 'Not known',
    meaning: 'Asked or searched for; the answer is not known.',
    source: 'iccs-2015',
    confidence: 'adapted',
  },
  {
    code: 'na',
    label: 'Not applicable',
    meaning: 'The question cannot apply to this unit.',
    source: 'iccs-2015',
    confidence: 'adapted',
  },
  {
    code: 'ref',
    label: 'Declined to answer',
    meaning: 'The person was asked and chose not to answer. A right, not a data error.',
    source: 'project',
    confidence: 'proposed',
  },
] as const

export const openQuestions = [
  'Obtain the 2023 working version or the 2025 background document and compare: values of sta, exp, ret, dem; age bands; sector depth; values of moc, ssc, ces, msv, rtv, rpp, rvp; all step 3 variables.',
  "Is the second printed 'lev' really lcv, and is 'ces' really ccs?",
  'Does IC-TIP attach status (sta) to the event or to the victim in its definitions?',
  'Does IC-TIP itself define not known / refused / not applicable?',
  'Which form should a mixed victim take in the UNODC questionnaire?',
] as const
