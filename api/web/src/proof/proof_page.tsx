// The signed heads of both logs: what somebody outside keeps, so that nothing can be altered unseen.
import '~/proof/proof.css';
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, call } from '~/api/client';
import { useRead } from '~/api/reading';
import { useTrying } from '~/api/trying';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { Page } from '~/frame/page';
import { toast } from '~/frame/toasts';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Checkpoints = AnswerOf<'/api/v1/checkpoints', 'get'>;

const logs: Record<string, PlainTextId> = { events: 'web.proof.log.events', access: 'web.proof.log.access' };

export default function ProofPage() {
  const { t, tn } = useTexts();
  const reading = useRead('/api/v1/checkpoints', {});
  const { tried, refusal } = useTrying(reading.refetch);
  const take = () =>
    tried(async () => {
      const { fresh } = await call('post', '/api/v1/checkpoints', {});
      toast({ text: fresh === 0 ? t('web.proof.nothing_new') : tn('web.proof.taken', fresh) });
    });
  return (
    <Page title={t('web.proof.title')} lead={t('web.proof.lead')}>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      <p className="proof-actions">
        <Button onClick={() => void take()}>{t('web.proof.take')}</Button>
        <a href="/api/v1/checkpoints/witness" download>
          {t('web.proof.witness')}
        </a>
      </p>
      <p className="quiet">{t('web.proof.keep')}</p>
      <Loaded reading={reading}>{(list) => <Shown list={list} />}</Loaded>
    </Page>
  );
}

function Shown({ list }: { list: Checkpoints }) {
  const { t, tn, number, moment } = useTexts();
  return (
    <>
      <section className="stack" aria-labelledby="newest">
        <h2 id="newest">{t('web.proof.newest')}</h2>
        {list.checkpoints.length === 0 ? (
          <p className="quiet">{t('web.proof.none')}</p>
        ) : (
          <DataTable
            caption={t('web.proof.newest')}
            rows={list.checkpoints}
            row_key={(row) => row.note}
            columns={[
              { head: t('web.proof.taken_at'), cell: (row) => (row.taken_at ? moment(row.taken_at) : '') },
              { head: t('web.proof.which_log'), cell: (row) => t(logs[row.log] ?? 'web.proof.log.events') },
              { head: t('web.proof.size'), cell: (row) => number(Number(row.size)), number: true },
              { head: t('web.proof.root'), cell: (row) => <code className="proof-code">{row.root}</code> },
            ]}
          />
        )}
        <p className="small quiet">{tn('web.proof.kept', Number(list.kept))}</p>
      </section>
      <section className="card stack" aria-labelledby="keys">
        <h2 id="keys">{t('web.proof.keys')}</h2>
        <p>{t('web.proof.keys_about')}</p>
        <dl className="facts">
          {[
            [t('web.proof.log.events'), list.events_key],
            [t('web.proof.log.access'), list.access_key],
          ].map(([name, key]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code className="proof-code">{key}</code>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
