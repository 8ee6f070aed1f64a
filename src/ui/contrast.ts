/** WCAG 2.2 relative luminance of `#rrggbb`. */
export function luminance(hex: string): number {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!match) throw new RangeError(`not a colour of the form #rrggbb: ${hex}`)
  const [r, g, b] = [match[1], match[2], match[3]].map((part) => {
    const channel = Number.parseInt(part ?? '0', 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG 2.2 contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Least contrast for body text, WCAG 2.2 criterion 1.4.3 (level AA). */
export const READABLE = 4.5

/** Whether white text can be read on a colour. */
export const carriesWhiteText = (hex: string): boolean => contrast(hex, '#ffffff') >= READABLE

/** A colour mixed towards black by `share` (0 to 1). */
export function darken(hex: string, share: number): string {
  luminance(hex)
  const parts = [1, 3, 5].map((at) => Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * (1 - share)))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** A colour mixed towards white by `share` (0 to 1). */
export function lighten(hex: string, share: number): string {
  luminance(hex)
  const parts = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16)
    return Math.round(part + (255 - part) * share)
  })
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/**
 * Style sheet that gives a province its own primary colour; serve it at an address and pass that as `province.themeHref`.
 * @throws RangeError when the colour cannot be read on our paper, nor white on it: the start must stop with that one line.
 */
export function provinceTheme(primary: string): string {
  const ratio = contrast(primary, PAPER)
  if (ratio < READABLE) throw new RangeError(`${primary} on paper has contrast ${ratio.toFixed(2)}, at least ${READABLE} is needed`)
  // On a dark page the same hue must be light enough to be read as text: lighten in steps until it is.
  let bright = primary
  for (let share = 0.1; contrast(bright, darkPaper) < READABLE && share <= 1; share += 0.1) bright = lighten(primary, share)
  return [
    `:root{--cs-primary:${primary};--cs-primary-strong:${darken(primary, 0.25)};--cs-primary-deep:${darken(primary, 0.5)};--cs-primary-text:${primary}}`,
    `@media (prefers-color-scheme:dark){:root{--cs-primary-text:${bright}}}`,
  ].join('\n')
}

// Page colour of the light theme. White is a little brighter still, so what can be read on paper carries white text too.
const PAPER = '#fbfbf8'

/** Page colour of the dark theme, as in theme/_tokens.scss. */
export const darkPaper = '#10181c'
