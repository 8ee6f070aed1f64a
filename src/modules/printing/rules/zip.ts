const END = 0x06054b50
const ENTRY = 0x02014b50
/** 1 January 1980, midnight: the first moment a ZIP file can name. */
const NO_TIME = 0x00210000

/**
 * A ZIP file whose entries all bear the same moment, in place: what was written a minute later is then the same file. Anything that is
 * not a ZIP file is left as it is.
 */
export function withoutTimes(zip: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  let end = zip.byteLength - 22
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1
  if (end < 0) return zip
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let entry = 0; entry < count && view.getUint32(at, true) === ENTRY; entry += 1) {
    view.setUint32(at + 12, NO_TIME, true)
    view.setUint32(view.getUint32(at + 42, true) + 10, NO_TIME, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return zip
}
