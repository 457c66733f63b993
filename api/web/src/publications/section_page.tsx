// Writing a section of a report in one of its languages: the words as they are typed beside the words as they
// will look, figures taken from the report, every version there again, and other writers' words merged.
import '~/case_page/case_page.css';
import '~/case_steps/case_steps.css';
import '~/publications/publications.css';
import { Link } from 'wouter';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { usePublication } from '~/publications/live_publication';
import {
  language_texts,
  languages_of,
  type PublicationAnswer,
  path_of_publication,
} from '~/publications/publication';
import { SectionEditor } from '~/publications/section_editor';
import { useCodes } from '~/reference/reference';
import { type Language, useTexts } from '~/texts/texts';

const address_names = ['language'] as const;

export default function SectionPage({ params }: { params: Record<string, string> }) {
  const { id = '', section = '' } = params;
  const { t } = useTexts();
  const { reading } = usePublication(id);
  return (
    <div className="stack">
      <p className="on-screen">
        <Link href={path_of_publication(id)}>{t('web.publications.back_to_it')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.publications.section')}>
        {(page) => <Shown page={page} section={section} />}
      </Loaded>
    </div>
  );
}

function Shown({ page, section }: { page: PublicationAnswer; section: string }) {
  const { t, language: spoken } = useTexts();
  const codes = useCodes();
  const [address, change] = useAddress(address_names);
  const row = page.row;
  if (!row) return null;
  const languages = languages_of(row);
  const asked = address.language as Language;
  const language = languages.includes(asked)
    ? asked
    : languages.includes(spoken)
      ? spoken
      : (languages[0] ?? 'fi');
  const at = page.sections.indexOf(section);
  const beside = (to: number) => page.sections[to];
  const way_to = (other: string) =>
    `${path_of_publication(row.publication_id)}/sections/${other}?language=${language}`;
  const [before, after] = [beside(at - 1), beside(at + 1)];
  const written = (one: Language) =>
    page.texts.some((text) => text.section === section && text.language === one);
  return (
    <Page
      key={section}
      title={codes.label('report_section', section)}
      tab_title={t('web.publications.section')}
      lead={row.title}
    >
      <fieldset className="choice language-choice">
        <legend>{t('web.publications.in_language')}</legend>
        {languages.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="language"
              checked={one === language}
              onChange={() => change({ language: one })}
            />
            {t(language_texts[one])}
            {written(one) ? null : <span className="quiet"> ({t('web.publications.not_written')})</span>}
          </label>
        ))}
      </fieldset>
      <SectionEditor key={`${section} ${language}`} page={page} section={section} language={language} />
      <nav className="row spread on-screen" aria-label={t('web.publications.other_sections')}>
        {before ? <Link href={way_to(before)}>← {codes.label('report_section', before)}</Link> : <span />}
        {after ? <Link href={way_to(after)}>{codes.label('report_section', after)} →</Link> : <span />}
      </nav>
    </Page>
  );
}
