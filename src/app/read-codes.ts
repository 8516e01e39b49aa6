import { decodeQRBatch } from 'qr/decode.js'

/** What a photograph of a whole sheet needs for each of its modules, and what a tablet can hold. */
const longestSide = { photograph: 3000, frame: 1920 } as const
/** Milliseconds for trying again at what is hard to read; one more frame is soon there. */
const patience = { photograph: 4000, frame: 60 } as const

/** The texts of all QR codes in what the camera sees now. */
export const codesInFrame = async (video: HTMLVideoElement): Promise<string[]> =>
  video.videoWidth === 0 ? [] : await codesIn(video, video.videoWidth, video.videoHeight, 'frame')

/** The texts of all QR codes in a picture; `undefined` where the file is none that the browser can read. */
export async function codesInPicture(file: Blob): Promise<string[] | undefined> {
  const picture = await opened(file)
  if (!picture) return undefined
  try {
    return await codesIn(picture, picture.width, picture.height, 'photograph')
  } finally {
    picture.close()
  }
}

async function opened(file: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file)
  } catch {
    return undefined
  }
}

async function codesIn(
  source: CanvasImageSource,
  width: number,
  height: number,
  kind: keyof typeof longestSide,
): Promise<string[]> {
  const scale = Math.min(1, longestSide[kind] / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const drawn = canvas.getContext('2d', { willReadFrequently: true })
  if (!drawn) return []
  // What is transparent in a picture is paper.
  drawn.fillStyle = '#fff'
  drawn.fillRect(0, 0, canvas.width, canvas.height)
  drawn.drawImage(source, 0, 0, canvas.width, canvas.height)
  const pixels = drawn.getImageData(0, 0, canvas.width, canvas.height)
  const maxSize = { width: canvas.width, height: canvas.height }
  const [found = []] = await decodeQRBatch([pixels], { maxSize, timeLimit: patience[kind] })
  return found.filter((text) => typeof text === 'string')
}
