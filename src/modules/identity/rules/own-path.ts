const ORIGIN = 'http://own.invalid'
const WAYS_IN = /^\/(dang-nhap|dang-xuat|vneid-gia-lap)(\/|$)/

/**
 * Where to go after signing in: the wanted address when it is a page of ours, else `fallback`. Never another site (`//evil`, `/\evil`,
 * `https:…`), never a sign-in page again.
 */
export function ownPath(wanted: string | null | undefined, fallback = '/'): string {
  if (!wanted || wanted.length > 2000 || !/^\/(?![/\\])/.test(wanted)) return fallback
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop tabs and newlines inside addresses, so "/\t/evil" is "//evil"
  if (/[\u0000-\u0020\\\u007f]/.test(wanted) || !URL.canParse(wanted, ORIGIN)) return fallback
  const url = new URL(wanted, ORIGIN)
  // "/./" and "/a/../" are resolved by the parser: what is left must not begin with two slashes either.
  if (url.origin !== ORIGIN || url.pathname.startsWith('//') || WAYS_IN.test(url.pathname)) return fallback
  return url.pathname + url.search
}
