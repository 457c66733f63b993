// The sections of the report, and in which languages each has words; a section is written on a page of its own.
import { Link } from 'wouter';
import {
  language_texts,
  languages_of,
  type PublicationAnswer,
  path_of_section,
} from '~/publications/publication';
import { useCodes, useColleagues } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function Sections({ page }: { page: PublicationAnswer }) {
  const { t, tn, moment } = useTexts();
  const codes = useCodes();
  const people = useColleagues();
  const row = page.row;
  if (!row) return null;
  const writes = page.possible.includes('texts');
  const languages = languages_of(row);
  const has_words = (section: string) => page.texts.some((text) => text.section === section);
  const written = page.sections.filter(has_words);
  const empty = writes ? page.sections.filter((section) => !has_words(section)) : [];
  const preview = `/api/v1/reports/${row.publication_kind}?format=html&area=${row.area}&from=${row.first_month}&to=${row.last_month}&publication=${row.publication_id}`;
  const one = (section: string) => {
    const own = page.texts.filter((text) => text.section === section);
    const last = own.reduce<(typeof own)[number] | undefined>(
      (newest, one) => (!newest || (one.written_at ?? '') > (newest.written_at ?? '') ? one : newest),
      undefined,
    );
    return (
      <li key={section} className={section.startsWith('services-') ? 'below' : undefined}>
        <span className="stack close">
          <Link href={path_of_section(row.publication_id, section, own[0]?.language ?? languages[0] ?? 'fi')}>
            {codes.label('report_section', section)}
          </Link>
          {last?.written_at ? (
            <span className="small quiet">
              {t('web.publications.last_written', {
                who: people.name_of(last.written_by),
                when: moment(last.written_at),
              })}
            </span>
          ) : null}
        </span>
        <span className="row">
          {own.length > 0
            ? languages.map((language) => {
                const written = own.some((text) => text.language === language);
                return (
                  <Link
                    key={language}
                    className={written ? 'tag' : 'tag ending'}
                    href={path_of_section(row.publication_id, section, language)}
                  >
                    {written ? '✓ ' : ''}
                    {t(language_texts[language])}
                    {written ? '' : `: ${t('web.publications.lacking')}`}
                    <span className="out-of-sight">, {codes.label('report_section', section)}</span>
                  </Link>
                );
              })
            : null}
        </span>
      </li>
    );
  };
  return (
    <section className="card stack" aria-labelledby="sections">
      <div className="row spread">
        <h2 id="sections">{t('web.publications.sections')}</h2>
        {writes ? (
          <span className="row on-screen">
            {languages.map((language) => (
              <a key={language} href={`${preview}&lang=${language}`} target="_blank" rel="noreferrer">
                {t('web.publications.as_report', { language: t(language_texts[language]) })}
              </a>
            ))}
          </span>
        ) : null}
      </div>
      {writes ? <p className="small quiet">{t('web.publications.sections.text')}</p> : null}
      {written.length > 0 ? <ul className="sections">{written.map(one)}</ul> : null}
      {empty.length > 0 ? (
        <details open={written.length === 0}>
          <summary>{tn('web.publications.empty_sections', empty.length)}</summary>
          <ul className="empty-sections">
            {empty.map((section) => (
              <li key={section} className={section.startsWith('services-') ? 'below' : undefined}>
                <Link href={path_of_section(row.publication_id, section, languages[0] ?? 'fi')}>
                  {codes.label('report_section', section)}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
