import type { VariableCode } from './codebook.ts'

const realListUnknown =
  'Step 3 of IC-TIP holds optional variables about experiences before and after the trafficking event (seed para. 12). Its real list could not be found. This variable is proposed; the x3 prefix marks it so that real codes can replace it.'

const offByDefault = `${realListUnknown} Off by default.`

/**
 * What a builder of this codebook should know of a variable: where its wording and values come from, what was decided,
 * how it is counted and exported. In English, keyed by code. A module of its own, because no screen says it.
 */
export const notes: Readonly<Record<VariableCode, string>> = {
  // event.ts
  sta: "The seed prints only 'Status'. We read it as the identification status because the step 1 reporting-entity variables ret and dem are about who 'made the decisions', and because HTCDS pairs its trafficking status with the organisation that decided. Another reading is attempted/completed (ICCS At); we cover that with exp. Keep a dated history of changes. The event holds one status; a victim may have an own one (with own ret and dem). The status of the event in counts is then confirmed if any victim is confirmed, else presumed if any is presumed, else nk if any is nk, else negated.",
  geo: 'Stored as the structure, or as the bare code nk; adm and extra name its two forms and are not stored. Default it from the device profile of the organisation. No coordinates, street or shelter address: precise location can reveal a safe house.',
  dat: 'Filled by the application when the record is created and kept when it is edited; editable only for entry from paper. It is not the date of the trafficking (dab, dae).',
  coe: 'CTDC and HTCDS use ISO 3166-1. Older CTDC data replaced a missing value by the country where the person was first assisted; never do that silently.',
  exp: "The label is exact and is worded negatively: the IC-TIP variable is a flag 'no exploitation'. Show the positive question to the user and derive the flag, so that a tick is never misread. Related to ICCS At (attempted/completed), which is about the offence and not about the exploitation.",
  moc: "Captured at event level by the standard. With several victims in one event, let the caseworker keep one answer for all or override it for one victim. List taken from HTCDS and the CTDC codebooks, which share it; restricts_movement is defined in HTCDS but missing from its pick-list. 'none' and 'nk' are exclusive.",
  ces: "Stages follow the UNODC reporting chain (formal contact, prosecution, conviction). The code is printed 'ces'; the words suggest 'ccs' and the same OCR text confuses c and e elsewhere (lev). Keep ces as the canonical code and accept ccs. UNODC counts PERSONS, not cases: do not turn events into person counts. Independent of sta: an acquittal does not negate victim status.",
  cca: 'UNODC asks for the article for each table of its questionnaire. Must not contain a case number or a name.',
  cyb: 'An ordinary phone call or message alone does not make it yes. Online recruitment, live-streamed abuse, online advertising of victims and forced work in scam centres do.',
  ssc: 'Seed footnote: this field builds on information collected in step 1. Captured at event level by the standard. With several victims in one event, let the caseworker keep one answer for all or override it for one victim. Four values are shared by HTCDS and the CTDC codebook of 2017.',
  fls: 'The seed says ISIC Rev.5 categories of production are used. Whether IC-TIP stops at sections is not stated; we store the section and, if known, the two-digit division. Attention: letters J to V differ from Revision 4, which HTCDS and CTDC still use; domestic work is U in Rev.5 and T in Rev.4. Begging and forced criminality are outside ISIC: never code them here.',
  dab: 'Precision is kept as entered and never padded.',
  dae: 'Comparison with dab and dat is done at the coarser precision of the two.',
  // victim.ts
  toe: "The seed gives no code for this variable because it is the classification itself; 'toe' is our internal name. 7 excludes every other code. Store the most detailed code known.",
  sxv: 'Question wording exact (seed, footnote to the step 1 table). ICCS values are male, female, not applicable, not known; x and nodoc are ours. na is not offered for a victim. Do not guess from appearance. Gender identity is a different variable (CTDC and HTCDS record gender, not document sex) and is not part of steps 1 and 2.',
  agv: 'Store the number, publish only bands. ICCS gives bands only. The reference point is not printed in the seed; CTDC defines age at the time of being assisted, identified or reported, and we follow it. Age when trafficked is the optional variable x3aft. Never store a date of birth. CTDC band strings are as written in its CSV files.',
  stv: 'Derive and lock when agv is known. When age is unknown but there are reasons to believe the person is a child, record minor (presumption until age is verified) and set the marker stvPresumed = true.',
  civ: 'Citizenship, not country of birth, origin, residence or ethnicity. HTCDS allows several. CTDC takes one alpha-3 code; GLOTIP counts by citizenship. Where only a country of origin is known, leave nk rather than a proxy.',
  lcv: "The OCR text prints 'lev' here AND for level of education. All other victim step 2 codes end in v with an acronym before it (msv, ncv, lpv, lsv, rtv); last country gives lcv, education gives lev, and c/e confusion is typical of this scan. We use lcv; an importer must treat a column 'lev' with country values as lcv and with education values as lev.",
  msv: "A forced marriage that was the purpose of trafficking (6.1) is not by itself 'married': record what the person states and leave nk if in dispute.",
  ncv: '0 is an answer; empty is not asked; nk is unknown. Children who were trafficked too are victims of their own and get their own record.',
  lpv: "The OCR text prints '[Ipv'; read lpv. HTCDS prescribes ISO 639-2. Include sign languages (sgn).",
  lsv: 'na = speaks no second language. Must differ from lpv.',
  lev: "ISCED 2011 levels 0 to 9; HTCDS uses levels 0 to 8 with the same names. 'none' is ours, because many victims never went to school; the variable is attainment, where ISCED (ISCED-A) has one level 0, less than primary: none and 0 together. See lcv for the double code.",
  // perpetrator.ts
  sxp: "The seed's sex footnote is attached to both victim and perpetrator. Usually known only from the victim's account: use nk unless stated. na for a legal entity.",
  agp: 'An estimated age is nk; use stp if the status is clear. Warn below 10.',
  stp: 'A minor perpetrator is often also a victim: prompt for it (non-punishment principle).',
  cip: 'na for a legal entity. Never infer from language or looks.',
  rpp: "HTCDS wording 'Transferred individual' and similar means the perpetrator transferred a person; show 'Transferred a person' in the interface. Code from what was done, not from a verdict.",
  x3pls: `Needed to know whether sxp, agp, stp and cip apply; we recommend showing it although it is step 3. ${realListUnknown} On by default, the only one of step 3.`,
  x3prc: `Criminal-justice data; NGOs normally leave it empty. ${offByDefault}`,
  x3pec: offByDefault,
  // link.ts
  rtv: 'Same fact as rvp, stored once on the victim-perpetrator link. If several apply, choose the closest one; the order of the list is our proposed priority.',
  rvp: 'Derived view of the link; the list is symmetric for our values because they describe the perpetrator in relation to the victim.',
  // reporting-entity.ts
  rer: 'Seed footnote: reporting entities are organisations that assist victims, collect data or are otherwise involved in reporting the event. Filled from the device profile. The codes are national; no international list exists.',
  ret: 'HTCDS has five values (Police, NGO, Court or prosecution, Non-police governmental organization, Other); each of ours rolls up to one of them.',
  dem: 'Only the label is known. Four values were chosen so that the list collapses either to public/non-public or to mandated/not mandated, whichever the real list turns out to be. Eurostat separates victims formally identified by a competent body from those who meet the criteria but are not formally identified, which this list can reproduce.',
  // victim-experiences.ts
  x3mor: offByDefault,
  x3rre: `Derived from rtv where the linked perpetrator has role recruiter. ${offByDefault}`,
  x3cre: offByDefault,
  x3plt: `HTCDS lists brands, which age quickly. ${offByDefault}`,
  x3aft: `HTCDS AgeWhenTrafficked; CTDC 2017 kept three age statuses (at contact, at exploitation, at entry). Must not exceed agv. ${offByDefault}`,
  x3abd: offByDefault,
  x3eab: offByDefault,
  x3mig: `Highly sensitive: never exported at record level. ${offByDefault}`,
  x3prv: `The seed names potential revictimization as a use of the data. Link the earlier event if it is in the system. ${offByDefault}`,
  x3trc: offByDefault,
  x3dur: offByDefault,
  x3asp: offByDefault,
  x3ref: offByDefault,
  x3ips: `Highly sensitive: never exported at record level. ${offByDefault}`,
  x3rei: offByDefault,
  x3csm: `Not the same as sta or ces. ${offByDefault}`,
  // event-context.ts
  x3att: offByDefault,
  x3soc: `ICCS SiC. Give it only when a competent body has said so. ${offByDefault}`,
  x3loc: `ICCS Lo, labels shortened. ${offByDefault}`,
  x3nvk: `Not an export count: exports count victim records. ${offByDefault}`,
  x3npk: offByDefault,
}
