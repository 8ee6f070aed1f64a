import { drawQr } from '../qr-drawing.ts'

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
  const { side, path } = drawQr(text)
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
      <path fill="#000" d={path} />
    </svg>
  )
}
