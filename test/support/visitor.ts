import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'

/** Something that answers requests: `web` of a composed application, or a fetch over the network. */
export type Answers = (request: Request) => Response | Promise<Response>

/** A browser without a screen: keeps cookies by path, follows no redirect by itself. */
export class Visitor {
  readonly #cookies = new Map<string, { value: string; path: string }>()
  readonly #answers: Answers
  readonly origin: string

  constructor(answers: Answers, origin = 'http://localhost:3000') {
    this.#answers = answers
    this.origin = origin
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)?.value
  }

  setCookie(name: string, value: string, path = '/'): void {
    this.#cookies.set(name, { value, path })
  }

  forget(): void {
    this.#cookies.clear()
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.origin)
    const headers = new Headers(init.headers)
    headers.set('host', url.host)
    const cookies = [...this.#cookies].filter(
      ([, { path: at }]) => url.pathname === at || url.pathname.startsWith(at.endsWith('/') ? at : `${at}/`),
    )
    if (cookies.length > 0) headers.set('cookie', cookies.map(([name, { value }]) => `${name}=${value}`).join('; '))
    const response = await this.#answers(new Request(url, { ...init, headers, redirect: 'manual' }))
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
    const get = (key: string): string | undefined =>
      attributes.find((one) => one.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1)
    if (get('max-age') === '0' || Date.parse(get('expires') ?? '') < Date.now()) this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path: get('path') ?? '/' })
  }

  get(path: string): Promise<Response> {
    return this.send(path)
  }

  /** Opens a page, takes its form token, and sends the form like a browser would. */
  async submit(path: string, fields: Readonly<Record<string, string>>, shownAt = path): Promise<Response> {
    const shown = await (await this.get(shownAt)).text()
    return this.post(path, { _csrf: csrfIn(shown), ...fields })
  }

  post(path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return this.send(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', ...headers },
    })
  }

  /** Goes on as long as it is sent on. Returns the last answer and every address on the way. */
  async follow(response: Response): Promise<{ response: Response; way: string[] }> {
    const way: string[] = []
    let last = response
    for (let hops = 0; last.status >= 300 && last.status < 400 && hops < 20; hops += 1) {
      const next = new URL(last.headers.get('location') ?? '', this.origin)
      way.push(next.pathname + next.search)
      if (next.origin !== this.origin) break
      last = await this.get(next.pathname + next.search)
    }
    return { response: last, way }
  }
}

/** The form token of a page. */
export const csrfIn = (html: string): string => /name="_csrf" value="([^"]*)"/.exec(html)?.[1] ?? ''

/** Listens on a free port of this machine, as the real server would. */
export async function listen(answers: Answers): Promise<{ origin: string; close(): Promise<void> }> {
  const server: Server = createServer(getRequestListener((request) => answers(request)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
