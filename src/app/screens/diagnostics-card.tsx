import { Trans } from '@lingui/react/macro'
import { Fragment, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { diagnostics, diagnosticsText } from '../diagnostics.ts'
import { download } from '../hand-out.ts'

/** What was counted since the page was opened, as it would stand in the file. */
export function DiagnosticsCard(): ReactNode {
  const lines = diagnostics().toReversed()
  const save = () => {
    download(new Blob([diagnosticsText()], { type: 'text/plain' }), 'diagnostics.txt')
  }
  return (
    <section className="card stack">
      <h2>
        <Trans>For whoever repairs Daybook</Trans>
      </h2>
      <p className="small">
        <Trans>
          What went wrong since this page was opened, as codes and numbers. There is nothing of any case in it, and it
          stays here unless you save it.
        </Trans>
      </p>
      <div dir="ltr">
        <dl className="facts num">
          {lines.slice(0, 20).map(({ code, count, ms }) => (
            <Fragment key={`${code}/${ms}`}>
              <dt>{code}</dt>
              <dd>
                × {count} · {Math.round(ms / 1_000)} s
              </dd>
            </Fragment>
          ))}
        </dl>
      </div>
      <Button look="quiet" className="at-start" onClick={save}>
        <Trans>Save it as a file</Trans>
      </Button>
    </section>
  )
}
