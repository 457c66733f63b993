// The mails of the mornings: what did not go out first, each with why and the way to try again.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, call } from '~/api/client';
import { useRead } from '~/api/reading';
import { Refusal, Unreachable } from '~/api/refusal';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { Choice } from '~/forms/choice';
import { toast } from '~/frame/toasts';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Entry = AnswerOf<'/api/v1/alerts', 'get'>['entries'][number];

const states: Record<string, PlainTextId> = {
  waiting: 'web.health.mail.waiting',
  sent: 'web.health.mail.sent',
  refused: 'web.health.mail.refused',
  skipped: 'web.health.mail.skipped',
};
const reasons: Record<string, PlainTextId> = {
  'no-connection': 'web.health.mail.reason.no_connection',
  'no-starttls': 'web.health.mail.reason.no_starttls',
  certificate: 'web.health.mail.reason.certificate',
  login: 'web.health.mail.reason.login',
  server: 'web.health.mail.reason.server',
  lost: 'web.health.mail.reason.lost',
  message: 'web.health.mail.reason.message',
  inactive: 'web.health.mail.reason.inactive',
  unwanted: 'web.health.mail.reason.unwanted',
  'no-address': 'web.health.mail.reason.no_address',
  retry: 'web.health.mail.reason.retry',
};
// What somebody should do something about.
const failed = (entry: Entry) =>
  entry.state === 'refused' ||
  (entry.state === 'waiting' && entry.attempts > 0) ||
  (entry.state === 'skipped' && entry.last_reason === 'no-address');

export function Mail() {
  const { t, moment, date } = useTexts();
  const alerts = useRead('/api/v1/alerts', {});
  const users = useRead('/api/v1/reference/users', {});
  const [shown, set_shown] = useState<'failed' | 'all'>('failed');
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const name = (id: string) => users.data?.users.find((user) => user.user_id === id)?.name ?? '';
  async function again(message_id: string) {
    set_refusal(undefined);
    try {
      await call('post', '/api/v1/alerts/{message_id}/retry', { path: { message_id } });
      toast({ text: t('web.health.mail.tried') });
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
    }
    await alerts.refetch();
  }
  return (
    <section className="stack" aria-labelledby="mail">
      <h2 id="mail">{t('web.health.mail')}</h2>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      <Loaded reading={alerts}>
        {({ entries }) => {
          const rows = shown === 'all' ? entries : entries.filter(failed);
          return (
            <>
              {entries.length > 0 ? (
                <Choice<'failed' | 'all'>
                  name="mails"
                  legend={t('web.health.mail.shown')}
                  value={shown}
                  change={set_shown}
                  options={[
                    ['failed', t('web.health.mail.failed')],
                    ['all', t('web.health.mail.all')],
                  ]}
                />
              ) : null}
              {rows.length === 0 ? (
                <p className="quiet">
                  {entries.length === 0 ? t('web.health.mail.none') : t('web.health.mail.none_failed')}
                </p>
              ) : (
                <DataTable
                  caption={t('web.health.mail')}
                  rows={rows}
                  row_key={(entry) => `${entry.morning} ${entry.user_id}`}
                  columns={[
                    { head: t('web.health.mail.morning'), cell: (entry) => date(entry.morning) },
                    { head: t('web.health.mail.to'), cell: (entry) => name(entry.user_id) },
                    {
                      head: t('web.health.mail.state'),
                      cell: (entry) => (
                        <>
                          {t(states[entry.state] ?? 'web.health.mail.waiting')}{' '}
                          <span className="small quiet block">
                            {reasons[entry.last_reason] ? t(reasons[entry.last_reason] as PlainTextId) : ''}{' '}
                            {entry.next_attempt_at
                              ? t('web.webhooks.next', { when: moment(entry.next_attempt_at) })
                              : ''}
                          </span>
                        </>
                      ),
                    },
                    {
                      head: t('web.health.mail.again'),
                      cell: (entry) =>
                        entry.state === 'waiting' || entry.state === 'refused' ? (
                          <Button variant="secondary" onClick={() => void again(entry.message_id)}>
                            {t('web.health.mail.retry')}
                          </Button>
                        ) : (
                          ''
                        ),
                    },
                  ]}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
