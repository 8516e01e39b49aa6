import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { boxItemSchema, boxSchema } from './box.ts'
import { configurationSchema, profileSchema } from './configuration.ts'
import { importedReceiptSchema, receiptSchema, refusalBodySchema, refusals } from './receipt.ts'

const paper = readFileSync('docs/batch-format.md', 'utf8')

/** What stands under a heading of the paper. */
const under = (heading: string): string => paper.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''

describe('the paper of the format', () => {
  test.each([
    ['Box', Object.keys(boxSchema.shape)],
    ['Box', Object.keys(boxItemSchema.shape)],
    ['Configuration', Object.keys(configurationSchema.shape)],
    ['Configuration', Object.keys(configurationSchema.shape.limits.shape)],
    ['Receipt', [...Object.keys(receiptSchema.shape), ...refusals]],
    ['Receipt', Object.keys(importedReceiptSchema.shape)],
  ])('names every member under "%s", since those that it does not name are refused', (heading, members) => {
    expect(members.filter((member) => !under(heading).includes(`\`${member}\``))).toEqual([])
  })

  test.each([
    ['Configuration', /\*\*Profile\*\*: JSON `\{([^}]*)\}`/, Object.keys(profileSchema.shape)],
    ['Refusal', /the JSON is `\{([^}]*)\}`/, Object.keys(refusalBodySchema.shape)],
  ])('lists the members of a text of "%s" in one line', (heading, line, members) => {
    const [, listed = ''] = line.exec(under(heading).replaceAll('\n', ' ')) ?? []
    expect(listed.split(', ').map((member) => /^\w+/.exec(member)?.[0])).toEqual(members)
  })
})
