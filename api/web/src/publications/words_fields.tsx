// The same words in each language of a publication.
import { LongTextField, TextField } from '~/forms/text_field';
import { language_texts, type Words } from '~/publications/publication';
import { type Language, useTexts } from '~/texts/texts';

export function WordsFields({
  name,
  label,
  value,
  change,
  languages,
  required = false,
  short = false,
}: {
  name: string; // the server's path of them: text, proposal.text
  label: string;
  value: Words;
  change: (value: Words) => void;
  languages: Language[];
  required?: boolean;
  short?: boolean; // one line
}) {
  const { t } = useTexts();
  const Field = short ? TextField : LongTextField;
  return (
    <fieldset className="inner stack words">
      <legend>{label}</legend>
      {languages.map((language) => (
        <Field
          key={language}
          name={`${name}.${language}`}
          label={t(language_texts[language])}
          lang={language}
          value={value[language] ?? ''}
          change={(text) => change({ ...value, [language]: text })}
          required={required}
        />
      ))}
    </fieldset>
  );
}

export function SaidWords({ words, className }: { words: Words | undefined; className?: string }) {
  const { language } = useTexts();
  const found = (['fi', 'sv', 'en'] as const).filter((one) => words?.[one]);
  const first = found.includes(language) ? language : found[0];
  if (!first) return null;
  return (
    <p className={className ?? 'read-text'} lang={first}>
      {words?.[first]}
    </p>
  );
}
