import type { NumberedKind } from '../../printing/index.ts'

const slugs: Readonly<Record<NumberedKind, string>> = {
  receipt: 'giay-tiep-nhan',
  supplement: 'yeu-cau-bo-sung',
  refusal: 'tu-choi-tiep-nhan',
  extension: 'xin-loi-gia-han',
  stop: 'dung-giai-quyet',
}

/** The slip of hand-overs, made anew each time. */
export const CONTROL_SLIP = 'phieu-kiem-soat.pdf'

/** The name of a paper in addresses: `yeu-cau-bo-sung-2.pdf`. */
export const documentName = (kind: NumberedKind, occurrence: number): string => `${slugs[kind]}-${occurrence}.pdf`

/** What a name in an address stands for; undefined when it names no paper. */
export function readDocumentName(name: string): { kind: NumberedKind; occurrence: number } | undefined {
  const [, slug, count] = /^([a-z-]+)-([1-9]\d{0,3})\.pdf$/.exec(name) ?? []
  const kind = (Object.keys(slugs) as NumberedKind[]).find((one) => slugs[one] === slug)
  return kind && { kind, occurrence: Number(count) }
}
