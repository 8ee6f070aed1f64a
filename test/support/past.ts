import { randomUUID } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import { createAccess } from '../../src/kernel/access/index.ts'
import type { Actor } from '../../src/kernel/context.ts'
import type { Database, Province } from '../../src/kernel/database/index.ts'
import type { ImportKind, ImportOutcome } from '../../src/kernel/import.ts'
import { loadCatalogue, procedureImport } from '../../src/modules/catalogue/index.ts'
import { dossierImport } from '../../src/modules/dossier/index.ts'
import { loadOrganisationData } from '../../src/modules/organisation/index.ts'
import { reportedImport, schemeRoom } from '../../src/modules/scheme/index.ts'

export const access = createAccess(schemeRoom.permissions ?? [], {
  isWithin: (code, ancestor) => code.startsWith(ancestor),
  root: () => 'H12',
})

export const officer = (name: string, agencyCode = 'H12', role: 'reform_officer' | 'clerk' = 'reform_officer'): Actor => ({
  kind: 'officer',
  officerId: randomUUID(),
  name,
  grants: [{ role, agencyCode, subtree: true }],
})

type Line = Readonly<Record<string, string>>

/** A dossier of the past as a line of the import format: online, in time, everything done well unless it is said otherwise. */
export const dossierLine = (n: number, received: string, change: Line = {}): Line => {
  const agency = change.agency_code ?? 'H12.31.01'
  return {
    code: `${agency}-${received.slice(2, 10).replaceAll('-', '')}-${String(n).padStart(4, '0')}`,
    procedure_code: '1.001193',
    agency_code: agency,
    channel: 'online',
    assisted: 'false',
    submitted_at: received,
    received_at: received,
    due_at: '',
    completed_at: received,
    returned_at: '',
    status: '9',
    fee_vnd: '8000',
    paid_vnd: '8000',
    paid_online: 'true',
    papers_total: '2',
    papers_digitised: '2',
    papers_reused: '1',
    result_electronic: 'true',
    supplement_requests: '0',
    supplement_working_days: '0',
    applicant_name: 'Lý Thị Mười',
    applicant_id: '',
    applicant_phone: '',
    ...change,
  }
}

/** Still being worked on. */
export const open: Line = { completed_at: '', result_electronic: 'false', status: '4' }

export const reportedLine = (quantity: string, value: number, month: string, agency_code = 'H12'): Line => ({
  quantity,
  agency_code,
  month,
  value: String(value),
  source: `Báo cáo tháng ${month}`,
})

/** The units and catalogue of the sample province, and loaders of past dossiers and reported figures. */
export async function furnish(db: Database, province: Province, clock: () => Temporal.Instant) {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  const load = async (kind: ImportKind<unknown>, lines: readonly Line[]): Promise<ImportOutcome> => {
    const rows = lines.map((record, n) => {
      const read = kind.parse(record)
      if (!read.ok) throw new Error(JSON.stringify([record, read.error]))
      return { line: n + 2, row: read.value }
    })
    const done = await db.write(province, (tx) => kind.apply({ tx, now: clock(), province, id: randomUUID }, rows))
    if (done.rejects.length > 0) throw new Error(JSON.stringify(done.rejects))
    return done
  }
  return {
    dossiers: (lines: readonly Line[]) => load(dossierImport() as ImportKind<unknown>, lines),
    procedures: (lines: readonly Line[]) => load(procedureImport as ImportKind<unknown>, lines),
    reported: (lines: readonly Line[]) => load(reportedImport as ImportKind<unknown>, lines),
  }
}
