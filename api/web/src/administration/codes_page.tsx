import { Link } from 'wouter';
import { Validity } from '~/administration/validity';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { useNames } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export default function CodesPage() {
  const { t, tn, number } = useTexts();
  const name = useNames();
  const reading = useRead('/api/v1/reference/codes', {});
  return (
    <Page title={t('web.codes.title')} lead={t('web.codes.lead')}>
      <Loaded reading={reading}>
        {({ code_sets }) => {
          const newest = new Map(code_sets.map((set) => [set.given?.code_set ?? '', set]));
          return (
            <DataTable
              caption={t('web.codes.title')}
              rows={[...newest.values()]}
              row_key={(set) => set.given?.code_set ?? ''}
              columns={[
                {
                  head: t('web.codes.single'),
                  cell: ({ given }) => (
                    <Link href={`/administration/codes/${given?.code_set}`}>
                      {name(given?.name, given?.code_set ?? '')}
                    </Link>
                  ),
                },
                {
                  head: t('web.codes.codes'),
                  cell: ({ given }) => number(given?.codes.length ?? 0),
                  number: true,
                },
                {
                  head: t('web.units.validity'),
                  cell: ({ version, given }) => (
                    <>
                      <span className="small quiet">{tn('web.policies.version', version)}</span>{' '}
                      <Validity from={given?.valid_from ?? ''} until="" />
                    </>
                  ),
                },
                {
                  head: t('web.administration.id'),
                  cell: ({ given }) => <code className="small">{given?.code_set}</code>,
                },
              ]}
            />
          );
        }}
      </Loaded>
    </Page>
  );
}
