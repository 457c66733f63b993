import { choose_language, languages, useTexts } from '~/texts/texts';

// Each in its own language, so that whoever needs it can read it.
const names = { fi: 'Suomi', sv: 'Svenska', en: 'English' } as const;

export function LanguageChoice() {
  const { t, language } = useTexts();
  return (
    <ul className="language-choice" aria-label={t('web.frame.language')}>
      {languages.map((one) => (
        <li key={one}>
          <button
            type="button"
            lang={one}
            aria-pressed={one === language}
            onClick={() => void choose_language(one)}
          >
            {names[one]}
          </button>
        </li>
      ))}
    </ul>
  );
}
