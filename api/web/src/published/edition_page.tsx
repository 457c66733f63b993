// A published edition, read where one is.
import { Link } from 'wouter';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Choice } from '~/forms/choice';
import { Page } from '~/frame/page';
import { type Edition, file_of, type Publication, usePublished } from '~/published/published';
import { language_texts } from '~/reports/forms';
import { ReportReader } from '~/reports/report_reader';
import { useTexts } from '~/texts/texts';

export default function EditionPage({ params }: { params: Record<string, string> }) {
  const { t } = useTexts();
  const reading = usePublished();
  return (
    <Loaded reading={reading} title={t('web.editions.single')}>
      {({ rows }) => {
        const row = rows.find(({ publication_id }) => publication_id === params.id);
        const edition = row?.editions.find((one) => String(one.edition) === params.edition);
        if (!row || !edition) {
          return (
            <Page title={t('web.editions.single')}>
              <p className="card">{t('web.editions.none')}</p>
              <Back />
            </Page>
          );
        }
        return <Read row={row} edition={edition} />;
      }}
    </Loaded>
  );
}

function Read({ row, edition }: { row: Publication; edition: Edition }) {
  const { t, language } = useTexts();
  const [{ lang }, change] = useAddress(['lang']);
  const pages = edition.files.filter((file) => file.form === 'html');
  const page = file_of(edition, 'html', lang || language);
  const pdf = edition.files.find((file) => file.form === 'pdf' && file.language === page?.language);
  return (
    <Page
      title={row.title}
      lead={edition.edition > 1 ? <p>{t('web.editions.edition', { n: edition.edition })}</p> : null}
      beside={
        page ? (
          <>
            <a href={page.url} target="_blank" rel="noopener noreferrer">
              {t('web.reports.own_tab')}
            </a>
            {pdf ? (
              <a href={pdf.url} download={pdf.file_name}>
                {t('web.reports.form.pdf')}
              </a>
            ) : null}
          </>
        ) : null
      }
    >
      {edition.replaced_by ? (
        <Notice kind="warning" title={t('web.editions.replaced', { n: edition.replaced_by })}>
          <p>
            <Link href={`/editions/${row.publication_id}/${edition.replaced_by}`}>
              {t('web.editions.newer')}
            </Link>
          </p>
        </Notice>
      ) : null}
      {pages.length > 1 ? (
        <div className="on-screen">
          <Choice
            name="language"
            legend={t('web.reports.language_of')}
            value={page?.language ?? ''}
            options={pages.map((one): [string, string] => [
              one.language,
              t(language_texts[one.language] ?? 'web.reports.language.fi'),
            ])}
            change={(next) => change({ lang: next })}
          />
        </div>
      ) : null}
      {page ? <ReportReader url={page.url} /> : <Notice kind="info" title={t('web.dashboard.being_made')} />}
      <Back />
    </Page>
  );
}

function Back() {
  const { t } = useTexts();
  return (
    <p className="on-screen">
      <Link href="/editions">{t('web.editions.all')}</Link>
    </p>
  );
}
