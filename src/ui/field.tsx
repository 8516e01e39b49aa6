import type { ComponentPropsWithRef, ReactNode } from 'react'

type Props =
  | ({ readonly as?: 'input' } & ComponentPropsWithRef<'input'>)
  | ({ readonly as: 'select' } & ComponentPropsWithRef<'select'>)
  | ({ readonly as: 'textarea' } & ComponentPropsWithRef<'textarea'>)

/** What keeps browser, keyboard and their vendors' services from remembering, completing or sending away what is typed. */
const toldToNobody = {
  autoComplete: 'off',
  autoCorrect: 'off',
  autoCapitalize: 'off',
  spellCheck: false,
  writingsuggestions: 'false',
} as const

/** The only place where an input, a select or a text area is made (security design, section 11). Has no look of its own. */
export function Field(props: Props): ReactNode {
  if (props.as === 'select') {
    const { as: _, ...rest } = props
    return <select {...rest} {...toldToNobody} />
  }
  if (props.as === 'textarea') {
    const { as: _, ...rest } = props
    return <textarea dir="auto" {...rest} {...toldToNobody} />
  }
  const { as: _, ...rest } = props
  const isText = (rest.type ?? 'text') === 'text' && rest.inputMode !== 'numeric'
  return <input dir={isText ? 'auto' : undefined} {...rest} {...toldToNobody} />
}
