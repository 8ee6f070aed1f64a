import { createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What a browser keeps: random, and about nobody. */
const COOKIE = /^[\w-]{22}$/

export const isDeviceCookie = (value: string | undefined): value is string => value !== undefined && COOKIE.test(value)

export const newDeviceCookie = (): string => randomBytes(16).toString('base64url')

/**
 * The mark of a device, as hex: a keyed digest of its cookie. The key follows from the house's secret and the province, so that it lies outside
 * the database, one province's marks say nothing in another, and nobody who reads the database finds a cookie in it.
 */
export function deviceMark(cookie: string, secret: string, provinceSlug: string): string {
  const key = new Uint8Array(hkdfSync('sha256', secret, provinceSlug, 'filing-device', 32))
  return createHmac('sha256', key).update(cookie).digest('hex').slice(0, 32)
}
