/**
 * What each value is called elsewhere: in the source it was taken from, and in the files of HTCDS, CTDC and the Global
 * Report (GLOTIP). Only exports need it; the page of the form never imports this module.
 */

import type { CodeList } from './code-list.ts'

/** `null`: the target has no value for it; the note beside it says why or how. */
export interface Crosswalk {
  /** Code in the standard that the value comes from. */
  readonly sourceCode?: string
  /** What the value rests on where no standard lists it. */
  readonly basis?: string
  readonly iccs?: string
  readonly iccsNote?: string
  /** Section letter in ISIC Revision 4. */
  readonly isic4?: string
  readonly htcds2?: string | null
  readonly htcds2Note?: string
  readonly ctdc2024?: string | null
  readonly ctdc2024Note?: string
  readonly ctdcLegacy?: string | null
  readonly ctdcLegacyNote?: string
  readonly glotip?: string | null
  readonly glotipNote?: string
}

type CrosswalkTable = Readonly<Record<string, Readonly<Record<string, Crosswalk>>>>

const forcedCriminality = {
  htcds2: 'Other',
  ctdc2024: 'isOtherExploit',
  ctdcLegacy: 'typeOfLabourIllicitActivities',
  glotip: 'Other forms of exploitation',
  htcds2Note: 'no HTCDS value; upstream issue 28 has been open since 2023',
  ctdc2024Note: 'proposed',
  ctdcLegacyNote: 'counted it as labour',
} as const

/** By code of the classification. */
export const formCrosswalks: Readonly<Record<string, Crosswalk>> = {
  '1': {
    htcds2: 'SexualExploitation',
    ctdc2024: 'isSexualExploit',
    ctdcLegacy: 'isSexualExploit',
    glotip: 'Sexual exploitation',
  },
  '2': { htcds2: 'ForcedLabour', ctdc2024: 'isForcedLabour', ctdcLegacy: 'isForcedLabour', glotip: 'Forced labour' },
  '2.1': {
    htcds2: 'ForcedLabour',
    ctdc2024: 'isForcedLabour',
    ctdcLegacy: 'isForcedLabour',
    glotip: 'Forced labour',
    htcds2Note: 'Servitude where that is the form; ChildLabour may be added where the victim is a minor',
  },
  '2.2': {
    htcds2: 'Other',
    ctdc2024: 'isForcedLabour',
    ctdcLegacy: 'isSlaveryAndPractices',
    glotip: 'Forced labour',
    htcds2Note: 'no HTCDS value',
    ctdc2024Note: 'proposed',
    glotipNote: 'proposed, follows seed footnote a',
  },
  '3': {
    htcds2: 'OrganRemoval',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'isOrganRemoval',
    glotip: 'Other forms of exploitation',
  },
  '4': {
    htcds2: 'ForcedBegging',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'typeOfLabourBegging',
    glotip: 'Other forms of exploitation',
    ctdc2024Note: 'proposed: older CTDC data counted begging as labour',
    ctdcLegacyNote: 'counted begging as labour',
    glotipNote: 'proposed',
  },
  '5': forcedCriminality,
  '5.1': forcedCriminality,
  '5.2': forcedCriminality,
  '5.3': forcedCriminality,
  '5.4': forcedCriminality,
  '5.5': forcedCriminality,
  '6': {
    htcds2: 'Other',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'isOtherExploit',
    glotip: 'Other forms of exploitation',
  },
  '6.1': {
    htcds2: 'ForcedMarriage',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'isForcedMarriage',
    glotip: 'Other forms of exploitation',
  },
  '6.2': {
    htcds2: 'ForcedMilitaryByNonStateActors',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'isForcedMilitary',
    glotip: 'Other forms of exploitation',
  },
  '6.3': {
    htcds2: 'Surrogacy',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'isOtherExploit',
    glotip: 'Other forms of exploitation',
  },
  '6.4': {
    htcds2: 'ForcedAdoption',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'isOtherExploit',
    glotip: 'Other forms of exploitation',
  },
  '6.5': {
    htcds2: 'Other',
    ctdc2024: 'isOtherExploit',
    ctdcLegacy: 'isOtherExploit',
    glotip: 'Other forms of exploitation',
  },
  '7': {
    htcds2: null,
    ctdc2024: null,
    ctdcLegacy: null,
    glotip: null,
    htcds2Note: 'no value; leave empty',
    ctdc2024Note: 'all three NULL',
    ctdcLegacyNote: 'all NULL',
    glotipNote: 'counted in Total only',
  },
  '8': {
    htcds2: null,
    ctdc2024: null,
    ctdcLegacy: null,
    glotip: 'Other forms of exploitation',
    htcds2Note: 'several values',
    ctdc2024Note: 'several flags set to 1',
    ctdcLegacyNote: 'several flags set to 1; isSexAndLabour = 1 when both 1 and 2 are components',
    glotipNote: 'proposed: the public file has no mixed category',
  },
}

