import type { Text } from './i18n/index.ts'

/** A place in a text, both counted from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

export type JsonText =
  | {
      readonly ok: true
      readonly value: unknown
      /** Where a value stands: `pages.0.fields.2`; the nearest one above when there is no such value. */
      placeOf(path: readonly PropertyKey[]): TextPlace
    }
  | { readonly ok: false; readonly place: TextPlace; readonly message: Text }

const DEPTH = 64

class Wrong extends Error {
  readonly at: number
  readonly text: Text
  constructor(at: number, vi: string, en: string) {
    super(en)
    this.at = at
    this.text = { vi, en }
  }
}

function placeAt(text: string, at: number): TextPlace {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return { line, column: at - before.lastIndexOf('\n') }
}

/** Goes through JSON once, noting where each value begins. What it accepts is read by `JSON.parse` afterwards. */
function scan(text: string): Map<string, number> {
  const places = new Map<string, number>()
  let at = 0
  const blanks = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at] as string)) at += 1
  }
  const seen = (): string => (at >= text.length ? '' : text.slice(at, at + 1))
  const expected = (vi: string, en: string): Wrong =>
    at >= text.length
      ? new Wrong(at, `Tệp hết giữa chừng: còn thiếu ${vi}.`, `The text ends too early: ${en} is missing.`)
      : new Wrong(at, `Gặp “${seen()}”, ở đây phải là ${vi}.`, `Found “${seen()}” where ${en} should be.`)
  const string = (): string => {
    const from = at
    if (text[at] !== '"') throw expected('dấu nháy kép "', 'a double quote')
    const found = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy
    found.lastIndex = at
    const match = found.exec(text)
    if (!match)
      throw new Wrong(
        from,
        'Chuỗi này chưa đóng, hoặc có ký tự không được phép.',
        'This string is not closed, or holds a character that may not be in it.',
      )
    at += match[0].length
    return JSON.parse(match[0]) as string
  }
  const value = (path: string, depth: number): void => {
    blanks()
    places.set(path, at)
    if (depth > DEPTH) throw new Wrong(at, 'Lồng nhau quá sâu.', 'Nested too deeply.')
    const first = seen()
    if (first === '{') list('}', path, depth, true)
    else if (first === '[') list(']', path, depth, false)
    else if (first === '"') string()
    else plain()
  }
  const plain = (): void => {
    const word = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y
    word.lastIndex = at
    const match = word.exec(text)
    if (!match) throw expected('một giá trị', 'a value')
    at += match[0].length
  }
  const list = (close: '}' | ']', path: string, depth: number, named: boolean): void => {
    at += 1
    blanks()
    if (seen() === close) {
      at += 1
      return
    }
    const names = new Set<string>()
    for (let n = 0; ; n += 1) {
      blanks()
      let name = String(n)
      if (named) {
        const from = at
        name = string()
        if (names.has(name)) throw new Wrong(from, `Tên “${name}” có hai lần.`, `The name “${name}” occurs twice.`)
        names.add(name)
        blanks()
        if (seen() !== ':') throw expected('dấu hai chấm', 'a colon')
        at += 1
      }
      value(path === '' ? name : `${path}\u0000${name}`, depth + 1)
      blanks()
      if (seen() === close) {
        at += 1
        return
      }
      if (seen() !== ',') throw expected(`dấu phẩy hoặc “${close}”`, `a comma or “${close}”`)
      at += 1
    }
  }
  value('', 0)
  blanks()
  if (at < text.length) throw new Wrong(at, 'Thừa chữ sau phần cuối.', 'There is more after the end.')
  return places
}

/** Reads JSON that a person brought; a mistake is told with its line and column, and so can be what a schema finds later. */
export function readJsonText(given: string): JsonText {
  const text = given.replace(/^\uFEFF/, '')
  try {
    const places = scan(text)
    return {
      ok: true,
      value: JSON.parse(text) as unknown,
      placeOf(path) {
        for (let length = path.length; length > 0; length -= 1) {
          const found = places.get(path.slice(0, length).map(String).join('\u0000'))
          if (found !== undefined) return placeAt(text, found)
        }
        return placeAt(text, places.get('') ?? 0)
      },
    }
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    return { ok: false, place: placeAt(text, error.at), message: error.text }
  }
}

interface Issue {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly input?: unknown
  readonly keys?: readonly string[]
  readonly values?: readonly unknown[]
}

/** What a schema found, as sentences with line and column: at most `most` of them. */
export function sentencesOf(read: Extract<JsonText, { ok: true }>, issues: readonly Issue[], most = 10): Text[] {
  return issues.slice(0, most).map((issue) => {
    const { line, column } = read.placeOf(issue.path)
    const name = issue.path.map(String).join('.')
    const [vi, en] = explained(issue)
    return {
      vi: `Dòng ${line}, cột ${column}${name ? ` (${name})` : ''}: ${vi}`,
      en: `Line ${line}, column ${column}${name ? ` (${name})` : ''}: ${en}`,
    }
  })
}

/** A rule's own message in both languages (`say` of kernel/http/form.ts), when it is one. */
function told(message: string): [string, string] | undefined {
  if (!message.startsWith('{')) return undefined
  try {
    const { vi, en } = JSON.parse(message) as { vi?: unknown; en?: unknown }
    return typeof vi === 'string' && typeof en === 'string' ? [vi, en] : undefined
  } catch {
    return undefined
  }
}

function explained({ code, keys, values, message }: Issue): [string, string] {
  const own = told(message)
  if (own) return own
  if (code === 'unrecognized_keys' && keys)
    return [`không biết tên ${keys.join(', ')}; bỏ đi hoặc sửa lại.`, `unknown name ${keys.join(', ')}.`]
  if (code === 'invalid_value' && values)
    return [`chỉ nhận ${values.map(String).join(', ')}.`, `must be one of ${values.map(String).join(', ')}.`]
  if (code === 'invalid_union') return ['không đúng dạng nào được nhận.', 'is in none of the forms that are taken.']
  if (code === 'too_small') return ['còn trống hoặc quá nhỏ.', 'is empty or too small.']
  if (code === 'too_big') return ['quá dài hoặc quá lớn.', 'is too long or too large.']
  if (code === 'invalid_format') return ['viết chưa đúng dạng.', 'is not written in the expected form.']
  if (/received undefined/.test(message)) return ['thiếu giá trị này.', 'is missing.']
  return ['giá trị chưa đúng loại.', `is not right (${message}).`]
}
