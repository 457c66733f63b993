// Before anything is known of who is here: the server does not answer, or is still starting.
import { useEffect } from 'react';
import { look_again } from '~/api/session';
import { Entrance } from '~/frame/entrance';
import { useTexts } from '~/texts/texts';

const pause_ms = 2000;

export function NoServer() {
  const { t } = useTexts();
  useEffect(() => {
    const timer = setInterval(() => void look_again().catch(() => undefined), pause_ms);
    return () => clearInterval(timer);
  }, []);
  return (
    <Entrance title={t('web.frame.no_server.title')}>
      <p role="status">{t('web.frame.no_server.text')}</p>
    </Entrance>
  );
}
