import { Trans } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { showCaseCode } from '../../record/ids.ts'

/** Drafts of which the organisation gets no safety copy: what is safe, what is not, what to do. */
export function TooLongToCopy({ codes = [] }: { readonly codes?: readonly string[] | undefined }): ReactNode {
  return codes.map((code) => (
    <p key={code} className="saved attention">
      <TriangleAlert aria-hidden="true" />
      <span>
        <Trans>
          All of case <bdi dir="ltr">{showCaseCode(code)}</bdi> is saved on this tablet. It has grown too large for a
          safety copy, so your organisation has none of it as it is now. Copy it to a stick or another device, and
          shorten long texts or record some of the people in a second case.
        </Trans>
      </span>
    </p>
  ))
}
