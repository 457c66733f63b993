// What a case is about, marked with the language that it was written in where that is another than the page's.
import { useTexts } from '~/texts/texts';

export function language_of_words(language: string, of_page: string): string | undefined {
  return language === '' || language === 'other' || language === of_page ? undefined : language;
}

export function Subject({
  of,
  otherwise,
}: {
  of: { subject: string; language: string };
  otherwise: string; // where it says nothing
}) {
  const { language } = useTexts();
  if (!of.subject) return otherwise;
  return <span lang={language_of_words(of.language, language)}>{of.subject}</span>;
}
