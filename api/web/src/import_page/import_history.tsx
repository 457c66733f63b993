// Imports that run and those there have been: how many rows came of each, and of the rows that were not taken the
// line and the reason, never what stood there.
import '~/components/components.css';
import { useEffect } from 'react';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { has_role, session_now } from '~/api/session';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { kind_texts } from '~/reference/kinds';
import { useColleagues } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Records = AnswerOf<'/api/v1/imports', 'get'>;
const while_running_ms = 1000;
const otherwise_ms = 10_000;

export function ImportHistory({ expecting }: { expecting: boolean }) {
  const { t, tn, number, moment } = useTexts();
  const reading = useRead('/api/v1/imports', {});
  const name = useUserNames();
  const { refetch } = reading;
  const runs = expecting || (reading.data?.running.length ?? 0) > 0;
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') void refetch();
      },
      runs ? while_running_ms : otherwise_ms,
    );
    // What has just ended is there at once.
    void refetch();
    return () => clearInterval(timer);
  }, [runs, refetch]);
  return (
    <Loaded reading={reading}>
      {({ running, imports }) => (
        <>
          {running.length > 0 ? (
            <section className="card stack" aria-labelledby="running">
              <h2 id="running">{t('web.import.now')}</h2>
              {running.map((one) => (
                <Running key={`${one.since} ${one.user_id}`} one={one} name={name(one.user_id)} />
              ))}
            </section>
          ) : null}
          <section className="stack" aria-labelledby="history">
            <h2 id="history">{t('web.import.history')}</h2>
            {imports.length === 0 ? (
              <p className="quiet">{t('web.import.no_history')}</p>
            ) : (
              <DataTable
                caption={t('web.import.history')}
                rows={imports}
                row_key={(one) => `${one.at} ${one.user_id}`}
                columns={[
                  { head: t('web.import.when'), cell: (one) => moment(one.at ?? '') },
                  { head: t('web.import.who'), cell: (one) => name(one.user_id) },
                  {
                    head: t('web.work_list.kind'),
                    cell: (one) => t(kind_texts[one.kind] ?? 'web.kind.contact'),
                  },
                  { head: t('web.import.count.rows'), cell: (one) => number(Number(one.rows)), number: true },
                  {
                    head: t('web.import.count.taken'),
                    cell: (one) => number(Number(one.taken)),
                    number: true,
                  },
                  {
                    head: t('web.import.count.corrected'),
                    cell: (one) => number(Number(one.corrected)),
                    number: true,
                  },
                  {
                    head: t('web.import.count.rejected'),
                    cell: (one) =>
                      one.rejects.length === 0 ? (
                        number(Number(one.rejected))
                      ) : (
                        <details>
                          <summary>{tn('web.import.rejected_rows', Number(one.rejected))}</summary>
                          <Rejects of={one} />
                        </details>
                      ),
                  },
                ]}
              />
            )}
          </section>
        </>
      )}
    </Loaded>
  );
}

function Running({ one, name }: { one: Records['running'][number]; name: string }) {
  const { t, number, moment } = useTexts();
  const share = Number(one.size) > 0 ? Math.min(1, Number(one.read) / Number(one.size)) : 0;
  const percent = Math.round(share * 100);
  const label = t(kind_texts[one.kind] ?? 'web.kind.contact');
  return (
    <div className="stack close">
      <p>
        {label}
        {one.dry_run ? ` (${t('web.import.trial')})` : ''}: {name}, {moment(one.since ?? '')}
      </p>
      <div className="row">
        <progress value={percent} max={100} aria-label={t('web.import.progress', { kind: label })} />
        <span>{t('web.import.percent', { percent: number(percent) })}</span>
      </div>
    </div>
  );
}

function Rejects({ of }: { of: Records['imports'][number] }) {
  const { t, tn, number } = useTexts();
  const more = Number(of.rejected) - of.rejects.length;
  return (
    <>
      <ul className="rejects">
        {of.rejects.map((reject) => (
          <li key={`${reject.line} ${reject.column} ${reject.reason}`} className="small">
            {t('web.import.reject_line', { line: number(Number(reject.line)) })}
            {reject.column ? (
              <>
                , <code>{reject.column}</code>
              </>
            ) : null}
            : {reject.reason}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="small quiet">{tn('web.import.more_rejects', more)}</p> : null}
    </>
  );
}

// Colleagues, or everybody for the administrator.
function useUserNames() {
  const session = session_now();
  const administrator = session ? has_role(session, 'ADMINISTRATOR') : false;
  const users = useRead('/api/v1/reference/users', {}, { enabled: administrator });
  const colleagues = useColleagues();
  return (id: string) =>
    users.data?.users.find((user) => user.user_id === id)?.name ??
    (session?.user_id === id ? session.name : colleagues.name_of(id));
}
