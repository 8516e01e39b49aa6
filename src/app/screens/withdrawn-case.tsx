import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { showCaseCode } from '../../record/ids.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { OpenCase, WithdrawReason } from '../../vault/api.ts'
import { useHouse } from '../house.tsx'
import { withdrawReasons } from '../sentences.ts'
import { TopBar } from '../top-bar.tsx'
import { History } from './check-and-send.tsx'

interface Props {
  readonly open: OpenCase
  readonly reason: WithdrawReason
}

/** What is left of a case that was withdrawn: that it was, why, and how far the word of it has travelled. */
export function WithdrawnCase({ open, reason }: Props): ReactNode {
  const { t } = useLingui()
  const { go } = useHouse()
  return (
    <>
      <TopBar
        title={
          <Trans>
            Case <bdi dir="ltr">{showCaseCode(open.code)}</bdi>
          </Trans>
        }
        status={<p className="saved">{t`Withdrawn`}</p>}
      />
      <main className="page narrow">
        <Notice look="warn">
          <p>
            <b>
              <Trans>This case is withdrawn.</Trans>
            </b>{' '}
            {t(withdrawReasons[reason])}.
          </p>
          <p>
            <Trans>
              Everything that was written in it is erased on this tablet, and nothing more can be written. Its sent
              versions are listed below; the last one says that it is withdrawn.
            </Trans>
          </p>
        </Notice>
        <History open={open} />
        <Button onClick={() => go({ name: 'home' })}>
          <ArrowLeft className="onward" aria-hidden="true" /> <Trans>All cases</Trans>
        </Button>
      </main>
    </>
  )
}
