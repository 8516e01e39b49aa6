import type { CodeList } from '../code-list.ts'
import { declined, notKnown } from './missing.ts'

export const meansOfControl = {
  id: 'means-of-control',
  entries: [
    {
      code: 'debt_bondage',
      label: 'Debt bondage',
      definition:
        'The person has to work off a real or invented debt, without control over its size or over what counts as repayment.',
    },
    { code: 'takes_earnings', label: 'Takes earnings', definition: 'Pay is kept, confiscated or never handed over.' },
    {
      code: 'restricts_finances',
      label: 'Restricts financial access',
      definition: 'The person cannot use their own money, account or bank card.',
    },
    {
      code: 'threats',
      label: 'Threats',
      definition:
        'Harm or loss is threatened, openly or by hints, against the person or somebody close to them. Threats to call the authorities are coded separately.',
    },
    {
      code: 'threat_authorities',
      label: 'Threat of law enforcement',
      definition: 'The exploiter threatens to call the police, immigration or another authority against the person.',
    },
    {
      code: 'uses_children',
      label: 'Uses children or family',
      definition: 'Children or family are kept away, held or threatened to make the person obey.',
    },
    {
      code: 'psych_abuse',
      label: 'Psychological abuse',
      definition: 'Humiliation, manipulation, emotional dependence or another form of mental pressure.',
    },
    {
      code: 'phys_abuse',
      label: 'Physical abuse',
      definition: 'Acts that hurt or injure the body, other than sexual acts.',
    },
    {
      code: 'sex_abuse',
      label: 'Sexual abuse',
      definition:
        'Sexual violence or reproductive coercion used to control the person, not as the aim of the trafficking. It does not by itself add type 1.',
    },
    {
      code: 'false_promises',
      label: 'False promises',
      definition:
        'Lies about the work, pay, place, studies, marriage or other conditions brought the person into the situation.',
    },
    {
      code: 'substances',
      label: 'Psychoactive substances',
      definition: 'Drugs or alcohol are given, forced on the person, or an existing dependence is used.',
    },
    {
      code: 'restricts_movement',
      label: 'Restricts movement',
      definition: 'The person is locked in, watched, escorted, moved around or cut off from others.',
    },
    {
      code: 'restricts_medical',
      label: 'Restricts medical care',
      definition: "Health care is refused, or only possible under the exploiter's control.",
    },
    {
      code: 'withholds_needs',
      label: 'Withholds necessities',
      definition: 'Food, water, sleep place, hygiene, clothing or similar needs are denied or used as a threat.',
    },
    {
      code: 'excess_hours',
      label: 'Excessive working hours',
      definition: 'Hours go far beyond what was agreed, or keep the person from seeking help.',
    },
    {
      code: 'withholds_docs',
      label: 'Withholds documents',
      definition: 'Passport, identity card, permit or other important papers are kept or destroyed.',
    },
    {
      code: 'other',
      label: 'Other',
      definition: 'Another tactic; describe it without naming anybody.',
      freeText: 'optional',
    },
    {
      code: 'none',
      label: 'None recorded',
      definition: 'No means of control was found. Valid for a child: for children no means needs to be shown.',
      exclusive: true,
      confidence: 'proposed',
    },
    notKnown,
    declined,
  ],
} as const satisfies CodeList
