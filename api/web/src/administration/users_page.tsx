import { Link } from 'wouter';
import { useRead } from '~/api/reading';
import { roles_of } from '~/api/session';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { useUnits } from '~/reference/reference';
import { role_texts } from '~/reference/roles';
import { useTexts } from '~/texts/texts';

export default function UsersPage() {
  const { t, tn } = useTexts();
  const units = useUnits();
  const reading = useRead('/api/v1/reference/users', {});
  return (
    <Page
      title={t('web.users.title')}
      lead={reading.data ? tn('web.users.count', reading.data.users.length) : ' '}
      beside={
        <Link className="button-link" href="/administration/users/new">
          {t('web.users.new')}
        </Link>
      }
    >
      <Loaded reading={reading}>
        {({ users }) => (
          <DataTable
            caption={t('web.users.title')}
            rows={[...users].sort(
              (a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name, 'fi'),
            )}
            row_key={(user) => user.user_id}
            columns={[
              {
                head: t('web.users.name'),
                cell: (user) => <Link href={`/administration/users/${user.user_id}`}>{user.name}</Link>,
              },
              { head: t('web.sign_in.login'), cell: (user) => user.login },
              {
                head: t('web.users.roles'),
                cell: (user) =>
                  roles_of(user)
                    .map((role) => t(role_texts[role]))
                    .join(', '),
              },
              { head: t('web.users.units'), cell: (user) => user.units.map(units.name_of).join(', ') },
              {
                head: t('web.users.state'),
                cell: (user) =>
                  user.active ? (
                    t('web.users.active')
                  ) : (
                    <span className="tag">{t('web.users.inactive')}</span>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
