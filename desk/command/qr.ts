import { correction, generate, type Bitmap2D } from 'lean-qr'

/** A QR code of a text, as a picture and as text for a terminal; `undefined` where the text is too long for one. */
export function qrOf(text: string): { svg: string; terminal: string } | undefined {
  const code = drawn(text)
  return code && { svg: svgOf(code, sizeOnScreen(code)), terminal: terminalOf(code) }
}

/** A QR code that will lie on paper, be folded and copied: with a reserve of 15 %, and as large as what it stands in. */
export function svgOfPart(text: string): string {
  return svgOf(generate(text, { minCorrectionLevel: correction.M }), '')
}

/** A quiet zone of four modules, as the standard for QR codes asks for. */
const margin = 4

function drawn(text: string): Bitmap2D | undefined {
  try {
    return generate(text, { minCorrectionLevel: correction.L })
  } catch {
    return undefined
  }
}

const sizeOnScreen = ({ size }: Bitmap2D) => ` width="${(size + 2 * margin) * 4}" height="${(size + 2 * margin) * 4}"`

function svgOf(code: Bitmap2D, size: string): string {
  const side = code.size + 2 * margin
  const modules = cellsOf(code)
    .map(([x, y]) => `M${x + margin} ${y + margin}h1v1h-1z`)
    .join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"${size} shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${modules}"/></svg>\n`
}

function cellsOf(code: Bitmap2D): (readonly [number, number])[] {
  const indexes = Array.from({ length: code.size }, (_, i) => i)
  return indexes.flatMap((y) => indexes.filter((x) => code.get(x, y)).map((x) => [x, y] as const))
}

/** Two rows of modules in one line of half blocks, dark on light whatever the colours of the terminal. */
function terminalOf(code: Bitmap2D): string {
  const lines: string[] = []
  for (let y = -margin; y < code.size + margin; y += 2) {
    let line = ''
    for (let x = -margin; x < code.size + margin; x++)
      line += halves[Number(code.get(x, y)) * 2 + Number(code.get(x, y + 1))]
    lines.push(`\u001B[30;107m${line}\u001B[0m`)
  }
  return lines.join('\n')
}

/** Index: upper module dark × 2 + lower module dark. */
const halves = [' ', '▄', '▀', '█'] as const
