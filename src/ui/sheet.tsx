import type { ReactNode } from 'react'

interface Props {
  /** Stands at the head of every printed page. */
  readonly head: ReactNode
  readonly children: ReactNode
}

/** Paper, A4. The head is that of a table, which every browser repeats on each page that it prints. */
export function Sheet({ head, children }: Props): ReactNode {
  return (
    <table className="sheet" role="presentation">
      <thead>
        <tr>
          <td>
            <div className="sheet-head">{head}</div>
          </td>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{children}</td>
        </tr>
      </tbody>
    </table>
  )
}
