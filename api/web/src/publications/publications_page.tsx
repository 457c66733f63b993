// The publications that one writes or takes through the boards, newest first, and the way to a new one.
import '~/case_steps/case_steps.css';
import '~/publications/publications.css';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { useRead } from '~/api/reading';
import { has_role, session_now } from '~/api/session';
import { type Column, DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { ask_every_ms, while_here } from '~/publications/live_publication';
import { NewPublication } from '~/publications/new_publication';
import { type PublicationRow, path_of_publication } from '~/publications/publication';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export default function PublicationsPage() {
  const { t, named, date } = useTexts();
  const codes = useCodes();
  const [opening, set_opening] = useState(false);
  const reading = useRead('/api/v1/publications', {}, { again_ms: while_here(ask_every_ms) });
  const session = session_now();
  const opens = session && has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER');
  const columns: Column<PublicationRow>[] = [
    {
      head: t('web.publications.single'),
      cell: (row) => <Link href={path_of_publication(row.publication_id)}>{row.title}</Link>,
    },
    {
      head: t('web.publications.kind'),
      cell: (row) => codes.label('publication_kind', row.publication_kind),
    },
    { head: t('web.publications.area'), cell: (row) => codes.label('area', row.area) },
    {
      head: t('web.publications.stage'),
      cell: (row) => (
        <>
          <span className={`tag stage ${row.stage.split('.').at(-1)}`}>{named(row.stage)}</span>
          {row.files_waiting ? (
            <span className="small quiet block">{t('web.publications.files.being_made')}</span>
          ) : null}
        </>
      ),
    },
    {
      head: t('web.publications.when'),
      cell: (row) =>
        row.published_on
          ? t('web.publications.published_on', { date: date(row.published_on) })
          : row.signed_on
            ? t('web.publications.signed_on', { date: date(row.signed_on) })
            : '–',
    },
    { head: t('web.publications.edition_short'), cell: (row) => String(row.edition || 1) },
  ];
  return (
    <Page
      title={t('web.publications.title')}
      beside={
        opens ? <Button onClick={() => set_opening(true)}>{t('web.publications.new')}</Button> : undefined
      }
    >
      <Loaded reading={reading}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="card">{opens ? t('web.publications.none') : t('web.publications.none_signed')}</p>
          ) : (
            <DataTable
              caption={t('web.publications.title')}
              columns={columns}
              rows={rows}
              row_key={(row) => row.publication_id}
            />
          )
        }
      </Loaded>
      <p className="small">
        <a href="/published" target="_blank" rel="noreferrer">
          {t('web.publications.public_page')}
        </a>
      </p>
      {opening ? <NewPublication close={() => set_opening(false)} /> : null}
    </Page>
  );
}
