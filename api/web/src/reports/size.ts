import { useTexts } from '~/texts/texts';

// Of a file, as people say it: 12 kB, 1,4 MB.
export function useSize() {
  const { t, number } = useTexts();
  return (bytes: number) => {
    const large = bytes >= 1_000_000;
    const value = Math.max(bytes, 1) / (large ? 1e6 : 1e3);
    const n = number(value < 10 ? Math.max(0.1, Math.round(value * 10) / 10) : Math.round(value));
    return large ? t('web.reports.megabytes', { n }) : t('web.reports.kilobytes', { n });
  };
}
