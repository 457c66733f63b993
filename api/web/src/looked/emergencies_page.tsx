// Case files that were opened in an emergency, for those who are told of them: the head of the area, its auditors.
import { useState } from 'react';
import { Link } from 'wouter';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { session_now } from '~/api/session';
import { useAddress } from '~/components/address';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { AreaChoice, type AreaName, areas_told } from '~/looked/areas';
import { kind_texts, path_of_case } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

type Emergencies = AnswerOf<'/api/v1/emergencies', 'get'>;

export default function EmergenciesPage() {
  const { t } = useTexts();
  const session = session_now();
  const areas = session ? areas_told(session) : [];
  const [address, change] = useAddress(['area'] as const);
  const area = areas.find((one) => one === address.area) ?? areas[0];
  return (
    <Page title={t('web.emergency.title')} lead={t('web.emergency.lead')}>
      {areas.length > 1 && area ? (
        <AreaChoice areas={areas} value={area} change={(next) => change({ area: next })} />
      ) : null}
      {area ? <Listed key={area} area={area} /> : null}
    </Page>
  );
}

function Listed({ area }: { area: AreaName }) {
  const { t, moment } = useTexts();
  const [cursor, set_cursor] = useState('');
  const reading = useRead(
    '/api/v1/emergencies',
    { query: { area, ...(cursor ? { cursor: Number(cursor) } : {}) } as never },
    { keep: true },
  );
  return (
    <Loaded reading={reading}>
      {({ emergencies, next_cursor }) => (
        <>
          {emergencies.length === 0 ? (
            <p className="quiet">{t('web.emergency.none')}</p>
          ) : (
            <DataTable
              caption={t('web.emergency.title')}
              rows={emergencies}
              row_key={(one) => one.position}
              columns={[
                { head: t('web.looked.when'), cell: (one) => moment(one.opened_at ?? '') },
                { head: t('web.looked.who'), cell: (one) => one.user_name || one.user_id },
                { head: t('web.emergency.case'), cell: (one) => <CaseOf one={one} /> },
                { head: t('web.emergency.reason'), cell: (one) => one.reason },
              ]}
            />
          )}
          <div className="row on-screen">
            {cursor ? (
              <button type="button" className="plain-button" onClick={() => set_cursor('')}>
                {t('web.looked.newest')}
              </button>
            ) : null}
            {next_cursor ? (
              <button type="button" className="plain-button" onClick={() => set_cursor(next_cursor)}>
                {t('web.looked.older')}
              </button>
            ) : null}
          </div>
        </>
      )}
    </Loaded>
  );
}

function CaseOf({ one }: { one: Emergencies['emergencies'][number] }) {
  const { t } = useTexts();
  const text = kind_texts[one.kind];
  const kind = text ? t(text) : '';
  return (
    <>
      {one.visible ? <Link href={path_of_case(one.kind, one.case_id)}>{kind}</Link> : kind}
      <code className="small quiet block">{one.case_id}</code>
    </>
  );
}