/** By id of the code list, then by code. */
export const valueCrosswalks: CrosswalkTable = {
  status: {
    presumed: { htcds2: 'PossibleVictimOfTrafficking' },
    confirmed: { htcds2: 'ActualVictimOfTrafficking' },
    negated: { htcds2: 'NotAVictimOfTrafficking' },
  },
  'recorded-place': {
    adm: { sourceCode: 'ICCS Geo 1' },
    extra: { sourceCode: 'ICCS Geo 2' },
  },
  'country-of-exploitation': {
    extra: { sourceCode: 'ICCS Geo 2' },
  },
  sex: {
    m: { sourceCode: 'ICCS SV/SP 1', htcds2: 'Masculine', ctdc2024: 'Man', glotip: 'Male' },
    f: { sourceCode: 'ICCS SV/SP 2', htcds2: 'Feminine', ctdc2024: 'Woman', glotip: 'Female' },
    x: {
      basis: 'ICAO Doc 9303 allows an unspecified marker; the UNODC data file has the category Other',
      ctdc2024: null,
      ctdc2024Note: 'the CTDC variable is gender, not document sex',
      glotip: 'Other',
    },
    nodoc: { ctdc2024: null, glotip: 'Unknown' },
  },
  'age-status': {
    minor: { sourceCode: 'ICCS STV/STP 1', glotip: '0 to 17 years' },
    adult: { sourceCode: 'ICCS STV/STP 2', glotip: '18 years or over' },
  },
  'citizenship-of-victim': {
    stateless: {
      iccs: 'foreign citizen',
      iccsNote: 'proposed',
      htcds2: null,
      htcds2Note: 'guidance note lists stateless person as protection status',
    },
  },
  'deciding-entity-type': {
    police: { basis: 'HTCDS; seed para. 11', htcds2: 'Police' },
    prosecution: { basis: 'seed para. 11; HTCDS joins it with courts', htcds2: 'CourtOrProsecution' },
    court: { basis: 'seed para. 11', htcds2: 'CourtOrProsecution' },
    immigration: { basis: 'HTCDS organisation type', htcds2: 'NonPoliceGovernmentalOrganization' },
    social: { basis: 'seed para. 11', htcds2: 'NonPoliceGovernmentalOrganization' },
    labour: { basis: 'project', htcds2: 'NonPoliceGovernmentalOrganization' },
    health: { basis: 'HTCDS organisation type', htcds2: 'Other' },
    ngo: { basis: 'HTCDS; seed para. 11', htcds2: 'NGO' },
    helpline: { basis: 'CTDC data source Hotline', htcds2: 'NGO' },
    io: { basis: 'project', htcds2: 'Other' },
    coord: { basis: 'guidance manual abstract', htcds2: 'NonPoliceGovernmentalOrganization' },
    nso: { basis: 'seed para. 11', htcds2: 'NonPoliceGovernmentalOrganization' },
    other_gov: { basis: 'HTCDS', htcds2: 'NonPoliceGovernmentalOrganization' },
    other: { basis: 'HTCDS', htcds2: 'Other' },
  },
  'means-of-control': {
    debt_bondage: {
      htcds2: 'DebtBondage',
      ctdc2024: 'meansDebtBondageEarnings',
      ctdcLegacy: 'meansOfControlDebtBondage',
    },
    takes_earnings: {
      htcds2: 'TakesEarnings',
      ctdc2024: 'meansDebtBondageEarnings',
      ctdcLegacy: 'meansOfControlTakesEarnings',
    },
    restricts_finances: {
      htcds2: 'RestrictsFinancialAccess',
      ctdc2024: 'meansDenyBasicNeeds',
      ctdcLegacy: 'meansOfControlRestrictsFinancialAccess',
    },
    threats: { htcds2: 'PhysicalThreats', ctdc2024: 'meansThreats', ctdcLegacy: 'meansOfControlThreats' },
    threat_authorities: {
      htcds2: 'ThreatsLawEnforcement',
      ctdc2024: 'meansThreats',
      ctdcLegacy: 'meansOfControlThreatOfLawEnforcement',
    },
    uses_children: {
      htcds2: 'ThreatensChildrenFamily',
      ctdc2024: 'meansThreats',
      ctdcLegacy: 'meansOfControlUsesChildren',
    },
    psych_abuse: {
      htcds2: 'PsychologicalAbuse',
      ctdc2024: 'meansAbusePsyPhySex',
      ctdcLegacy: 'meansOfControlPsychologicalAbuse',
    },
    phys_abuse: { htcds2: 'PhysicalAbuse', ctdc2024: 'meansAbusePsyPhySex', ctdcLegacy: 'meansOfControlPhysicalAbuse' },
    sex_abuse: { htcds2: 'SexualAbuse', ctdc2024: 'meansAbusePsyPhySex', ctdcLegacy: 'meansOfControlSexualAbuse' },
    false_promises: {
      htcds2: 'FalsePromises',
      ctdc2024: 'meansFalsePromises',
      ctdcLegacy: 'meansOfControlFalsePromises',
    },
    substances: {
      htcds2: 'PsychoactiveSubstance',
      ctdc2024: 'meansDrugsAlcohol',
      ctdcLegacy: 'meansOfControlPsychoactiveSubstances',
    },
    restricts_movement: {
      htcds2: 'Other',
      htcds2Note: 'defined in the HTCDS field definitions but missing from its pick-list',
      ctdc2024: 'meansDenyBasicNeeds',
      ctdcLegacy: 'meansOfControlRestrictsMovement',
    },
    restricts_medical: {
      htcds2: 'RestrictsMedicalCare',
      ctdc2024: 'meansDenyBasicNeeds',
      ctdcLegacy: 'meansOfControlRestrictsMedicalCare',
    },
    withholds_needs: {
      htcds2: 'WithholdsNecessities',
      ctdc2024: 'meansDenyBasicNeeds',
      ctdcLegacy: 'meansOfControlWithholdsNecessities',
    },
    excess_hours: {
      htcds2: 'ExcessiveWorkingHours',
      ctdc2024: 'meansExcessiveWorkHours',
      ctdcLegacy: 'meansOfControlExcessiveWorkingHours',
    },
    withholds_docs: {
      htcds2: 'WithholdsDocuments',
      ctdc2024: 'meansWithholdDocs',
      ctdcLegacy: 'meansOfControlWithholdsDocuments',
    },
    other: { htcds2: 'Other', ctdc2024: null, ctdc2024Note: 'no column since 2024', ctdcLegacy: 'meansOfControlOther' },
    none: {
      htcds2: null,
      htcds2Note: 'empty',
      ctdc2024: null,
      ctdc2024Note: 'all NULL',
      ctdcLegacy: null,
      ctdcLegacyNote: 'all 0',
    },
    nk: { sourceCode: 'ICCS: not known', ctdcLegacy: 'meansOfControlNotSpecified' },
  },
  'criminal-case-status': {
    investigation: { glotip: 'Offences of trafficking in persons' },
    contact: { glotip: 'Persons brought into formal contact' },
    prosecuted: { glotip: 'Persons prosecuted' },
    convicted: { glotip: 'Persons convicted' },
  },
  cybercrime: {
    yes: { sourceCode: 'ICCS Cy 1' },
    no: { sourceCode: 'ICCS Cy 2' },
  },
  'sexual-exploitation-sector': {
    prostitution: { htcds2: 'Prostitution', ctdc2024: 'typeOfSexProstitution', ctdcLegacy: 'typeOfSexProstitution' },
    pornography: { htcds2: 'Pornography', ctdc2024: 'typeOfSexPornography', ctdcLegacy: 'typeOfSexPornography' },
    remote: {
      htcds2: 'RemoteInteractiveServices',
      ctdc2024: null,
      ctdc2024Note: 'no column',
      ctdcLegacy: 'typeOfSexRemoteInteractiveServices',
    },
    private: {
      htcds2: 'PrivateSexualServices',
      ctdc2024: null,
      ctdc2024Note: 'no column',
      ctdcLegacy: 'typeOfSexPrivateSexualServices',
    },
    other: { htcds2: null, htcds2Note: 'no value', ctdc2024: null, ctdc2024Note: 'no column' },
  },
  industries: {
    A: {
      isic4: 'A',
      ctdc2024: 'typeOfLabourAgriculture',
      ctdc2024Note: 'only if division 01 is recorded; otherwise no column',
    },
    B: { isic4: 'B', ctdc2024: null, ctdc2024Note: 'no column' },
    C: { isic4: 'C', ctdc2024: null, ctdc2024Note: 'no column' },
    D: { isic4: 'D', ctdc2024: null, ctdc2024Note: 'no column' },
    E: { isic4: 'E', ctdc2024: null, ctdc2024Note: 'no column' },
    F: { isic4: 'F', ctdc2024: 'typeOfLabourConstruction' },
    G: { isic4: 'G', ctdc2024: null, ctdc2024Note: 'no column' },
    H: { isic4: 'H', ctdc2024: null, ctdc2024Note: 'no column' },
    I: { isic4: 'I', ctdc2024: 'typeOfLabourHospitality' },
    J: { isic4: 'J', ctdc2024: null, ctdc2024Note: 'no column' },
    K: { isic4: 'J', ctdc2024: null, ctdc2024Note: 'no column' },
    L: { isic4: 'K', ctdc2024: null, ctdc2024Note: 'no column' },
    M: { isic4: 'L', ctdc2024: null, ctdc2024Note: 'no column' },
    N: { isic4: 'M', ctdc2024: null, ctdc2024Note: 'no column' },
    O: { isic4: 'N', ctdc2024: null, ctdc2024Note: 'no column' },
    P: { isic4: 'O', ctdc2024: null, ctdc2024Note: 'no column' },
    Q: { isic4: 'P', ctdc2024: null, ctdc2024Note: 'no column' },
    R: { isic4: 'Q', ctdc2024: null, ctdc2024Note: 'no column' },
    S: { isic4: 'R', ctdc2024: null, ctdc2024Note: 'no column' },
    T: { isic4: 'S', ctdc2024: null, ctdc2024Note: 'no column' },
    U: { isic4: 'T', ctdc2024: 'typeOfLabourDomesticWork' },
    V: { isic4: 'U', ctdc2024: null, ctdc2024Note: 'no column' },
  },
  'marital-status': {
    single: { htcds2: 'Single' },
    married: { htcds2: 'Married' },
    widowed: { htcds2: 'Widowed' },
    divorced: { htcds2: 'Divorced' },
    separated: { htcds2: 'Separated' },
    partnership: { htcds2: 'RegisteredPartnership' },
  },
  education: {
    none: { htcds2: null, htcds2Note: 'no value' },
    0: { sourceCode: 'ISCED ED0', htcds2: 'EarlyChildhoodEducation' },
    1: { sourceCode: 'ISCED ED1', htcds2: 'PrimaryEducation' },
    2: { sourceCode: 'ISCED ED2', htcds2: 'LowerSecondaryEducation' },
    3: { sourceCode: 'ISCED ED3', htcds2: 'UpperSecondaryEducation' },
    4: { sourceCode: 'ISCED ED4', htcds2: 'PostSecondaryNonTertiaryEducation' },
    5: { sourceCode: 'ISCED ED5', htcds2: 'ShortCycleTertiaryEducation' },
    6: { sourceCode: 'ISCED ED6', htcds2: 'BachelorsOrEquivalentLevel' },
    7: { sourceCode: 'ISCED ED7', htcds2: 'MastersOrEquivalentLevel' },
    8: { sourceCode: 'ISCED ED8', htcds2: 'DoctoralOrEquivalentLevel' },
    9: { sourceCode: 'ISCED ED9', htcds2: null, htcds2Note: 'no value' },
  },
  relationship: {
    cur_partner: { sourceCode: 'ICCS ViP 1', htcds2: 'Familial', ctdc2024: 'recruiterRelationIntimatePartner' },
    ex_partner: { sourceCode: 'ICCS ViP 2', htcds2: 'Familial', ctdc2024: 'recruiterRelationIntimatePartner' },
    blood_rel: { sourceCode: 'ICCS ViP 3', htcds2: 'Familial', ctdc2024: 'recruiterRelationFamily' },
    household: { sourceCode: 'ICCS ViP 4', htcds2: 'Familial', ctdc2024: 'recruiterRelationFamily' },
    friend: { sourceCode: 'ICCS ViP 5', htcds2: 'Acquainted', ctdc2024: 'recruiterRelationFriend' },
    acquaint: { sourceCode: 'ICCS ViP 6', htcds2: 'Acquainted', ctdc2024: 'recruiterRelationFriend' },
    work: { sourceCode: 'ICCS ViP 7', htcds2: 'Acquainted', ctdc2024: 'recruiterRelationOther' },
    authority: { sourceCode: 'ICCS ViP 8', htcds2: 'Acquainted', ctdc2024: 'recruiterRelationOther' },
    other_known: { sourceCode: 'ICCS ViP 9', htcds2: 'Acquainted', ctdc2024: 'recruiterRelationOther' },
    unknown_off: {
      sourceCode: 'ICCS ViP 10',
      htcds2: 'Unaquainted',
      htcds2Note: 'spelling as in the HTCDS value',
      ctdc2024: 'recruiterRelationOther',
    },
    nk: { sourceCode: 'ICCS ViP 11', htcds2: null, htcds2Note: 'empty', ctdc2024: null },
  },
  role: {
    travel_partner: { htcds2: 'TravellingPartner' },
    transporter: { htcds2: 'Transporter' },
    recruiter: { htcds2: 'RecruiterOrIntermediary' },
    broker: { htcds2: 'BrokerTravelAgent' },
    transferred: { htcds2: 'TransferredIndividual' },
    harboured: { htcds2: 'HarbouredIndividual' },
    sold: { htcds2: 'SoldIndividual' },
    bought: { htcds2: 'BoughtIndividual' },
    received: { htcds2: 'ReceivedIndividual' },
    controlled: { htcds2: 'ControlledIndividual' },
    smuggler: { htcds2: 'Smuggler' },
    abuser: { htcds2: 'Abuser' },
    kidnapper: { htcds2: 'Kidnapper' },
    exploiter: { htcds2: 'Exploiter' },
    other: { htcds2: 'Other' },
  },
  'recruitment-method': {
    business: { htcds2: 'AtAPlaceOfBusiness' },
    school: { htcds2: 'AtAnEducationalInstitution' },
    work: { htcds2: 'AtWork' },
    social_net: { htcds2: 'ThroughOnlineSocialNetworks' },
    online_ad: { htcds2: 'ThroughAnOnlineAdvertisement' },
    tv_ad: { htcds2: 'ThroughATelevisionAdvert' },
    paper_ad: { htcds2: 'ThroughANewspaperAdvert' },
    family: { htcds2: 'ThroughFamilyOrFamilyEvents' },
    friends: { htcds2: 'ThroughFriendsOrSocialEvents' },
    other: { htcds2: 'Other' },
  },
  recruiter: {
    partner: { ctdc2024: 'recruiterRelationIntimatePartner' },
    friend: { ctdc2024: 'recruiterRelationFriend' },
    family: { ctdc2024: 'recruiterRelationFamily' },
    other: { ctdc2024: 'recruiterRelationOther' },
  },
  'economic-activity-of-victim': {
    employee: { sourceCode: 'ICCS EASt' },
    own_account: { sourceCode: 'ICCS EASt' },
    employer: { sourceCode: 'ICCS EASt' },
    unemployed: { sourceCode: 'ICCS EASt' },
    student: { sourceCode: 'ICCS EASt' },
    housekeeper: { sourceCode: 'ICCS EASt' },
    retired: { sourceCode: 'ICCS EASt' },
  },
  'came-to-attention': {
    victim: { sourceCode: 'ICCS Rep' },
    witness: { sourceCode: 'ICCS Rep' },
    police: { sourceCode: 'ICCS Rep' },
    other_le: { sourceCode: 'ICCS Rep' },
    cj: { sourceCode: 'ICCS Rep' },
  },
  assistance: {
    education: { htcds2: 'Education' },
    financial: { htcds2: 'Financial' },
    health: { htcds2: 'Health' },
    rehab_labour: { htcds2: 'LabourExploitationRehabilitation' },
    legal: { htcds2: 'Legal' },
    livelihood: { htcds2: 'Livelihood' },
    rights: { htcds2: 'RightsBasedTraining' },
    rehab_sexual: { htcds2: 'SexualExploitationRehabilitation' },
    social: { htcds2: 'SocialCare' },
  },
  'referral-reason': {
    services: { htcds2: 'AdditionalServicesRequired' },
    moved: { htcds2: 'MigrationOrChangeOfLocation' },
    other: { htcds2: 'Other' },
  },
  reintegration: {
    home: { glotip: 'Detected victims by country of repatriation' },
  },
  'case-management': {
    active: { htcds2: 'Active' },
    followup: { htcds2: 'FollowUp' },
    closed: { htcds2: 'Closed' },
    closed_ref: { htcds2: 'ClosedReferred' },
  },
  'legal-status': {
    1: { sourceCode: 'ICCS LS 1' },
    '1a': { sourceCode: 'ICCS LS 1a' },
    '1b': { sourceCode: 'ICCS LS 1b' },
    2: { sourceCode: 'ICCS LS 2' },
    '2a': { sourceCode: 'ICCS LS 2a' },
    '2b': { sourceCode: 'ICCS LS 2b' },
    3: { sourceCode: 'ICCS LS 3' },
  },
  recidivism: {
    yes: { sourceCode: 'ICCS Rec 1' },
    no: { sourceCode: 'ICCS Rec 2' },
  },
}

