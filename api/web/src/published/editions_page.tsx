// What is published, as on the public page: every report with its editions and files.
import '~/published/published.css';
import { Link } from 'wouter';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Page } from '~/frame/page';
import {
  type Edition,
  kind_texts,
  kinds,
  of_kind,
  type Publication,
  type PublishedFile,
  usePublished,
} from '~/published/published';
import { form_texts, language_texts } from '~/reports/forms';
import { useSize } from '~/reports/size';
import { useTexts } from '~/texts/texts';

export default function EditionsPage() {
  const { t, language } = useTexts();
  const reading = usePublished();
  return (
    <Page
      title={t('web.editions.title')}
      lead={
        <p>
          {t('web.editions.lead')} <a href={`/published?lang=${language}`}>{t('web.editions.public_page')}</a>
        </p>
      }
    >
      <Loaded reading={reading}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="card">{t('web.dashboard.nothing')}</p>
          ) : (
            kinds.map((kind) => {
              const of = of_kind(rows, kind);
              if (of.length === 0) return null;
              return (
                <section key={kind} className="stack" aria-labelledby={`kind-${kind}`}>
                  <h2 id={`kind-${kind}`}>{t(kind_texts[kind])}</h2>
                  {of.map((row) => (
                    <OnePublication key={row.publication_id} row={row} />
                  ))}
                </section>
              );
            })
          )
        }
      </Loaded>
    </Page>
  );
}

function OnePublication({ row }: { row: Publication }) {
  const { t } = useTexts();
  const only = row.editions.length === 1;
  return (
    <article className="card stack" aria-labelledby={`p-${row.publication_id}`}>
      <h3 id={`p-${row.publication_id}`}>{row.title}</h3>
      {row.editions.map((edition) => (
        <div key={edition.edition} className="stack edition">
          {only ? null : (
            <h4>
              {t('web.editions.edition', { n: edition.edition })}
              {edition.replaced_by ? ` – ${t('web.editions.replaced', { n: edition.replaced_by })}` : null}
            </h4>
          )}
          <OneEdition id={row.publication_id} edition={edition} />
        </div>
      ))}
    </article>
  );
}

function OneEdition({ id, edition }: { id: string; edition: Edition }) {
  const { t, date } = useTexts();
  const languages = [...new Set(edition.files.map((file) => file.language))];
  return (
    <>
      <p className="quiet">{t('web.dashboard.published_on', { date: date(edition.published_on) })}</p>
      {edition.what_changed ? (
        <p>
          <strong>{t('web.editions.what_changed')}</strong>{' '}
          <span lang={edition.what_changed_in || undefined}>{edition.what_changed}</span>
        </p>
      ) : null}
      {edition.files.length === 0 ? (
        <Notice kind="info" title={t('web.dashboard.being_made')} />
      ) : (
        <>
          <p>
            <Link className="button-link" href={`/editions/${id}/${edition.edition}`}>
              {t('web.editions.read')}
            </Link>
          </p>
          <dl className="files">
            {languages.map((language) => (
              <div key={language}>
                <dt>{t(language_texts[language] ?? 'web.reports.language.fi')}</dt>
                <dd>
                  {edition.files
                    .filter((file) => file.language === language)
                    .map((file) => (
                      <FileLink key={file.sha256} file={file} />
                    ))}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

function FileLink({ file }: { file: PublishedFile }) {
  const { t } = useTexts();
  const size = useSize();
  const form = form_texts[file.form];
  return (
    <a href={file.url} hrefLang={file.language} download={file.form === 'html' ? undefined : file.file_name}>
      {form ? t(form) : file.form.toUpperCase()} <span className="quiet">({size(Number(file.size))})</span>
    </a>
  );
}
