// Where one is signed in: each session ended here by itself, or all but this one at once.
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, call } from '~/api/client';
import { useRead } from '~/api/reading';
import { useTrying } from '~/api/trying';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { toast } from '~/frame/toasts';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Session = AnswerOf<'/api/v1/sessions', 'get'>['sessions'][number];

const means_texts: Record<string, PlainTextId> = {
  password: 'web.sessions.means.password',
  'second-factor': 'web.sessions.means.second_factor',
  provider: 'web.sessions.means.provider',
};

export function Sessions() {
  const { t, moment } = useTexts();
  const reading = useRead('/api/v1/sessions', {});
  const { tried, refusal } = useTrying(reading.refetch);
  const where = ({ browser, system }: Session) =>
    [browser, system].filter(Boolean).join(', ') || t('web.sessions.unknown');
  const end = (session_id: string) =>
    tried(async () => {
      await call('delete', '/api/v1/sessions/{session_id}', { path: { session_id } });
      toast({ text: t('web.sessions.ended') });
    });
  const end_others = () =>
    tried(async () => {
      await call('delete', '/api/v1/sessions', {});
      toast({ text: t('web.sessions.others_ended') });
    });
  return (
    <section className="card stack" aria-labelledby="sessions">
      <h2 id="sessions">{t('web.sessions.title')}</h2>
      <p className="quiet">{t('web.sessions.text')}</p>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      <Loaded reading={reading}>
        {({ sessions }) => (
          <>
            <DataTable
              caption={t('web.sessions.title')}
              rows={sessions}
              row_key={(session) => session.session_id}
              columns={[
                { head: t('web.sessions.where'), cell: where },
                {
                  head: t('web.sessions.means'),
                  cell: (session) => t(means_texts[session.means] ?? 'web.sessions.means.password'),
                },
                { head: t('web.sessions.opened'), cell: (session) => moment(session.opened_at ?? '') },
                { head: t('web.sessions.used'), cell: (session) => moment(session.used_at ?? '') },
                {
                  head: t('web.sessions.end'),
                  cell: (session) =>
                    session.this_one ? (
                      <span className="tag">{t('web.sessions.this_one')}</span>
                    ) : (
                      <button
                        type="button"
                        className="plain-button"
                        aria-label={t('web.sessions.end_one', {
                          where: where(session),
                          opened: moment(session.opened_at ?? ''),
                        })}
                        onClick={() => void end(session.session_id)}
                      >
                        {t('web.sessions.end')}
                      </button>
                    ),
                },
              ]}
            />
            {sessions.length > 1 ? (
              <div>
                <Button variant="secondary" onClick={() => void end_others()}>
                  {t('web.sessions.end_others')}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
