// Every legal hold in force on the cases of one's own area. A hold is placed and lifted on the case's own page.
import { Link } from 'wouter';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { kind_texts, path_of_case } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

export default function HoldsPage() {
  const { t, date } = useTexts();
  const reading = useRead('/api/v1/holds', {});
  return (
    <Page title={t('web.holds.title')} lead={t('web.holds.lead')}>
      <Loaded reading={reading}>
        {({ holds }) =>
          holds.length === 0 ? (
            <p className="card">{t('web.holds.none')}</p>
          ) : (
            <DataTable
              caption={t('web.holds.title')}
              rows={holds}
              row_key={(one) => `${one.case_id} ${one.hold_id}`}
              columns={[
                {
                  head: t('web.holds.case'),
                  cell: (one) => {
                    const kind = kind_texts[one.kind];
                    return (
                      <>
                        <Link href={path_of_case(one.kind, one.case_id)}>
                          {one.diary_number || one.case_id}
                        </Link>
                        <span className="small quiet block">{kind ? t(kind) : one.kind}</span>
                      </>
                    );
                  },
                },
                { head: t('web.holds.reason'), cell: (one) => one.reason },
                {
                  head: t('web.holds.until'),
                  cell: (one) => (one.until ? date(one.until) : t('web.holds.until_lifted')),
                },
                {
                  head: t('web.holds.placed'),
                  cell: (one) =>
                    [one.placed_by_name, one.placed_on ? date(one.placed_on) : ''].filter(Boolean).join(', '),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
