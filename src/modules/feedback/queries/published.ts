import { sql } from 'kysely'
import { dayOf } from '../../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { fold } from '../../../kernel/text.ts'
import { unknownPetition } from '../errors.ts'
import type { Petition } from '../rules/petition.ts'
import * as store from '../store.ts'
import { type Asker, type QueryHost, type Reader, readerOf } from './reader.ts'
import { parsePetitionReference } from './track-petition.ts'

/** What everybody sees of a published petition: nothing of who sent it. */
export interface PublishedPetition {
  readonly reference: string
  readonly title: string
  readonly content: string
  readonly answer: string
  readonly agencyCode: string
  readonly agencyName: string
  readonly procedureName: string | null
  readonly filedDay: string
  readonly publishedAt: string
  readonly likes: number
  readonly dislikes: number
}

export interface PublishedList {
  readonly rows: readonly PublishedPetition[]
  readonly total: number
}

export const PUBLISHED_PAGE = 20

function publicView(reader: Reader, petition: Petition): PublishedPetition | undefined {
  const { public: shown, publishedAt } = petition
  if (!shown || publishedAt === null) return undefined
  return {
    reference: petition.reference,
    ...shown,
    agencyCode: petition.agencyCode,
    agencyName: reader.directory.name(petition.agencyCode, dayOf(reader.now)),
    procedureName: petition.procedureName,
    filedDay: petition.filedDay,
    publishedAt,
    likes: petition.likes,
    dislikes: petition.dislikes,
  }
}

/** Published petitions, newest first; words are found with or without accents, all of them must occur. */
export async function publishedPetitions(
  host: QueryHost,
  asker: Asker,
  input: { q?: string; agencyCode?: string; page?: number } = {},
): Promise<PublishedList> {
  const reader = await readerOf(host, asker)
  const words = fold(input.q ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, 10)
  const patterns = words.map((word) => `%${word}%`)
  const unit = input.agencyCode || null
  const { rows } = await reader.read((tx) =>
    sql<{ state: Petition; total: number }>`
      select state, count(*) over ()::int as total from petition
      where published_at is not null and public_search like all (${patterns}::text[])
        and (${unit}::text is null or agency_code = ${unit})
      order by published_at desc, id limit ${PUBLISHED_PAGE} offset ${(Math.max(1, input.page ?? 1) - 1) * PUBLISHED_PAGE}`.execute(tx),
  )
  return { rows: rows.flatMap(({ state }) => publicView(reader, state) ?? []), total: rows[0]?.total ?? 0 }
}

/** One published petition, and what the signed-in person thinks of it. */
export async function publishedPetition(
  host: QueryHost,
  asker: Asker,
  reference: string,
): Promise<Result<PublishedPetition & { readonly id: string; readonly vote: boolean | null }>> {
  const reader = await readerOf(host, asker)
  const known = parsePetitionReference(reference)
  const petition = known ? await reader.read((tx) => store.findPetitionByReference(tx, known)) : undefined
  const view = petition && publicView(reader, petition)
  if (!petition || !view) return refuse(unknownPetition)
  const { actor } = reader
  const voter = actor.kind !== 'citizen' ? null : actor.personId === petition.personId ? 'filer' : `citizen:${actor.personId}`
  return ok({ ...view, id: petition.id, vote: voter === null ? null : await reader.read((tx) => store.findVote(tx, petition.id, voter)) })
}
