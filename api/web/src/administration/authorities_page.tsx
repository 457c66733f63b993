// Authorities that send requests and transfer complaints, with what became of those that ended.
import { Link } from 'wouter';
import { Validity } from '~/administration/validity';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { AuthorityName, Name } from '~/reference/names';
import { today, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export default function AuthoritiesPage() {
  const { t } = useTexts();
  const codes = useCodes();
  const reading = useRead('/api/v1/reference/authorities', {});
  const ended = (until: string) => until !== '' && until < today();
  return (
    <Page
      title={t('web.authorities.title')}
      lead={t('web.authorities.lead')}
      beside={
        <Link className="button-link" href="/administration/authorities/new">
          {t('web.authorities.new')}
        </Link>
      }
    >
      <Loaded reading={reading}>
        {({ authorities }) => (
          <DataTable
            caption={t('web.authorities.title')}
            rows={authorities.toSorted((a, b) => Number(ended(a.valid_until)) - Number(ended(b.valid_until)))}
            row_key={(one) => one.authority_id}
            columns={[
              {
                head: t('web.authorities.name'),
                cell: (one) => (
                  <Link href={`/administration/authorities/${encodeURIComponent(one.authority_id)}`}>
                    <Name of={one.name} otherwise={one.authority_id} />
                  </Link>
                ),
              },
              {
                head: t('web.authorities.kind'),
                cell: (one) => codes.label('authority_kind', one.authority_kind),
              },
              {
                head: t('web.units.validity'),
                cell: (one) => (
                  <>
                    <Validity from={one.valid_from} until={one.valid_until} />
                    {one.successor ? (
                      <span className="small quiet block">
                        {t('web.units.goes_on')} <AuthorityName id={one.successor} />
                      </span>
                    ) : null}
                  </>
                ),
              },
              {
                head: t('web.administration.id'),
                cell: (one) => <code className="small">{one.authority_id}</code>,
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