/** For a missing code of a list that says nothing else about it. */
const missingCrosswalks: Readonly<Record<string, Crosswalk>> = {
  nk: { sourceCode: 'ICCS: not known' },
  na: { sourceCode: 'ICCS: not applicable' },
}

/** What a value of a list is called elsewhere; nothing for a code that the list does not have. */
export function crosswalkOf(list: CodeList, code: string): Crosswalk {
  if (!list.entries.some((entry) => entry.code === code)) return {}
  return valueCrosswalks[list.id]?.[code] ?? missingCrosswalks[code] ?? {}
}

/** What becomes of a silence in each target, by code; `""` is an answer that is absent. */
export const silenceCrosswalks = {
  '': {
    glotip: '(not counted in the breakdown; counted in Total)',
    ctdc2024: 'NULL',
    ctdcLegacy: '-99',
    htcds2: '(empty)',
  },
  nk: {
    iccs: 'Not known',
    glotip: 'Unknown',
    ctdc2024: 'NULL',
    ctdcLegacy: 'Unknown / NotSpecified = 1 (citizenship ZZ)',
    htcds2: '(empty; NonSpecifiedUnknown for gender)',
  },
  na: { iccs: 'Not applicable', glotip: '(left out)', ctdc2024: 'NULL', ctdcLegacy: '-99', htcds2: '(empty)' },
  ref: { iccs: 'Not known', glotip: 'Unknown', ctdc2024: 'NULL', ctdcLegacy: '-99', htcds2: '(empty)' },
} as const

