import { expect, test } from 'vitest'
import { sessionCookie } from './server.ts'

test('over https the session’s cookie cannot be set from a subdomain or another path', () => {
  expect(sessionCookie({ baseUrl: 'https://dichvucong.camau.example' })).toBe('__Host-cuaso_session')
})

test('on a machine without https the name has no prefix, since browsers would drop it', () => {
  expect(sessionCookie({ baseUrl: 'http://localhost:3000' })).toBe('cuaso_session')
})
