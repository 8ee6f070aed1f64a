import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Details, Form, formatMoney, LinkButton, NotificationBanner, Panel, page, Qr, SummaryList } from '../../../ui/index.ts'
import { ApplicantPapers, type CitizenView, type Collection, collectionOf, messageThread } from '../../dossier/index.ts'
import { type Answers, findForm, summary } from '../../form/index.ts'
import { RatingInvitation } from '../feedback-rate.tsx'
import { texts as filingTexts } from '../filing/texts.ts'
import { loadOwn } from './load.ts'
import { texts } from './texts.ts'
import { DossierFacts, Life, StandsNow } from './view.tsx'

/** The results, first on the page: what the person came for. */
const Results = ({ view, locale }: { view: CitizenView; locale: Locale }) => {
  const results = view.papers.filter((paper) => paper.kind === 'result' && !paper.voided)
  if (results.length === 0) return null
  return (
    <section class="cs-turn cs-turn--result" aria-labelledby="results">
      <h2 class="govuk-heading-m" id="results">
        {t(locale, texts.results)}
      </h2>
      {results.map((paper) =>
        paper.sha256 ? (
          <LinkButton href={`/ho-so/${view.id}/giay-to/${paper.number}`}>{t(locale, texts.download, { name: paper.name })}</LinkButton>
        ) : (
          <p class="govuk-body">{t(locale, texts.onPaper, { name: paper.name, agency: view.agencyName })}</p>
        ),
      )}
    </section>
  )
}

