import QRCode from 'qrcode'

/** White modules around the code: a reader needs four. */
const QUIET = 4

/** A QR code as one path of black runs in a square of `side` modules. */
export function drawQr(text: string): { side: number; path: string } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  return { side: modules.size + QUIET * 2, path: runs(modules.data, modules.size, QUIET) }
}

/** A QR code as the text of an SVG file: for paper. */
export function qrSvg(text: string): string {
  const { side, path } = drawQr(text)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}"><path fill="#000" d="${path}"/></svg>`
}

/** One path of horizontal runs: a third of the size of a square a module. */
function runs(data: Uint8Array, size: number, quiet: number): string {
  let path = ''
  for (let y = 0; y < size; y += 1) {
    let x = 0
    while (x < size) {
      const start = x
      while (x < size && data[y * size + x]) x += 1
      if (x > start) path += `M${start + quiet} ${y + quiet}h${x - start}v1h${start - x}z`
      x += 1
    }
  }
  return path
}
