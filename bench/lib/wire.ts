import { connect, type Socket } from 'node:net'

/**
 * One open HTTP/1.1 connection, one request at a time, answers with a stated length: as little work for the client as a bare database
 * client has, so that the two cores are left to what is measured.
 */
export class Wire {
  readonly #socket: Socket
  readonly #host: string
  #waiting: { resolve(answer: { status: number; body: string }): void; reject(error: Error): void } | undefined
  #received: Buffer = Buffer.alloc(0)

  constructor(origin: string) {
    const { hostname, port, host } = new URL(origin)
    this.#host = host
    this.#socket = connect(Number(port), hostname).setNoDelay(true)
    this.#socket.on('data', (part: Buffer) => this.#take(part))
    this.#socket.on('error', (error) => this.#waiting?.reject(error))
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the server closed the connection')))
  }

  post(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<{ status: number; body: string }> {
    return this.#send('POST', path, { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body)
  }

  get(path: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; body: string }> {
    return this.#send('GET', path, headers, '')
  }

  #send(method: string, path: string, headers: Readonly<Record<string, string>>, body: string): Promise<{ status: number; body: string }> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${lines.join('')}\r\n${body}`)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(part: Buffer): void {
    this.#received = this.#received.length === 0 ? part : Buffer.concat([this.#received, part])
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) {
      this.#waiting?.reject(new Error('an answer without a stated length'))
      return
    }
    if (this.#received.length < end + 4 + length) return
    const body = this.#received.toString('utf8', end + 4, end + 4 + length)
    this.#received = this.#received.subarray(end + 4 + length)
    this.#waiting?.resolve({ status: Number(head.slice(9, 12)), body })
  }
}
