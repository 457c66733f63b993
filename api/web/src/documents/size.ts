// How large a file is, as one says it: 340 kB, 2.4 MB.
import { useTexts } from '~/texts/texts';

export function useSize() {
  const { t, number } = useTexts();
  return (bytes: number) => {
    const kilobytes = bytes / 1024;
    if (kilobytes < 1000)
      return t('web.documents.kilobytes', { n: number(Math.max(1, Math.round(kilobytes))) });
    return t('web.documents.megabytes', { n: number(Math.round(kilobytes / 102.4) / 10) });
  };
}
