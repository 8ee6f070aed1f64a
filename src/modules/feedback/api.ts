import { z } from 'zod'
import { run } from '../../kernel/command.ts'
import type { Context } from '../../kernel/context.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import type { Web } from '../../kernel/http/context.ts'
import { addressOf } from '../../kernel/http/server.ts'
import type { Text } from '../../kernel/i18n/index.ts'
import { ok, type Result } from '../../kernel/result.ts'
import { filePetition } from './commands/file-petition.ts'
import { voteOnPetition } from './commands/petitioner-steps.ts'
import { rateDossier } from './commands/rate-dossier.ts'
import { apiBase, fileInput, rateInput, stepInputs } from './input.ts'
import { petitionList, petitionViews } from './queries/petition-list.ts'
import { petitionForOfficer } from './queries/petition-view.ts'
import { publishedPetitions } from './queries/published.ts'
import { ratingFigures } from './queries/ratings.ts'
import { settingsView } from './queries/settings.ts'
import { mayFileFrom } from './queries/track-petition.ts'
import { petitionStages } from './rules/petition.ts'
import { petitionActions } from './rules/petition-transitions.ts'
import { levels } from './rules/rating.ts'
import { prepareStep, type StepName, stepNames } from './step-command.ts'
import { actionTexts } from './texts.ts'

const TAG = 'feedback'
const say = (vi: string, en: string): Text => ({ vi, en })
const asker = (c: Web) => ({ province: c.get('province'), actor: c.get('actor') })

