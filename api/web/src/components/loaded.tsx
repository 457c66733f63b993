// What is read, in all its states: not yet, taking long, refused, away, there.
import '~/components/components.css';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from 'suomifi-ui-components';
import { Refusal, Unreachable } from '~/api/refusal';
import { RefusalNotice } from '~/components/notice';
import { Page } from '~/frame/page';
import { useTexts } from '~/texts/texts';

export function Waiting() {
  const { t } = useTexts();
  return (
    <p className="waiting" role="status">
      {t('web.loading.text')}
    </p>
  );
}

export function Loaded<T>({
  reading,
  title,
  children,
}: {
  reading: UseQueryResult<T>;
  title?: string; // of the page, when it is itself what is read
  children: (data: T) => ReactNode;
}) {
  const { t } = useTexts();
  if (reading.data !== undefined) return <>{children(reading.data)}</>;
  const wrong = reading.error ?? reading.failureReason;
  if (reading.isPending && !wrong) return <Waiting />;
  if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
  const said = (
    <div className="stack">
      <RefusalNotice refusal={wrong} />
      <div className="row">
        <Button variant="secondary" onClick={() => void reading.refetch()}>
          {t('web.loading.again')}
        </Button>
        {reading.isFetching ? <span className="quiet">{t('web.loading.trying')}</span> : null}
      </div>
    </div>
  );
  return title === undefined ? said : <Page title={title}>{said}</Page>;
}
