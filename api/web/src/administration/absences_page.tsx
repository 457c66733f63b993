// Who is away or will be, and on whose list their work is meanwhile.
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { usePutBack } from '~/administration/put_back';
import { Validity } from '~/administration/validity';
import type { AnswerOf } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { Page } from '~/frame/page';
import { today } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Absence = AnswerOf<'/api/v1/reference/absences', 'get'>['absences'][number];

export default function AbsencesPage() {
  const { t, date } = useTexts();
  const reading = useRead('/api/v1/reference/absences', {});
  const users = useRead('/api/v1/reference/users', {});
  const name = (id: string) => users.data?.users.find((user) => user.user_id === id)?.name ?? '';
  const withdraw = useCommand('/api/v1/reference/absences/absences', {
    version: reading.data?.version ?? '',
  });
  const put_back = usePutBack('/api/v1/reference/absences/absences');
  const take_away = async (one: Absence) => {
    const taken = await withdraw.send({ ...one, withdrawn: true });
    if (taken) put_back(t('web.absences.withdrawn'), { ...one, withdrawn: false }, taken.version);
  };
  return (
    <Page
      title={t('web.absences.title')}
      lead={t('web.absences.lead')}
      beside={
        <Link className="button-link" href="/administration/absences/new">
          {t('web.absences.new')}
        </Link>
      }
    >
      {withdraw.refusal ? <RefusalNotice refusal={withdraw.refusal} /> : null}
      <Loaded reading={reading}>
        {({ absences }) =>
          absences.length === 0 ? (
            <p className="card quiet">{t('web.absences.none')}</p>
          ) : (
            <DataTable
              caption={t('web.absences.title')}
              rows={absences}
              row_key={(one) => `${one.user_id} ${one.first_day}`}
              columns={[
                {
                  head: t('web.absences.who'),
                  cell: (one) => (
                    <Link href={`/administration/absences/${one.user_id}/${one.first_day}`}>
                      {name(one.user_id)}
                    </Link>
                  ),
                },
                {
                  head: t('web.absences.days'),
                  cell: (one) => (
                    <>
                      {date(one.first_day)}–{date(one.last_day)}{' '}
                      {one.first_day <= today() ? (
                        <span className="tag ending">{t('web.absences.now')}</span>
                      ) : (
                        <Validity from={one.first_day} until="" />
                      )}
                    </>
                  ),
                },
                { head: t('web.absences.substitute'), cell: (one) => name(one.substitute) },
                {
                  head: t('web.absences.withdraw'),
                  cell: (one) => (
                    <Button
                      variant="secondaryNoBorder"
                      aria-label={t('web.absences.withdraw_one', { name: name(one.user_id) })}
                      onClick={() => void take_away(one)}
                    >
                      {t('web.absences.withdraw')}
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
