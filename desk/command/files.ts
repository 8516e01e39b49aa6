import { randomUUID } from 'node:crypto'
import { chmod, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DeskError } from './desk-error.ts'

/**
 * Writes a file so that it is there whole or not at all, readable only by its owner. What stood there before stays until
 * the new one is on the disk. Throws DeskError `cannot-write`.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}.part`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw new DeskError('cannot-write', path, cause)
  }
}

/** Makes a folder that only its owner may enter. Throws DeskError `cannot-write`. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await chmod(path, 0o700)
  } catch (cause) {
    throw new DeskError('cannot-write', path, cause)
  }
}

/** Takes a file away; one that is not there is no fault. Throws DeskError `cannot-write`. */
export async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch((cause: unknown) => {
    throw new DeskError('cannot-write', path, cause)
  })
}

/** Whether anything has this name. Throws DeskError `cannot-read`. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw new DeskError('cannot-read', path, cause)
  }
}

/** The bytes of a file, `undefined` where there is none. Throws DeskError `cannot-read`. */
export async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new DeskError('cannot-read', path, cause)
  }
}

/** The bytes of a file. Throws DeskError `cannot-read`. */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readIfThere(path)
  if (bytes === undefined) throw new DeskError('cannot-read', path)
  return bytes
}
