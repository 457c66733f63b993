// The auditor's page: who read what, searched; who read most on which day; an entry's details; all of it as a file.
import '~/looked/looked.css';
import { useState } from 'react';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { session_now } from '~/api/session';
import { useAddress } from '~/components/address';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Barred } from '~/figures/barred';
import { DateField } from '~/forms/date_field';
import { Select } from '~/forms/select';
import { TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { AreaChoice, type AreaName, areas_audited } from '~/looked/areas';
import { role_texts } from '~/reference/roles';
import { useTexts } from '~/texts/texts';

type Search = AnswerOf<'/api/v1/access-log/search', 'get'>;
type Entry = Search['entries'][number];
// Ids only: nothing personal stands in an address.
const asked = ['area', 'user', 'case_id', 'what', 'purpose', 'from', 'until'] as const;
type Asked = Record<(typeof asked)[number], string>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const iso = /^\d{4}-\d{2}-\d{2}$/;

// What is half typed is not asked yet.
const query_of = (area: AreaName, { user, case_id, what, purpose, from, until }: Asked) => ({
  area,
  ...(user ? { user } : {}),
  ...(uuid.test(case_id) ? { case_id } : {}),
  ...(what ? { what } : {}),
  ...(purpose ? { purpose } : {}),
  ...(iso.test(from) ? { from } : {}),
  ...(iso.test(until) ? { until } : {}),
});

export default function AuditPage() {
  const { t } = useTexts();
  const session = session_now();
  const areas = session ? areas_audited(session) : [];
  const [address, change] = useAddress(asked);
  const area = areas.find((one) => one === address.area) ?? areas[0];
  return (
    <Page title={t('web.audit.title')} lead={t('web.audit.lead')}>
      {areas.length > 1 && area ? (
        <AreaChoice areas={areas} value={area} change={(next) => change({ area: next })} />
      ) : null}
      {area ? (
        <Searched area={area} address={address} change={change} />
      ) : (
        <p className="quiet">{t('web.audit.no_area')}</p>
      )}
    </Page>
  );
}

function Searched({
  area,
  address,
  change,
}: {
  area: AreaName;
  address: Asked;
  change: (changed: Partial<Asked>) => void;
}) {
  const { t, tn, date, number } = useTexts();
  const query = query_of(area, address);
  const of = JSON.stringify(query);
  // Another question begins with its newest.
  const [place, set_place] = useState({ of, cursor: '' });
  const cursor = place.of === of ? place.cursor : '';
  const set_cursor = (next: string) => set_place({ of, cursor: next });
  const reading = useRead(
    '/api/v1/access-log/search',
    { query: { ...query, ...(cursor ? { cursor: Number(cursor) } : {}) } as never },
    { keep: true },
  );
  const options = (words: Search['whats'] | undefined) =>
    (words ?? []).map(({ word, text }) => ({ value: word, label: text }));
  return (
    <>
      <search className="card audit-filter on-screen">
        <Select
          label={t('web.looked.who')}
          value={address.user}
          all={t('web.audit.anybody')}
          change={(user) => change({ user })}
          options={options(reading.data?.users)}
        />
        <Select
          label={t('web.looked.what')}
          value={address.what}
          all={t('web.audit.anything')}
          change={(what) => change({ what })}
          options={options(reading.data?.whats)}
        />
        <Select
          label={t('web.looked.purpose')}
          value={address.purpose}
          all={t('web.audit.either')}
          change={(purpose) => change({ purpose })}
          options={[
            { value: 'stated', label: t('web.audit.stated') },
            { value: 'none', label: t('web.audit.not_stated') },
          ]}
        />
        <DateField
          name="from"
          label={t('label.from')}
          value={address.from}
          change={(from) => change({ from })}
        />
        <DateField
          name="until"
          label={t('label.until')}
          value={address.until}
          change={(until) => change({ until })}
        />
        <TextField
          name="case_id"
          label={t('web.emergency.case')}
          value={address.case_id}
          change={(case_id) => change({ case_id: case_id.trim() })}
        />
      </search>
      <Loaded reading={reading}>
        {(data) => (
          <>
            <div className="row spread">
              <p role="status">{tn('web.audit.found', Number(data.found))}</p>
              <a href={`/api/v1/access-log/search/csv?${new URLSearchParams(query)}`} download>
                {t('web.audit.file')}
              </a>
            </div>
            {data.days.length > 0 ? (
              <section className="card stack" aria-labelledby="days">
                <h2 id="days">{t('web.audit.days')}</h2>
                <p className="small quiet">{t('web.audit.days_hint')}</p>
                <Barred
                  caption={t('web.audit.days_of', {
                    shown: number(Math.min(10, data.days.length)),
                    all: number(Number(data.days_in_all)),
                  })}
                  heads={[t('web.audit.who_and_day'), t('web.audit.cases'), t('web.audit.reads')]}
                  rows={data.days.slice(0, 10).map((one) => ({
                    key: `${one.user_id} ${one.day}`,
                    head: `${one.user_name || one.user_id}, ${date(one.day)}`,
                    value: one.cases,
                    more: number(one.reads),
                  }))}
                />
              </section>
            ) : null}
            <Entries entries={data.entries} />
            <div className="row on-screen">
              {cursor ? (
                <button type="button" className="plain-button" onClick={() => set_cursor('')}>
                  {t('web.looked.newest')}
                </button>
              ) : null}
              {data.next_cursor ? (
                <button type="button" className="plain-button" onClick={() => set_cursor(data.next_cursor)}>
                  {t('web.looked.older')}
                </button>
              ) : null}
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

function Entries({ entries }: { entries: Entry[] }) {
  const { t, tn, moment } = useTexts();
  const roles = useRoleNames();
  if (entries.length === 0) return <p className="quiet">{t('web.audit.nothing')}</p>;
  return (
    <DataTable
      caption={t('web.audit.entries')}
      rows={entries}
      row_key={(one) => one.position}
      columns={[
        { head: t('web.looked.when'), cell: (one) => moment(one.at ?? '') },
        { head: t('web.looked.who'), cell: (one) => one.user_name || one.user_id },
        { head: t('web.looked.what'), cell: (one) => one.what_text },
        { head: t('web.looked.purpose'), cell: (one) => one.purpose || '–' },
        {
          head: t('web.audit.details'),
          cell: (one) => (
            <details>
              <summary>{tn('web.audit.shown_cases', one.case_ids.length)}</summary>
              <dl className="facts">
                {(
                  [
                    [t('web.audit.roles'), roles(one.roles)],
                    [t('web.audit.units'), one.units.join(', ')],
                    [t('web.audit.route'), one.route],
                    [t('web.audit.receiver'), one.receiver],
                    [t('web.audit.ground'), one.legal_ground],
                    [t('web.audit.position'), one.position],
                  ] as const
                )
                  .filter(([, value]) => value)
                  .map(([name, value]) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
              </dl>
              <ul className="case-ids small">
                {one.case_ids.map((id) => (
                  <li key={id}>
                    <code>{id}</code>
                  </li>
                ))}
              </ul>
            </details>
          ),
        },
      ]}
    />
  );
}

export function useRoleNames() {
  const { t } = useTexts();
  return (roles: string[]) =>
    roles
      .map((role) => (role in role_texts ? t(role_texts[role as keyof typeof role_texts]) : role))
      .join(', ');
}
