/** A printed page as a reader sees it: its texts in order, and how far right (in pt) its last letter begins. */
export interface PrintedPage {
  readonly text: string
  readonly width: number
  readonly rightmost: number
}

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')

const TOKEN = /<g\b([^>]*)>|<\/g>|<use\b[^>]*\bx="([-\d.]+)"|<h5:div class="tsel"[^>]*>([^<]*)</g

/** Reads the typesetter's picture of the pages, which holds where each letter stands and what the lines say. */
export function readPages(svg: Uint8Array | undefined): PrintedPage[] {
  const pages: { text: string; width: number; rightmost: number }[] = []
  // Where each open group begins, and how much it magnifies.
  const groups: { x: number; scale: number }[] = []
  for (const [token, attributes, x, text] of Buffer.from(svg ?? [])
    .toString('utf8')
    .matchAll(TOKEN)) {
    const page = pages.at(-1)
    const { x: left, scale } = groups.at(-1) ?? { x: 0, scale: 1 }
    if (token === '</g>') groups.pop()
    else if (attributes !== undefined) {
      const width = /data-page-width="([\d.]+)"/.exec(attributes)?.[1]
      if (width) pages.push({ text: '', width: Number(width), rightmost: 0 })
      const moved = Number(/transform="translate\(([-\d.]+)/.exec(attributes)?.[1] ?? 0)
      const magnified = Number(/transform="scale\(([-\d.]+)/.exec(attributes)?.[1] ?? 1)
      groups.push({ x: left + moved * scale, scale: scale * magnified })
    } else if (x !== undefined && page) page.rightmost = Math.max(page.rightmost, left + Number(x) * scale)
    else if (text !== undefined && page) page.text += `${decode(text).replaceAll('\u200b', '')} `
  }
  return pages
}
