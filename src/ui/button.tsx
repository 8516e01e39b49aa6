import type { ComponentPropsWithRef, ReactNode } from 'react'

interface Props extends ComponentPropsWithRef<'button'> {
  /** first: the one act of the screen · quiet: without a frame · danger: takes something away. */
  readonly look?: 'first' | 'quiet' | 'danger'
  readonly wide?: boolean
  /** Holds an icon alone; give it an `aria-label`. */
  readonly icon?: boolean
}

export function Button({ look, wide, icon, className, ...rest }: Props): ReactNode {
  const names = ['button', look, wide && 'wide', icon && 'icon', className].filter(Boolean)
  return <button type="button" {...rest} className={names.join(' ')} />
}
