// The frozen files of each edition: internal ones of the signature, public ones of the publishing, by form and
// language, with the hash by which a file is known to be the one.
import type { PublicationAnswer } from '~/publications/publication';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Artefact = PublicationAnswer['artefacts'][number];

const forms: [string, PlainTextId][] = [
  ['pdf', 'web.publications.form.pdf'],
  ['html', 'web.publications.form.html'],
  ['docx', 'web.publications.form.docx'],
  ['xlsx', 'web.publications.form.xlsx'],
  ['csv', 'web.publications.form.csv'],
  ['zip', 'web.publications.form.zip'],
  ['json', 'web.publications.form.json'],
];
const levels: [string, PlainTextId, PlainTextId][] = [
  ['public', 'web.publications.level.public', 'web.publications.level.public_text'],
  ['internal', 'web.publications.level.internal', 'web.publications.level.internal_text'],
];

export function Files({ page }: { page: PublicationAnswer }) {
  const { t, date } = useTexts();
  const editions = [...new Set(page.artefacts.map((one) => one.edition))].sort((a, b) => b - a);
  if (editions.length === 0) return null;
  const several = editions.length > 1 || editions[0] !== 1;
  return (
    <section className="card stack" aria-labelledby="files">
      <h2 id="files">{t('web.publications.files')}</h2>
      {editions.map((edition) => {
        const of = (what: string) => page.steps.find((one) => one.what === what && one.edition === edition);
        const published = of('Published');
        const corrected = of('CorrectionOpened');
        return (
          <div key={edition} className="stack edition">
            {several ? (
              <h3>
                {t('web.publications.edition', { n: edition })}
                {published?.on ? (
                  <span className="small quiet">
                    {' '}
                    {t('web.publications.published_on', { date: date(published.on) })}
                  </span>
                ) : null}
              </h3>
            ) : null}
            {corrected ? (
              <p>
                <strong>{t('web.publications.what_changed')}</strong> {corrected.text}
              </p>
            ) : null}
            {levels.map(([level, title, text]) => {
              const files = page.artefacts.filter((one) => one.edition === edition && one.level === level);
              return files.length > 0 ? (
                <FilesOfLevel key={level} files={files} title={title} text={text} sub={several} />
              ) : null;
            })}
          </div>
        );
      })}
    </section>
  );
}

function FilesOfLevel({
  files,
  title,
  text,
  sub,
}: {
  files: Artefact[];
  title: PlainTextId;
  text: PlainTextId;
  sub: boolean;
}) {
  const { t, number } = useTexts();
  const languages = [...new Set(files.map((one) => one.language))];
  const Heading = sub ? 'h4' : 'h3';
  const size = (bytes: string) => {
    const kilobytes = Math.max(1, Math.round(Number(bytes) / 1000));
    return kilobytes < 1000 ? `${number(kilobytes)} kB` : `${number(Math.round(kilobytes / 100) / 10)} MB`;
  };
  return (
    <div className="stack close">
      <Heading>{t(title)}</Heading>
      <p className="small quiet">{t(text)}</p>
      <ul className="files">
        {forms.map(([form, name]) => {
          const own = files.filter((one) => one.form === form);
          return own.length > 0 ? (
            <li key={form}>
              <span>{t(name)}</span>
              <span className="row">
                {languages.map((language) => {
                  const file = own.find((one) => one.language === language);
                  return file ? (
                    <a key={language} href={file.url} download={file.file_name} hrefLang={language}>
                      {t(language_names[language] ?? 'web.publications.language.fi')}{' '}
                      <span className="small quiet">
                        {size(file.size)}
                        <span className="out-of-sight">, {t(name)}</span>
                      </span>
                    </a>
                  ) : null;
                })}
              </span>
            </li>
          ) : null;
        })}
      </ul>
      <details>
        <summary>{t('web.publications.hashes')}</summary>
        <p className="small quiet">{t('web.publications.hashes.text')}</p>
        <dl className="facts hashes">
          {files.map((file) => (
            <div key={file.sha256}>
              <dt>{file.file_name}</dt>
              <dd>
                <code className="root-hash">{file.sha256}</code>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

const language_names: Record<string, PlainTextId> = {
  fi: 'web.publications.language.fi',
  sv: 'web.publications.language.sv',
  en: 'web.publications.language.en',
};
