// Destruction lists of one's own area, newest year first, and the way to a new one.
import '~/case_steps/case_steps.css';
import { Link } from 'wouter';
import { useRead } from '~/api/reading';
import { type Column, DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { is_worked_on, type ListRow, path_of_list } from '~/destruction/destruction';
import { Page } from '~/frame/page';
import { while_here } from '~/publications/live_publication';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export default function DestructionsPage() {
  const { t, named, date } = useTexts();
  const codes = useCodes();
  const reading = useRead(
    '/api/v1/destructions',
    {},
    { again_ms: ({ lists }) => while_here(lists.some((one) => is_worked_on(one.stage)) ? 2000 : 10_000)() },
  );
  const columns: Column<ListRow>[] = [
    {
      head: t('web.destruction.single'),
      cell: (row) => (
        <Link href={path_of_list(row.list_id)}>
          {t('web.destruction.of_year', { area: codes.label('area', row.area), year: String(row.year) })}
        </Link>
      ),
    },
    {
      head: t('web.destruction.stage'),
      cell: (row) => <span className={`tag stage ${row.stage.split('.').at(-1)}`}>{named(row.stage)}</span>,
    },
    {
      head: t('web.destruction.waiting'),
      number: true,
      cell: (row) => String((row.fates?.waiting ?? 0) + (row.fates?.cleared ?? 0)),
    },
    { head: t('web.destruction.destroyed'), number: true, cell: (row) => String(row.fates?.destroyed ?? 0) },
    {
      head: t('web.destruction.completed'),
      cell: (row) => (row.completed_on ? date(row.completed_on) : '–'),
    },
  ];
  return (
    <Page title={t('web.destruction.title')} lead={t('web.destruction.lead')}>
      <Loaded reading={reading}>
        {({ lists, opens }) => (
          <>
            {opens.length > 0 ? (
              <p className="row">
                <Link href="/destructions/new">{t('web.destruction.new')}</Link>
                <Link href="/holds">{t('web.holds.title')}</Link>
              </p>
            ) : null}
            {lists.length === 0 ? (
              <p className="card">{t('web.destruction.none')}</p>
            ) : (
              <DataTable
                caption={t('web.destruction.title')}
                columns={columns}
                rows={lists}
                row_key={(row) => row.list_id}
              />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
