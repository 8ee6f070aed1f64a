import { createHash, randomBytes } from 'node:crypto'
import type { App } from '../../kernel/app.ts'
import type { Officer } from '../../kernel/context.ts'
import type { Province } from '../../kernel/database/index.ts'
import type { StoredFile } from '../../kernel/files/index.ts'
import { isUuid, uuidv7 } from '../../kernel/id.ts'
import * as store from './upload-store.ts'

type Host = Pick<App, 'db' | 'clock'>

/** How long a phone may take pictures for one intake, and how many. */
export const UPLOAD_MINUTES = 15
export const UPLOAD_FILES = 40

const digest = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Opens an intake of this officer to one phone for a quarter of an hour. Returns the token for the QR code; only its digest is kept. */
export async function openUploadPoint(
  host: Host,
  province: Province,
  officer: Officer,
  intake: { intakeId: string; agencyCode: string; procedureCode: string },
): Promise<string> {
  const token = randomBytes(18).toString('base64url')
  await host.db.write(province, (tx) =>
    store.saveUploadPoint(tx, {
      ...intake,
      officerId: officer.officerId,
      officerName: officer.name,
      tokenHash: digest(token),
      expiresAt: host.clock().add({ minutes: UPLOAD_MINUTES }),
    }),
  )
  return token
}

/** The intake a token opens; undefined when it is wrong, too old, or has brought enough. */
export async function uploadPointFor(host: Host, province: Province, token: string): Promise<store.UploadPoint | undefined> {
  const point = await host.db.read(province, (tx) => store.findUploadPoint(tx, digest(token), host.clock()))
  return point && point.files < UPLOAD_FILES ? point : undefined
}

/** Puts files beside an intake until it is received. */
export async function addPages(
  host: Host,
  province: Province,
  to: { intakeId: string; officerId: string },
  files: readonly { paperCode: string; file: StoredFile }[],
): Promise<void> {
  if (!isUuid(to.intakeId)) return
  await host.db.write(province, async (tx) => {
    for (const { paperCode, file } of files) {
      const at = host.clock()
      await store.addPage(tx, { ...to, id: uuidv7(at.epochMilliseconds), paperCode, file, at })
    }
  })
}

export const intakePages = async (host: Host, province: Province, intakeId: string, officerId: string): Promise<store.IntakePage[]> =>
  isUuid(intakeId) ? host.db.read(province, (tx) => store.pagesOf(tx, intakeId, officerId)) : []

export const dropIntakePage = async (host: Host, province: Province, id: string, intakeId: string, officerId: string): Promise<void> => {
  if (isUuid(id) && isUuid(intakeId)) await host.db.write(province, (tx) => store.dropPage(tx, id, intakeId, officerId))
}

export const endIntake = async (host: Host, province: Province, intakeId: string, officerId: string): Promise<void> => {
  if (isUuid(intakeId)) await host.db.write(province, (tx) => store.endUpload(tx, intakeId, officerId))
}
