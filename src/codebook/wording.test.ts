import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'

import { allVariables, codebook } from './codebook.ts'
import { ruleTexts } from './rule-texts.ts'
import type { RuleId } from './rules.ts'
import { edition } from './edition.ts'

/**
 * What people are asked and what is checked, as one digest, so that an accidental edit is noticed. A change on purpose
 * is a new edition: raise `edition`, say in `about.changes` what changed, and put the digest that the failing test
 * prints beside the new number. Old lines stay.
 */
const digests: Readonly<Record<string, string>> = {
  '0.1.1': '8a6d3caa12667a8634e3a11509a3cd24840b9db545fc6ab700b9f4925e0ef40a',
}

/** JSON with keys in order, so that the order in which an object was written does not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

test('the wording, the codes and the rules are those of the edition', () => {
  const variables = allVariables.map((one) => ({
    code: one.code,
    unit: one.unit,
    step: one.step,
    label: one.label,
    question: one.question,
    definition: one.definition,
    missing: one.missing,
    askedWhen: one.askedWhen,
    values: 'list' in one ? one.list?.entries.map((entry) => ({ ...entry, display: undefined })) : [],
  }))
  const forms = codebook.classification.entries.map(({ code, label, help }) => ({ code, label, help }))
  const rules = codebook.rules.map(({ id, severity, scope, stage, expr }) => ({
    id,
    severity,
    scope,
    stage,
    text: ruleTexts[id as RuleId],
    expr,
  }))
  const said = canonical({ variables: variables.toSorted((a, b) => (a.code < b.code ? -1 : 1)), forms, rules })
  expect(createHash('sha256').update(said).digest('hex')).toBe(digests[edition])
})
