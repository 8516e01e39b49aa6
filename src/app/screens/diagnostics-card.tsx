import { Trans } from '@lingui/react/macro'
import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { diagnostics } from '../diagnostics.ts'
import { download } from '../hand-out.ts'
import { useHouse } from '../house.tsx'
import { diagnosticsText } from '../kept-diagnostics.ts'

/** What was counted on this device, as it would stand in the file; of this page alone where nothing else can be read. */
export function DiagnosticsCard(): ReactNode {
  const { delivery } = useHouse()
  const [lines, setLines] = useState(diagnostics)
  useEffect(() => {
    let here = true
    void delivery()
      ?.troubles()
      .then(
        (all) => here && setLines(all),
        () => undefined,
      )
    return () => {
      here = false
    }
  }, [delivery])
  const save = () => {
    download(new Blob([diagnosticsText(lines)], { type: 'text/plain' }), 'diagnostics.txt')
  }
  return (
    <section className="card stack">
      <h2>
        <Trans>For whoever repairs Daybook</Trans>
      </h2>
      <p className="small">
        <Trans>
          What went wrong in Daybook on this tablet lately, as codes and numbers. There is nothing of any case in it,
          and it stays here unless you save it.
        </Trans>
      </p>
      <dl className="facts num">
        {lines
          .slice(-20)
          .toReversed()
          .map(({ code, count, ms }, nth) => (
            <Fragment key={`${nth}/${code}/${ms}`}>
              <dt>
                <bdi dir="ltr">{code}</bdi>
              </dt>
              <dd>
                <bdi dir="ltr">
                  × {count} · {Math.round(ms / 1_000)} s
                </bdi>
              </dd>
            </Fragment>
          ))}
      </dl>
      <Button look="quiet" className="at-start" onClick={save}>
        <Trans>Save it as a file</Trans>
      </Button>
    </section>
  )
}