const Papers = ({ view, locale }: { view: CitizenView; locale: Locale }) => {
  const handedIn = view.papers.filter((paper) => paper.kind !== 'result' && !paper.voided)
  if (handedIn.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.papers)}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {handedIn.map((paper) => (
          <li>
            {paper.sha256 ? (
              <a class="govuk-link" href={`/ho-so/${view.id}/giay-to/${paper.number}`}>
                {paper.name}
              </a>
            ) : (
              paper.name
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** The one thing to do, on top, when it is the person's turn. */
const YourTurn = ({ view, csrf, locale }: { view: CitizenView; csrf: string; locale: Locale }) => {
  if (view.stage === 'withdrawn' && view.actions.includes('resume'))
    return (
      <section class="cs-turn" aria-labelledby="turn">
        <h2 class="govuk-heading-m" id="turn">
          {t(locale, texts.withdrawAlready)}
        </h2>
        <p class="govuk-body">{t(locale, texts.resumeLead)}</p>
        <Form csrfToken={csrf} requestId={randomUUID()} action={`/ho-so/${view.id}/rut/lay-lai`}>
          <Button look="secondary">{t(locale, texts.resume)}</Button>
        </Form>
      </section>
    )
  if (view.actions.includes('answer-supplement') && view.wanted)
    return (
      <section class="cs-turn" aria-labelledby="turn">
        <h2 class="govuk-heading-m" id="turn">
          {t(locale, texts.yourTurn)}
        </h2>
        <p class="govuk-body">{view.wanted.note}</p>
        {view.wanted.items.length > 0 && (
          <ol class="govuk-list govuk-list--number">
            {view.wanted.items.map((item) => (
              <li>{item}</li>
            ))}
          </ol>
        )}
        <LinkButton href={`/ho-so/${view.id}/bo-sung`}>{t(locale, texts.answerItems)}</LinkButton>
      </section>
    )
  if (view.payment)
    return (
      <section class="cs-turn" aria-labelledby="turn">
        <h2 class="govuk-heading-m" id="turn">
          {t(locale, texts.payTitle, { amount: formatMoney(view.payment.amountVnd, locale) })}
        </h2>
        <p class="govuk-body">{view.payment.note}</p>
        {view.payment.items.length > 0 && (
          <ul class="govuk-list govuk-list--bullet">
            {view.payment.items.map((item) => (
              <li>{item}</li>
            ))}
          </ul>
        )}
        <h3 class="govuk-heading-s">{t(locale, texts.payHow)}</h3>
        <ul class="govuk-list govuk-list--bullet">
          <li>{t(locale, texts.payCounter, { desk: view.receptionAgencyName, code: view.code ?? view.reference })}</li>
          <li>{t(locale, texts.payNotice)}</li>
        </ul>
        <p class="govuk-body cs-muted">{t(locale, texts.payOnline)}</p>
      </section>
    )
  return null
}

const collectionText = (view: CitizenView, collection: Collection | undefined, locale: Locale): string => {
  if (collection?.way === 'electronic') return t(locale, texts.electronic)
  if (collection?.way === 'post') {
    const who = [collection.receiver, collection.phone].filter(Boolean).join(', ')
    return t(locale, texts.postTo, { who, address: String(collection.address?.label ?? '') })
  }
  return t(locale, collection ? texts.counterHint : texts.collectNone, { desk: view.receptionAgencyName })
}

const Collecting = ({ view, collection, locale }: { view: CitizenView; collection: Collection | undefined; locale: Locale }) =>
  view.returnsResult && view.stage !== 'closed' ? (
    <SummaryList
      locale={locale}
      rows={[
        {
          key: t(locale, texts.collectNow),
          value: collectionText(view, collection, locale),
          changeHref: `/ho-so/${view.id}/nhan-ket-qua`,
          changeWhat: t(locale, texts.collectNow).toLowerCase(),
        },
      ]}
    />
  ) : null

const done: Readonly<Record<string, Text>> = {
  'bo-sung': texts.doneSupplement,
  rut: texts.doneWithdraw,
  'lay-lai': texts.doneResume,
  'nhan-ket-qua': texts.doneCollect,
  'luu-bo-sung': texts.savedItems,
}

/** GET /ho-so/:id: where it stands, what there is to do, what happened. */
export async function myDossierPage(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const app = c.get('app')
  const locale = c.get('locale')
  const csrf = c.get('csrf')
  const asker = { province: c.get('province'), actor: c.get('actor') }
  const { formCode, formVersion } = view
  const form =
    formCode !== null && formVersion !== null
      ? await app.db.read(c.get('province'), (tx) => findForm(tx, formCode, formVersion))
      : undefined
  const thread = await messageThread(app, asker, view.id, { mark: false })
  const unread = thread.ok ? thread.value.unread : 0
  const written = thread.ok ? thread.value.messages.length : 0
  const collection = await collectionOf(app, asker, view.id)
  const code = view.code ?? view.reference
  const flash = ownValue(done, c.req.query('xong'))
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: { vi: t('vi', texts.dossier, { code }), en: t('en', texts.dossier, { code }) },
      back: { href: '/ho-so', text: texts.back },
      ...(flash ? { flash: { kind: 'success' as const, text: flash } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{view.procedureName}</h1>
        {unread > 0 && (
          <NotificationBanner kind="info" locale={locale}>
            <a class="govuk-notification-banner__link" href={`/ho-so/${view.id}/tin-nhan`}>
              {t(locale, texts.messageNew, { n: unread })}
            </a>
          </NotificationBanner>
        )}
        <StandsNow view={view} now={app.clock()} locale={locale} />
        <YourTurn view={view} csrf={csrf} locale={locale} />
        <Results view={view} locale={locale} />
        <RatingInvitation c={c} view={view} />
        <DossierFacts view={view} locale={locale} />
        <Collecting view={view} collection={collection} locale={locale} />
        {thread.ok && (thread.value.mayWrite || written > 0) && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/ho-so/${view.id}/tin-nhan`}>
              {written > 0 ? t(locale, texts.messageRead, { n: written }) : t(locale, texts.messageOpen)}
            </a>
          </p>
        )}
        <Life view={view} locale={locale} />
        <Papers view={view} locale={locale} />
        <ApplicantPapers c={c} id={view.id} />
        {form && view.answers && (
          <Details summary={t(locale, texts.answers)}>
            {summary(form, view.answers as Answers, locale).map((section) => (
              <>
                <h3 class="govuk-heading-s">{t(locale, section.title)}</h3>
                <SummaryList
                  locale={locale}
                  rows={section.rows.map((row) => ({ key: t(locale, row.label), value: row.lines.map((line) => <div>{line}</div>) }))}
                />
              </>
            ))}
          </Details>
        )}
        {view.actions.includes('withdraw') && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/ho-so/${view.id}/rut`}>
              {t(locale, texts.withdraw)}
            </a>
          </p>
        )}
      </div>
    </div>,
  )
}

/** GET /ho-so/:id/da-nop: it worked, this is your reference, this happens next. */
export async function sentPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const view = await loadOwn(c)
  return page(
    c,
    { ...frame(c, 'portal'), title: filingTexts.sent },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Panel
          title={t(locale, filingTexts.sent)}
          reference={view.reference}
          referenceLabel={t(locale, filingTexts.reference)}
          locale={locale}
        >
          {view.procedureName}
        </Panel>
        <div class="cs-sent">
          <div>
            <h2 class="govuk-heading-m">{t(locale, filingTexts.nextTitle)}</h2>
            <ol class="govuk-list govuk-list--number">
              <li>{t(locale, filingTexts.next1, { agency: view.agencyName })}</li>
              <li>{t(locale, filingTexts.next2)}</li>
              <li>{t(locale, filingTexts.next3)}</li>
            </ol>
            <p class="govuk-body">{t(locale, filingTexts.keepThis)}</p>
          </div>
          <Qr text={`${c.get('app').baseUrl}/tra-cuu?ma=${view.reference}`} label={t(locale, filingTexts.qr)} />
        </div>
        <p class="govuk-body">
          <a class="govuk-link" href={`/ho-so/${view.id}`}>
            {t(locale, filingTexts.openDossier)}
          </a>
        </p>
      </div>
    </div>,
  )
}

/** GET /ho-so/:id/giay-to/:number: a paper or a result of one's own dossier. */
export async function myPaper(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const paper = view.papers.find((one) => String(one.number) === c.req.param('number'))
  const { files } = c.get('app')
  if (!paper?.sha256 || !(await files.exists(paper.sha256))) throw new Refused(refusals.notFound)
  return new Response(Readable.toWeb(await files.read(paper.sha256)) as ReadableStream, {
    headers: {
      'content-type': paper.mediaType ?? 'application/octet-stream',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(paper.name)}`,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}
