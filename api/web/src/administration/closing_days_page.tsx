// Days on which the organisation's own offices are closed, once or every year.
import { Link } from 'wouter';
import { Validity } from '~/administration/validity';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { Name } from '~/reference/names';
import { today } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

// 12-28 is one of every year.
export const yearly = (on: string) => on.length === 5;
export const next_of = (on: string, from = today()) => {
  if (!yearly(on)) return on;
  const this_year = `${from.slice(0, 4)}-${on}`;
  return this_year >= from ? this_year : `${Number(from.slice(0, 4)) + 1}-${on}`;
};

export default function ClosingDaysPage() {
  const { t, day } = useTexts();
  const reading = useRead('/api/v1/reference/closing-days', {});
  return (
    <Page
      title={t('web.closing_days.title')}
      lead={t('web.closing_days.lead')}
      beside={
        <Link className="button-link" href="/administration/closing-days/new">
          {t('web.closing_days.new')}
        </Link>
      }
    >
      <Loaded reading={reading}>
        {({ closing_days }) =>
          closing_days.length === 0 ? (
            <p className="card quiet">{t('web.closing_days.none')}</p>
          ) : (
            <DataTable
              caption={t('web.closing_days.title')}
              rows={closing_days.toSorted((a, b) => next_of(a.on).localeCompare(next_of(b.on)))}
              row_key={(one) => one.closing_day_id}
              columns={[
                {
                  head: t('web.closing_days.name'),
                  cell: (one) => (
                    <Link href={`/administration/closing-days/${encodeURIComponent(one.closing_day_id)}`}>
                      <Name of={one.name} otherwise={one.on} />
                    </Link>
                  ),
                },
                {
                  head: t('web.closing_days.next'),
                  cell: (one) => (
                    <>
                      {day(next_of(one.on))}{' '}
                      {yearly(one.on) ? <span className="tag">{t('web.closing_days.yearly')}</span> : null}
                    </>
                  ),
                },
                { head: t('web.closing_days.reason'), cell: (one) => one.reason },
                {
                  head: t('web.units.validity'),
                  cell: (one) => <Validity from={one.valid_from} until={one.valid_until} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