/** Section letters; motor-vehicle repair moved from G to T (division 95) in Revision 5. ISIC is the source: `isic-5`. */
export const isicRev4ToRev5 = {
  source: 'isic-5',
  note: 'Section letters; motor-vehicle repair moved from G to T (division 95) in Revision 5.',
  map: {
    A: ['A'],
    B: ['B'],
    C: ['C'],
    D: ['D'],
    E: ['E'],
    F: ['F'],
    G: ['G'],
    H: ['H'],
    I: ['I'],
    J: ['J', 'K'],
    K: ['L'],
    L: ['M'],
    M: ['N'],
    N: ['O'],
    O: ['P'],
    P: ['Q'],
    Q: ['R'],
    R: ['S'],
    S: ['T'],
    T: ['U'],
    U: ['V'],
  },
} as const

export const isicRev5ToRev4 = {
  A: 'A',
  B: 'B',
  C: 'C',
  D: 'D',
  E: 'E',
  F: 'F',
  G: 'G',
  H: 'H',
  I: 'I',
  J: 'J',
  K: 'J',
  L: 'K',
  M: 'L',
  N: 'M',
  O: 'N',
  P: 'O',
  Q: 'P',
  R: 'Q',
  S: 'R',
  T: 'S',
  U: 'T',
  V: 'U',
} as const
