import type { Refusal } from '../errors.ts'
import type { Locale } from '../i18n/index.ts'

/** Seconds after which whoever found the house busy, or was too quick, may come again. */
export const RETRY_AFTER = '5'

/** A refusal as RFC 9457 problem details. `status`: when the answer's is not the refusal's own. */
export function problem(refusal: Refusal, locale: Locale, traceId: string, status: number = refusal.status): Response {
  const body = {
    type: `urn:cuaso:refusal:${refusal.code}`,
    title: refusal.message[locale],
    status,
    ...(refusal.next ? { detail: refusal.next[locale] } : {}),
    code: refusal.code,
    traceId,
    ...(refusal.fields?.length ? { errors: refusal.fields.map((field) => ({ path: field.path, message: field.message[locale] })) } : {}),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...(status === 429 || status === 503 ? { 'retry-after': RETRY_AFTER } : {}),
    },
  })
}
