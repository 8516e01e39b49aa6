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
    expr: [{ require: { var: 'toe', op: 'notEmpty' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R02',
    severity: 'derive',
    scope: ['victim'],
    variables: ['toe'],
    expr: [{ set: { 'toe.summary': '8' }, when: { var: 'toe', op: 'countL1Gte', value: 2 } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R03',
    severity: 'derive',
    scope: ['victim'],
    variables: ['toe'],
    expr: [{ set: { 'toe.summary': { fn: 'commonCode' } }, when: { var: 'toe', op: 'countL1Lte', value: 1 } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R04',
    severity: 'error',
    scope: ['victim'],
    variables: ['toe'],
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
    expr: [{ set: { 'event.toe': { fn: 'unionOverVictims' } } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R07',
    severity: 'error',
    scope: ['victim'],
    variables: ['toe'],
    expr: [{ require: { var: 'toeText[6.5]', op: 'notEmpty' }, when: { var: 'toe', op: 'includes', value: '6.5' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R08',
    severity: 'info',
    scope: ['victim'],
    variables: ['toe'],
    expr: [{ confirm: true, when: { var: 'toe', op: 'includes', value: '6.2' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R09',
    severity: 'info',
    scope: ['victim'],
    variables: ['toe'],
    expr: [{ confirm: true, when: { var: 'toe', op: 'includes', value: '3' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R10',
    severity: 'info',
    scope: ['event'],
    variables: ['toe', 'cyb'],
    expr: [{ suggest: { cyb: 'yes' }, when: { var: 'toe', op: 'includes', value: '5.4' } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R11',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['ssc', 'toe'],
    expr: [{ require: sexualAmongTypes, when: { var: 'ssc', op: 'notEmpty' } }],
    basis: 'exact',
    source: 'seed-un2025',
  },
  {
    id: 'R12',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['fls', 'toe'],
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
    expr: [{ confirm: true, when: { var: 'agp', op: 'lt', value: 10 } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R21',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['dab', 'dae'],
    expr: [{ require: { var: 'dab', op: 'dateLte', value: { var: 'dae' } } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R22',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['dae', 'dat'],
    expr: [{ require: { var: 'dae', op: 'dateLte', value: { var: 'dat' } } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R23',
    severity: 'error',
    scope: ['event', 'victim'],
    variables: ['dab', 'dat'],
    expr: [{ require: { var: 'dab', op: 'dateLte', value: { var: 'dat' } } }],
    basis: 'implied',
    source: 'seed-un2025',
  },
  {
    id: 'R24',
    severity: 'warning',
    scope: ['event'],
    variables: ['dat'],
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
    expr: [{ require: { var: 'dae', op: 'single' } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R26',
    severity: 'error',
    scope: ['victim'],
    variables: ['lpv', 'lsv'],
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
    expr: [{ require: { var: 'ncv', op: 'between', value: [0, 30] } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R28',
    severity: 'warning',
    scope: ['victim'],
    variables: ['agv', 'ncv', 'msv', 'lev'],
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
    expr: [{ set: { sxp: 'na', agp: 'na', stp: 'na', cip: ['na'] }, when: legalEntity }],
    basis: 'implied',
    source: 'iccs-2015',
  },
  {
    id: 'R32',
    severity: 'error',
    scope: ['link'],
    variables: ['rtv', 'rvp'],
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
    expr: [{ exclude: 'counts', when: { var: 'sta', op: 'eq', value: 'negated' } }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R35',
    severity: 'error',
    scope: ['event'],
    variables: ['ces', 'cca'],
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
    expr: [{ require: { var: '*', op: 'exclusiveAlone' } }],
    basis: 'implied',
    source: 'ctdc-2024',
  },
  {
    id: 'R38',
    severity: 'info',
    scope: ['victim'],
    variables: ['moc', 'stv', 'x3aft'],
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
    expr: [{ noEffect: true }],
    basis: 'exact',
    source: 'ctdc-2024',
  },
  {
    id: 'R40',
    severity: 'error',
    scope: ['event'],
    variables: ['geo'],
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
    expr: [{ require: { var: 'x3aft', op: 'lte', value: { var: 'agv' } } }],
    basis: 'implied',
    source: 'htcds-2',
  },
  {
    id: 'R42',
    severity: 'derive',
    scope: ['victim'],
    variables: ['x3dur'],
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
    expr: [{ noMerge: ['', 'nk', 'na', 'ref'] }],
    basis: 'proposed',
    source: 'project',
  },
  {
    id: 'R46',
    severity: 'warning',
    scope: ['event', 'victim', 'perpetrator'],
    variables: ['freeText'],
    expr: [{ confirm: true, when: { var: 'freeText', op: 'looksPersonal' } }],
    basis: 'implied',
    source: 'ctdc-2024',
  },
  {
    id: 'R47',
    severity: 'error',
    scope: ['event'],
    variables: ['victimId'],
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
    expr: [{ confirm: true, when: { var: 'stp', op: 'eq', value: 'minor' } }],
    basis: 'implied',
    source: 'unodc-fc-2023',
  },
  {
    id: 'R50',
    severity: 'derive',
    scope: ['victim'],
    variables: ['civ', 'geo'],
    expr: [{ set: { 'civ.national': { fn: 'national' } }, when: { var: 'civ', op: 'notEmpty' } }],
    basis: 'exact',
    source: 'iccs-2015',
  },
  {
    id: 'R51',
    severity: 'info',
    scope: ['victim'],
    variables: ['toe'],
    expr: [{ confirm: true, when: { var: 'toe', op: 'includes', value: '8' } }],
    basis: 'proposed',
    source: 'project',
  },
] as const satisfies readonly Rule[]

export type RuleId = (typeof rules)[number]['id']
