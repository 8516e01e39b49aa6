/* oxlint-disable unicorn/no-thenable -- the grammar of the codebook says if, then, else; nobody awaits a rule */

import { criminalCase, labourAmongTypes, legalEntity, noExploitation, sexualAmongTypes } from './asked-when.ts'
import type { Rule } from './rule.ts'

/**
 * What must agree between answers, in the codebook's own numbering. `rule.ts` says what each part means; a rule whose
 * clause has no `when` always holds.
 */
export const rules = [
  {
    id: 'R01',
    severity: 'error',
    scope: ['victim'],
    variables: ['toe'],
    text: 'At least one type of exploitation is recorded for each victim; if the purpose is clear but the type is not known, use 7.',
    expr: [{ require: { var: 'toe', op: 'notEmpty' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R02',
    severity: 'derive',
    scope: ['victim'],
    variables: ['toe'],
    text: 'Mixed (8) is derived for a victim only when two or more DIFFERENT level-1 types are recorded for that same victim in that event.',
    expr: [{ set: { 'toe.summary': '8' }, when: { var: 'toe', op: 'countL1Gte', value: 2 } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R03',
    severity: 'derive',
    scope: ['victim'],
    variables: ['toe'],
    text: 'One code: the summary is that code. Several sub-codes under one level-1 type (for example 2.1 and 2.2, or 5.1 and 5.3) are not mixed; the summary is their level-1 code.',
    expr: [{ set: { 'toe.summary': { fn: 'commonCode' } }, when: { var: 'toe', op: 'countL1Lte', value: 1 } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R04',
    severity: 'error',
    scope: ['victim'],
    variables: ['toe'],
    text: '7 (purposes not recorded) cannot be combined with any other type.',
    expr: [
      {
        require: {
          any: [{ not: { var: 'toe', op: 'includes', value: '7' } }, { var: 'toe', op: 'countEq', value: 1 }],
        },
      },
    ],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R05',
    severity: 'error',
    scope: ['victim'],
    variables: ['toe'],
    text: '8 cannot be chosen by hand together with component types; a bare 8 is accepted only on import (components lost).',
    expr: [
      {
        require: {
          any: [
            { not: { var: 'toe', op: 'includes', value: '8' } },
            {
              all: [
                { var: 'toe', op: 'countEq', value: 1 },
                { var: 'record.origin', op: 'eq', value: 'import' },
              ],
            },
          ],
        },
      },
    ],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R06',
    severity: 'derive',
    scope: ['event'],
    variables: ['toe'],
    text: "The event lists the union of its victims' types; two victims with different single types never make either of them mixed.",
    expr: [{ set: { 'event.toe': { fn: 'unionOverVictims' } } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R07',
    severity: 'error',
    scope: ['victim'],
    variables: ['toe'],
    text: 'A free text is required for 6.5; it is checked for names, telephone numbers, e-mail addresses and document numbers and the user is warned.',
    expr: [{ require: { var: 'toeText[6.5]', op: 'notEmpty' }, when: { var: 'toe', op: 'includes', value: '6.5' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R08',
    severity: 'info',
    scope: ['victim'],
    variables: ['toe'],
    text: '6.2 only for non-State actors; if the armed actor is a State force, ask the user to use another code.',
    expr: [{ confirm: true, when: { var: 'toe', op: 'includes', value: '6.2' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R09',
    severity: 'info',
    scope: ['victim'],
    variables: ['toe'],
    text: '3 only if a person was trafficked; trade in an organ without a trafficked person is outside the classification.',
    expr: [{ confirm: true, when: { var: 'toe', op: 'includes', value: '3' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R10',
    severity: 'info',
    scope: ['event'],
    variables: ['toe', 'cyb'],
    text: 'With 5.4, suggest cyb = yes; do not set it silently.',
    expr: [{ suggest: { cyb: 'yes' }, when: { var: 'toe', op: 'includes', value: '5.4' } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R11',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['ssc', 'toe'],
    text: 'ssc only when type 1 is recorded (alone or as a component, or as an imported bare 8).',
    expr: [{ require: sexualAmongTypes, when: { var: 'ssc', op: 'notEmpty' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R12',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['fls', 'toe'],
    text: 'fls only when type 2 is recorded (alone or as a component, or as an imported bare 8). Never for begging (4) or forced criminality (5).',
    expr: [{ require: labourAmongTypes, when: { var: 'fls', op: 'notEmpty' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R13',
    severity: 'warning',
    scope: ['event', 'victim'],
    stage: 'edit',
    variables: ['ssc', 'fls', 'toe'],
    text: 'If the type that made ssc or fls applicable is removed, ask before deleting the dependent answer; do not keep it hidden in the record or in an export.',
    expr: [
      {
        confirm: true,
        when: {
          any: [
            { all: [{ var: 'ssc', op: 'notEmpty' }, { not: sexualAmongTypes }] },
            { all: [{ var: 'fls', op: 'notEmpty' }, { not: labourAmongTypes }] },
          ],
        },
      },
    ],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R14',
    severity: 'error',
    scope: ['event'],
    variables: ['exp', 'coe'],
    text: 'If no exploitation took place (exp = noc): coe is na, ssc and fls are empty, and toe holds the INTENDED type (or 7).',
    expr: [
      {
        set: { coe: ['na'] },
        require: {
          all: [
            { var: 'ssc', op: 'empty' },
            { var: 'fls', op: 'empty' },
          ],
        },
        when: noExploitation,
      },
    ],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R15',
    severity: 'error',
    scope: ['event'],
    variables: ['exp', 'coe'],
    text: 'If exploitation took place (exp = occ), coe may not be na.',
    expr: [
      { require: { not: { var: 'coe', op: 'includes', value: 'na' } }, when: { var: 'exp', op: 'eq', value: 'occ' } },
    ],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R16',
    severity: 'derive',
    scope: ['victim'],
    variables: ['agv', 'stv'],
    text: 'If agv is a number, stv = minor below 18 and adult from 18, and is locked; a presumption is removed.',
    expr: [
      {
        set: { stv: { if: { var: 'agv', op: 'lt', value: 18 }, then: 'minor', else: 'adult' }, stvPresumed: null },
        when: { var: 'agv', op: 'isNumber' },
      },
    ],
    basis: 'exact',
    source: 'iccs-2015',
  },
  {
    id: 'R17',
    severity: 'derive',
    scope: ['perpetrator'],
    variables: ['agp', 'stp'],
    text: 'Same for the perpetrator.',
    expr: [
      {
        set: { stp: { if: { var: 'agp', op: 'lt', value: 18 }, then: 'minor', else: 'adult' } },
        when: { var: 'agp', op: 'isNumber' },
      },
    ],
    basis: 'exact',
    source: 'iccs-2015',
  },
  {
    id: 'R18',
    severity: 'info',
    scope: ['victim'],
    variables: ['agv', 'stv'],
    text: 'Age unknown but reasons to believe the person is a child: stv = minor with stvPresumed = true until verified. The mark is offered, not set; it is possible only with stv = minor while agv is not a number.',
    expr: [
      {
        suggest: { stvPresumed: true },
        when: {
          all: [
            { var: 'agv', op: 'in', value: ['nk', 'ref'] },
            { var: 'stv', op: 'eq', value: 'minor' },
          ],
        },
      },
    ],
    basis: 'exact (regional law)',
    source: 'coe-2005',
  },
  {
    id: 'R19',
    severity: 'error',
    scope: ['victim', 'perpetrator'],
    variables: ['agv', 'agp'],
    text: 'Ages are whole numbers from 0 to 120.',
    expr: [
      {
        require: {
          all: [
            { var: 'agv', op: 'between', value: [0, 120] },
            { var: 'agp', op: 'between', value: [0, 120] },
          ],
        },
      },
    ],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R20',
    severity: 'warning',
    scope: ['perpetrator'],
    variables: ['agp'],
    text: 'Perpetrator younger than 10: ask whether this is right.',
    expr: [{ confirm: true, when: { var: 'agp', op: 'lt', value: 10 } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R21',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['dab', 'dae'],
    text: 'dab is not later than dae. Compare only to the precision both share (2021 and 2021-03 are compatible).',
    expr: [{ require: { var: 'dab', op: 'dateLte', value: { var: 'dae' } } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R22',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['dae', 'dat'],
    text: 'dae is not later than dat, unless dae = ongoing; use the shared precision.',
    expr: [{ require: { var: 'dae', op: 'dateLte', value: { var: 'dat' } } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R23',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['dab', 'dat'],
    text: 'dab is not later than dat.',
    expr: [{ require: { var: 'dab', op: 'dateLte', value: { var: 'dat' } } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R24',
    severity: 'warning',
    scope: ['event'],
    variables: ['dat'],
    text: 'dat is in the future, or before the Trafficking in Persons Protocol (November 2000): the device clock may be wrong; keep the value, flag it and let the user correct it.',
    expr: [
      {
        confirm: true,
        when: {
          any: [
            { var: 'dat', op: 'dateGt', value: { var: 'now' } },
            { var: 'dat', op: 'dateLte', value: '2000-11' },
          ],
        },
      },
    ],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R25',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['dae'],
    text: 'dae = ongoing excludes an end date; it must be reviewed when the event is edited later.',
    expr: [{ require: { var: 'dae', op: 'single' } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R26',
    severity: 'error',
    scope: ['victim'],
    variables: ['lpv', 'lsv'],
    text: 'lsv differs from lpv; lsv needs lpv.',
    expr: [
      {
        require: { all: [{ var: 'lpv', op: 'notEmpty' }, { not: { var: 'lsv', op: 'eq', value: { var: 'lpv' } } }] },
        when: { var: 'lsv', op: 'isCode' },
      },
    ],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R27',
    severity: 'error',
    scope: ['victim'],
    variables: ['ncv'],
    text: 'ncv is a whole number from 0 to 30; 0 is not the same as nk or empty.',
    expr: [{ require: { var: 'ncv', op: 'between', value: [0, 30] } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R28',
    severity: 'warning',
    scope: ['victim'],
    variables: ['agv', 'ncv', 'msv', 'lev'],
    text: 'Implausible for the age: children recorded for a victim under 10; tertiary education under 15; married under 10. Ask, never block.',
    expr: [
      {
        confirm: true,
        when: {
          any: [
            {
              all: [
                { var: 'agv', op: 'lt', value: 10 },
                { var: 'ncv', op: 'gt', value: 0 },
              ],
            },
            {
              all: [
                { var: 'agv', op: 'lt', value: 15 },
                { var: 'lev', op: 'in', value: ['5', '6', '7', '8'] },
              ],
            },
            {
              all: [
                { var: 'agv', op: 'lt', value: 10 },
                { var: 'msv', op: 'in', value: ['married', 'widowed', 'divorced', 'separated', 'partnership'] },
              ],
            },
          ],
        },
      },
    ],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R29',
    severity: 'error',
    scope: ['victim', 'perpetrator'],
    variables: ['civ', 'cip'],
    text: 'stateless, nk, na and ref exclude countries (and each other) in civ and cip.',
    expr: [
      {
        require: {
          all: [
            {
              any: [
                { var: 'civ', op: 'countEq', value: 1 },
                { not: { var: 'civ', op: 'includesAny', value: ['stateless', 'nk', 'ref'] } },
              ],
            },
            {
              any: [
                { var: 'cip', op: 'countEq', value: 1 },
                { not: { var: 'cip', op: 'includesAny', value: ['stateless', 'nk', 'na'] } },
              ],
            },
          ],
        },
      },
    ],
    basis: 'implied',
    source: 'iccs-2015',
  },
  {
    id: 'R30',
    severity: 'error',
    scope: ['victim'],
    variables: ['sxv', 'stv'],
    text: 'na (not applicable) is not offered for the sex or age status of a victim; it is for perpetrators that are legal entities.',
    expr: [
      {
        require: {
          all: [{ not: { var: 'sxv', op: 'eq', value: 'na' } }, { not: { var: 'stv', op: 'eq', value: 'na' } }],
        },
      },
    ],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R31',
    severity: 'derive',
    scope: ['perpetrator'],
    variables: ['sxp', 'agp', 'stp', 'cip'],
    text: 'Perpetrator is a legal entity: sxp, agp, stp and cip become na.',
    expr: [{ set: { sxp: 'na', agp: 'na', stp: 'na', cip: ['na'] }, when: legalEntity }],
    basis: 'implied',
    source: 'iccs-2015',
  },
  {
    id: 'R32',
    severity: 'error',
    scope: ['link'],
    variables: ['rtv', 'rvp'],
    text: 'rtv and rvp exist only on a victim-perpetrator link inside one event and always have the same value.',
    expr: [
      {
        require: {
          all: [
            { var: 'link', op: 'exists' },
            { var: 'rtv', op: 'eq', value: { var: 'rvp' } },
          ],
        },
        when: {
          any: [
            { var: 'rtv', op: 'notEmpty' },
            { var: 'rvp', op: 'notEmpty' },
          ],
        },
      },
    ],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R33',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['sta', 'ret', 'dem'],
    text: 'sta confirmed or negated needs ret and dem (nk allowed); sta presumed has ret = dem = na.',
    expr: [
      {
        require: {
          all: [
            { var: 'ret', op: 'notEmpty' },
            { var: 'dem', op: 'notEmpty' },
          ],
        },
        when: { var: 'sta', op: 'in', value: ['confirmed', 'negated'] },
      },
      { set: { ret: 'na', dem: 'na' }, when: { var: 'sta', op: 'eq', value: 'presumed' } },
    ],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R34',
    severity: 'warning',
    scope: ['event', 'victim'],
    variables: ['sta'],
    text: 'sta negated: record is kept with its history but excluded from all victim and event counts.',
    expr: [{ exclude: 'counts', when: { var: 'sta', op: 'eq', value: 'negated' } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R35',
    severity: 'error',
    scope: ['event'],
    variables: ['ces', 'cca'],
    text: 'cca only when a criminal case exists.',
    expr: [
      {
        require: criminalCase,
        when: { all: [{ var: 'cca', op: 'notEmpty' }, { not: { var: 'cca', op: 'in', value: ['nk', 'na'] } }] },
      },
    ],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R36',
    severity: 'info',
    scope: ['event'],
    variables: ['ces', 'sta'],
    text: 'ces never changes sta: an acquittal, a closed case or a refusal to testify does not negate a victim.',
    expr: [{ noEffect: true }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R37',
    severity: 'error',
    scope: ['event', 'victim', 'perpetrator'],
    variables: [
      'coe',
      'moc',
      'ssc',
      'fls',
      'civ',
      'cip',
      'rpp',
      'x3mor',
      'x3rre',
      'x3plt',
      'x3trc',
      'x3asp',
      'x3soc',
      'x3loc',
    ],
    text: 'none (moc), nk, na and ref stand alone: in every list they exclude any other value and each other.',
    expr: [{ require: { var: '*', op: 'exclusiveAlone' } }],
    basis: 'implied',
    source: 'ctdc-2024',
  },
  {
    id: 'R38',
    severity: 'info',
    scope: ['victim'],
    variables: ['moc', 'stv', 'x3aft'],
    text: 'For a victim who is a minor, or was one when trafficked (x3aft below 18), moc may be none: means need not be shown for a child. For any other adult with moc = none and sta = confirmed, show a reminder, never block.',
    expr: [
      {
        confirm: true,
        when: {
          all: [
            { var: 'stv', op: 'eq', value: 'adult' },
            { var: 'moc', op: 'includes', value: 'none' },
            { var: 'sta', op: 'eq', value: 'confirmed' },
            {
              not: {
                all: [
                  { var: 'x3aft', op: 'isNumber' },
                  { var: 'x3aft', op: 'lt', value: 18 },
                ],
              },
            },
          ],
        },
      },
    ],
    basis: 'exact (treaty)',
    source: 'palermo-2000',
  },
  {
    id: 'R39',
    severity: 'info',
    scope: ['victim'],
    variables: ['moc', 'toe'],
    text: 'moc sex_abuse never adds type 1; moc debt_bondage never adds type 2.1.',
    expr: [{ noEffect: true }],
    basis: 'exact',
    source: 'ctdc-2024',
  },
  {
    id: 'R40',
    severity: 'error',
    scope: ['event'],
    variables: ['geo'],
    text: 'geo.extraterritorial excludes a country; otherwise a country is required, unless the place is not known.',
    expr: [
      {
        require: {
          any: [
            { var: 'geo', op: 'in', value: ['nk', 'na'] },
            {
              all: [
                { var: 'geo.extraterritorial', op: 'eq', value: true },
                { var: 'geo.country', op: 'empty' },
              ],
            },
            {
              all: [
                { not: { var: 'geo.extraterritorial', op: 'eq', value: true } },
                { var: 'geo.country', op: 'notEmpty' },
              ],
            },
          ],
        },
        when: { var: 'geo', op: 'notEmpty' },
      },
    ],
    basis: 'implied',
    source: 'iccs-2015',
  },
  {
    id: 'R41',
    severity: 'error',
    scope: ['victim'],
    variables: ['x3aft', 'agv'],
    text: 'Age when first trafficked is not above agv.',
    expr: [{ require: { var: 'x3aft', op: 'lte', value: { var: 'agv' } } }],
    basis: 'implied',
    source: 'htcds-2',
  },
  {
    id: 'R42',
    severity: 'derive',
    scope: ['victim'],
    variables: ['x3dur'],
    text: 'Duration in months only when dab and the end (dae, or dat if ongoing) have at least month precision.',
    expr: [
      {
        set: { x3dur: { fn: 'months' } },
        when: {
          all: [
            { var: 'dab', op: 'precisionGte', value: 'month' },
            {
              any: [
                { var: 'dae', op: 'precisionGte', value: 'month' },
                { var: 'dae', op: 'eq', value: 'ongoing' },
              ],
            },
          ],
        },
      },
    ],
    basis: 'proposed',
    source: 'ctdc-2024',
  },
  {
    id: 'R43',
    severity: 'error',
    scope: ['victim'],
    stage: 'export',
    variables: ['export'],
    text: 'Record-level export outside the organisation contains only victims whose consent covers that use; a withdrawn consent removes them from the next export.',
    expr: [
      {
        require: { var: 'consent.share', op: 'eq', value: 'yes' },
        when: { var: 'export.kind', op: 'eq', value: 'recordLevel' },
      },
    ],
    basis: 'implied',
    source: 'htcds-2',
  },
  {
    id: 'R44',
    severity: 'error',
    scope: ['table'],
    stage: 'export',
    variables: ['export'],
    text: 'Aggregate exports suppress small cells: below 5 as UNODC publishes; the threshold is configurable (CTDC used k = 11 for record-level release) and secondary suppression hides cells that could be computed back from totals.',
    expr: [{ suppressBelow: 5 }],
    basis: 'exact (practice)',
    source: 'glotip-data',
  },
  {
    id: 'R45',
    severity: 'error',
    scope: ['record'],
    stage: 'store',
    variables: ['all'],
    text: 'Missing codes are never merged: empty (not asked), nk, na and ref stay distinct in storage and in the full export; the mapping to a target format merges them last.',
    expr: [{ noMerge: ['', 'nk', 'na', 'ref'] }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R46',
    severity: 'warning',
    scope: ['event', 'victim', 'perpetrator'],
    variables: ['freeText'],
    text: 'Every free text is screened for names, telephone numbers, e-mail addresses, document numbers and street addresses.',
    expr: [{ confirm: true, when: { var: 'freeText', op: 'looksPersonal' } }],
    basis: 'implied',
    source: 'ctdc-2024',
  },
  {
    id: 'R47',
    severity: 'error',
    scope: ['event'],
    variables: ['victimId'],
    text: 'A victim appears at most once in an event; a second, later trafficking of the same person is a new event linked to the same victim pseudonym.',
    expr: [{ require: { var: 'event.victimIds', op: 'unique' } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R48',
    severity: 'warning',
    scope: ['pair'],
    stage: 'compare',
    variables: ['dedup'],
    text: 'Two events with the same victim pseudonym and overlapping dab-dae periods may be the same event reported twice: propose a merge, never merge automatically. Periods known to be apart: suggest x3prv = yes on the later one.',
    expr: [
      {
        confirm: true,
        when: {
          all: [
            { var: 'pair.sameVictim', op: 'eq', value: true },
            { var: 'pair.periodsOverlap', op: 'eq', value: true },
          ],
        },
      },
      {
        suggest: { x3prv: 'yes' },
        when: {
          all: [
            { var: 'pair.sameVictim', op: 'eq', value: true },
            { var: 'pair.periodsOverlap', op: 'eq', value: false },
          ],
        },
      },
    ],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R49',
    severity: 'info',
    scope: ['perpetrator'],
    variables: ['stp'],
    text: 'One human being may be a victim in one record and a perpetrator in another; keep two unlinked records and never export a link (non-punishment). A reminder is shown when a minor is entered as perpetrator.',
    expr: [{ confirm: true, when: { var: 'stp', op: 'eq', value: 'minor' } }],
    basis: 'implied',
    source: 'unodc-fc-2023',
  },
  {
    id: 'R50',
    severity: 'derive',
    scope: ['victim'],
    variables: ['civ', 'geo'],
    text: 'National or foreign is derived from civ and geo.country; with several citizenships, national if any matches.',
    expr: [{ set: { 'civ.national': { fn: 'national' } }, when: { var: 'civ', op: 'notEmpty' } }],
    basis: 'exact',
    source: 'iccs-2015',
  },
  {
    id: 'R51',
    severity: 'info',
    scope: ['victim'],
    variables: ['toe'],
    text: 'An imported bare 8 has lost its components: ask for them.',
    expr: [{ confirm: true, when: { var: 'toe', op: 'includes', value: '8' } }],
    basis: 'proposed',
    source: 'project',
  },
] as const satisfies readonly Rule[]

export type RuleId = (typeof rules)[number]['id']
