import { Link } from 'wouter';
import { Page } from '~/frame/page';
import { useTexts } from '~/texts/texts';

export function NotFoundPage() {
  const { t } = useTexts();
  return (
    <Page title={t('web.not_found.title')}>
      <p>{t('web.not_found.text')}</p>
      <p>
        <Link href="/">{t('web.not_found.home')}</Link>
      </p>
    </Page>
  );
}
