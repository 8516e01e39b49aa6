/** Hands a file to the browser's downloads. */
export function download(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** The name of a sealed copy says nothing but the day. */
export const copyName = (now: Date): string => `copy-${now.toISOString().slice(0, 10)}.age`

/** That of a file of boxes, too; `part` where there are several of one day. */
export const boxesName = (now: Date, part: number): string =>
  `boxes-${now.toISOString().slice(0, 10)}${part > 1 ? `-${part}` : ''}.boxes`

const asFile = (bytes: Uint8Array<ArrayBuffer>, name: string): File =>
  new File([bytes], name, { type: 'application/octet-stream' })

/** Whether the system offers to hand such a file to another app; not every one takes files without a known ending. */
export const mayShare = (): boolean => {
  const given = { files: [asFile(new Uint8Array(1), copyName(new Date()))] }
  return typeof navigator.canShare === 'function' && navigator.canShare(given)
}

/** Whether another app took it; false where the person or the system declined. */
export async function share(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<boolean> {
  return await navigator.share({ files: [asFile(bytes, name)] }).then(
    () => true,
    () => false,
  )
}
