import QRCode from 'qrcode'

interface QrProps {
  /** What a phone reads: usually an address. */
  readonly text: string
  /** Says what it is to those who cannot see it. */
  readonly label: string
  /** Side in px. */
  readonly size?: number
}

/** A QR code as one path of an inline SVG, always dark on white so that every phone reads it. */
export const Qr = ({ text, label, size = 160 }: QrProps) => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const quiet = 4
  const side = modules.size + quiet * 2
  return (
    <svg
      class="cs-qr"
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shape-rendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path fill="#000" d={runs(modules.data, modules.size, quiet)} />
    </svg>
  )
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