const command = <T>(c: Web, name: string, requestId: string, work: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> =>
  run(c.get('app'), { province: c.get('province'), actor: c.get('actor'), requestId, locale: c.get('locale'), name }, work)

const text = z.object({ vi: z.string(), en: z.string() })
const kind = z.enum(['procedure', 'staff']).nullable()
const stage = z.enum(petitionStages as [string, ...string[]])
const instant = z.string().describe('ISO 8601 instant')
const id = z.object({ id: z.uuid() })

const summary = z
  .object({
    id: z.uuid(),
    reference: z.string().meta({ example: 'PA-4F7K-9QZT-2M8C' }),
    version: z.int(),
    stage,
    agencyCode: z.string(),
    kind,
    classCode: z.string().nullable(),
    assigneeName: z.string().nullable(),
    filedAt: instant,
    dueAt: instant.describe('By when it is to be resolved, as the province promised'),
    late: z.boolean().describe('A limit that the national index counts was missed'),
    likes: z.int(),
    dislikes: z.int(),
  })
  .meta({ id: 'Petition' })

const row = z.object({
  id: z.uuid(),
  reference: z.string(),
  stage,
  kind,
  agencyCode: z.string(),
  agencyName: z.string(),
  assigneeName: z.string().nullable(),
  filedAt: instant,
  dueAt: instant.nullable(),
  clock: z.enum(['on-time', 'soon', 'overdue', 'paused', 'done']),
  late: z.boolean(),
  reraised: z.boolean(),
  excerpt: z.string(),
})

const detail = z.object({
  ...summary.shape,
  name: z.string(),
  phone: z.string().nullable(),
  content: z.string(),
  dossierCode: z.string().nullable(),
  procedureCode: z.string().nullable(),
  procedureName: z.string().nullable(),
  agencyName: z.string(),
  due: instant.nullable(),
  dueExplanation: z.array(text),
  indexDueAt: instant,
  question: z.string().nullable(),
  answer: z.string().nullable(),
  history: z.array(z.object({ at: instant, type: z.string(), sentence: text, who: z.string().nullable(), note: z.string().nullable() })),
  actions: z.array(z.enum(petitionActions as [string, ...string[]])),
})

const published = z.object({
  rows: z.array(
    z.object({
      reference: z.string(),
      title: z.string(),
      content: z.string(),
      answer: z.string(),
      agencyCode: z.string(),
      agencyName: z.string(),
      procedureName: z.string().nullable(),
      filedDay: z.string(),
      publishedAt: instant,
      likes: z.int(),
      dislikes: z.int(),
    }),
  ),
  total: z.int(),
})

const line = z.object({ key: z.string(), name: z.string(), n: z.int(), good: z.int(), fair: z.int(), poor: z.int() })
const dated = { validFrom: z.string(), basis: z.string(), certainty: z.string() }
const page = z.coerce.number().int().min(1).max(10_000).optional()

const file = apiRoute({
  method: 'POST',
  path: '/petitions',
  entry: 'public',
  summary: say('Gửi phản ánh, kiến nghị', 'File a petition'),
  tag: TAG,
  body: fileInput.extend(apiBase),
  response: summary,
  status: 201,
  handler: async (c, { body }) => {
    const may = await mayFileFrom(asker(c), addressOf(c))
    return may.ok ? command(c, 'petition.file', body.requestId, (cx) => filePetition(cx, body)) : may
  },
})

const publicList = apiRoute({
  method: 'GET',
  path: '/petitions/published',
  entry: 'public',
  summary: say('Phản ánh đã công khai', 'Published petitions'),
  tag: TAG,
  query: z.object({ q: z.string().max(200).optional(), agency: z.string().max(40).optional(), page }),
  response: published,
  handler: async (c, { query }) =>
    ok({ ...(await publishedPetitions(c.get('app'), asker(c), { ...query, agencyCode: query.agency })) } as never),
})

const settings = apiRoute({
  method: 'GET',
  path: '/petitions/settings',
  entry: 'public',
  summary: say('Tiêu chí, phân loại, thời hạn theo ngày', 'Criteria, classes and limits by date'),
  tag: TAG,
  response: z.object({
    surveys: z.array(
      z.object({
        ...dated,
        openDays: z.int(),
        changeDays: z.int(),
        criteria: z.array(z.object({ code: z.string(), question: text, answers: z.array(z.object({ points: z.int(), text })) })),
        bands: z.array(z.object({ from: z.int(), name: text })),
      }),
    ),
    classes: z.array(z.object({ ...dated, classes: z.array(z.object({ code: z.string(), kind: z.string(), name: text })) })),
    limits: z.array(z.object({ ...dated, refuse: z.int(), ask: z.int(), resolve: z.int(), publish: z.int() })),
    local: z.array(z.object({ validFrom: z.string(), resolveDays: z.int(), basis: z.string() })),
  }),
  handler: async (c) => {
    const { local, ...view } = await settingsView(c.get('app'), asker(c))
    const shown = local.map(({ validFrom, resolveDays, basis }) => ({ validFrom, resolveDays, basis }))
    return ok({ ...view, local: shown } as never)
  },
})

const list = apiRoute({
  method: 'GET',
  path: '/petitions',
  entry: { action: 'feedback.list' },
  summary: say('Danh sách phản ánh của đơn vị', 'Petitions of the units within reach'),
  tag: TAG,
  query: z.object({ view: z.enum(petitionViews as [string, ...string[]]).optional(), q: z.string().max(200).optional(), page }),
  response: z.object({ rows: z.array(row), total: z.int(), counts: z.record(z.string(), z.int()) }),
  handler: async (c, { query }) => petitionList(c.get('app'), asker(c), query as never) as never,
})

const one = apiRoute({
  method: 'GET',
  path: '/petitions/{id}',
  entry: { action: 'feedback.read' },
  summary: say('Một phản ánh', 'One petition'),
  tag: TAG,
  params: id,
  response: detail,
  handler: async (c, { params }) => {
    const found = await petitionForOfficer(c.get('app'), asker(c), params.id)
    return found.ok ? ok(detail.parse(found.value)) : found
  },
})

const step = (name: StepName): ApiRoute =>
  apiRoute({
    method: 'POST',
    path: `/petitions/{id}/${name}`,
    entry: { action: `feedback.${name}` },
    summary: actionTexts[name],
    tag: TAG,
    params: id,
    body: stepInputs[name].extend(apiBase),
    response: summary,
    handler: async (c, { params, body }) => {
      const prepared = prepareStep(name, params.id, body)
      return prepared.ok ? command(c, `petition.${name}`, (body as { requestId: string }).requestId, prepared.value) : prepared
    },
  })

const vote = apiRoute({
  method: 'POST',
  path: '/petitions/{id}/vote',
  entry: 'citizen',
  summary: say('Thích hoặc không thích câu trả lời', 'Like or dislike an answer'),
  tag: TAG,
  params: id,
  body: z.object({ ...apiBase, liked: z.boolean() }),
  response: summary,
  handler: (c, { params, body }) =>
    command(c, 'petition.vote', body.requestId, (cx) => voteOnPetition(cx, { petitionId: params.id, liked: body.liked })),
})

const rate = apiRoute({
  method: 'POST',
  path: '/ratings',
  entry: 'citizen',
  summary: say('Đánh giá việc giải quyết hồ sơ của mình', 'Rate how one’s own dossier was dealt with'),
  tag: TAG,
  body: rateInput.extend({ ...apiBase, dossierId: z.uuid() }),
  response: z.object({ id: z.uuid(), dossierId: z.uuid(), level: z.enum(levels as [string, ...string[]]), version: z.int() }),
  handler: (c, { body }) =>
    command(c, 'rating.give', body.requestId, (cx) =>
      rateDossier(cx, { dossierId: body.dossierId, level: body.level, scores: body.scores ?? {}, comment: body.comment }),
    ),
})

const figures = apiRoute({
  method: 'GET',
  path: '/rating-figures',
  entry: { action: 'feedback.figures' },
  summary: say('Số liệu hài lòng, luôn kèm số lượt đánh giá', 'How dossiers were rated, always with how many ratings'),
  tag: TAG,
  query: z.object({ from: z.iso.date(), to: z.iso.date() }),
  response: z.object({
    total: line,
    units: z.array(line),
    procedures: z.array(line),
    officers: z.array(line).describe('Only those with at least five ratings'),
    smallOfficers: z.object({ officers: z.int(), n: z.int() }),
    criteria: z.array(z.object({ code: z.string(), n: z.int(), points: z.int() })),
  }),
  handler: async (c, { query }) => {
    const found = await ratingFigures(c.get('app'), asker(c), query)
    if (!found.ok) return found
    const { comments: _comments, survey: _survey, ...numbers } = found.value
    return ok(numbers as never)
  },
})

/** JSON routes of petitions and ratings. */
export const feedbackApi = (): readonly ApiRoute[] => [file, publicList, settings, list, one, vote, ...stepNames.map(step), rate, figures]
