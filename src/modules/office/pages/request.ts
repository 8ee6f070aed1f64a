import { Readable } from 'node:stream'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import type { Asker } from '../../dossier/index.ts'

/** Who asks, and of which province, as the queries want it. */
export const asker = (c: Web): Asker => ({ province: c.get('province'), actor: c.get('actor') })

/** A stored file as pages know it; without a hash there is no content, without a name it is only ever part of a page. */
interface SentFile {
  readonly sha256: string | null
  readonly type: string | null
  readonly name?: string
}

const SHOWN_INLINE = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/webp'])

/**
 * The content of a file that somebody handed in, shown in the browser when it is of a kind that all of them show, otherwise saved.
 * Who may have it is for the caller to say. Throws not found when there is none.
 */
export async function sendFile(c: Web, file: SentFile | undefined, how?: 'inline'): Promise<Response> {
  const { files } = c.get('app')
  if (!file?.sha256 || !(await files.exists(file.sha256))) throw new Refused(refusals.notFound)
  const type = file.type ?? 'application/octet-stream'
  const shown = how ?? (SHOWN_INLINE.has(type) ? 'inline' : 'attachment')
  return new Response(Readable.toWeb(await files.read(file.sha256)) as ReadableStream, {
    headers: {
      'content-type': type,
      ...(file.name === undefined ? {} : { 'content-disposition': `${shown}; filename*=UTF-8''${encodeURIComponent(file.name)}` }),
      'cache-control': 'private, no-store',
      // What people hand in is never run as a page of ours.
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}
