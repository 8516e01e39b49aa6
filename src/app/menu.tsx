import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { withWords } from '../i18n/with-words.ts'
import { later } from '../ui/later.tsx'

const MenuSheet = later(async () => (await withWords(import('./menu-sheet.tsx'))).MenuSheet)

/** Opens the menu; `caseId` is the case that is open, which the menu offers to print. */
type OpenMenu = (caseId: string | undefined) => void

const MenuContext = createContext<OpenMenu>(() => undefined)

export function useMenu(): OpenMenu {
  return useContext(MenuContext)
}

/** Holds the menu above the screens: it stays open while the one under it is drawn anew, such as a case that was sent. */
export function MenuProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [menu, setMenu] = useState<{ readonly open: boolean; readonly caseId: string | undefined }>()
  const open = useCallback<OpenMenu>((caseId) => setMenu({ open: true, caseId }), [])
  const close = useCallback(() => setMenu((before) => before && { ...before, open: false }), [])
  const sheet = useMemo(
    () => menu && <MenuSheet open={menu.open} onClose={close} caseId={menu.caseId} />,
    [menu, close],
  )
  return (
    <MenuContext value={open}>
      {children}
      {sheet}
    </MenuContext>
  )
}
