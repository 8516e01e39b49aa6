import { Plural } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Notice } from '../../ui/notice.tsx'
import type { Restored } from '../../vault/api.ts'

/** What became of each case of a copy, in words. */
export function RestoredCounts({
  restored,
}: {
  readonly restored: Extract<Restored, { status: 'restored' }>
}): ReactNode {
  const { fresh, same, kept, beside, failed, boxed, lacking } = restored
  return (
    <>
      <Notice look="derived" live="status">
        <ul>
          <li>
            <Plural
              value={fresh}
              one="# case was brought to this tablet."
              other="# cases were brought to this tablet."
            />
          </li>
          {same > 0 && (
            <li>
              <Plural value={same} one="# case says the same here." other="# cases say the same here." />
            </li>
          )}
          {kept > 0 && (
            <li>
              <Plural
                value={kept}
                one="# case is newer here, or was withdrawn here: it stayed as it was."
                other="# cases are newer here, or were withdrawn here: they stayed as they were."
              />
            </li>
          )}
          {beside > 0 && (
            <li>
              <Plural
                value={beside}
                one="# case is newer in the copy: it stands beside yours as a second version."
                other="# cases are newer in the copy: they stand beside yours as second versions."
              />
            </li>
          )}
          {boxed > 0 && (
            <li>
              <Plural
                value={boxed}
                one="# version is sealed again and waits to be sent."
                other="# versions are sealed again and wait to be sent."
              />
            </li>
          )}
        </ul>
      </Notice>
      {lacking > 0 && (
        <Notice look="warn" live="status">
          <Plural
            value={lacking}
            one="# case came without a version that was finished before. What was written since is whole. Ask your organisation whether that version has arrived."
            other="# cases came without a version that was finished before. What was written since is whole. Ask your organisation whether those versions have arrived."
          />
        </Notice>
      )}
      {failed > 0 && (
        <Notice look="must" live="alert">
          <Plural
            value={failed}
            one="# case could not be written here. The copy still has it: keep the file, free some space and try again."
            other="# cases could not be written here. The copy still has them: keep the file, free some space and try again."
          />
        </Notice>
      )}
    </>
  )
}
