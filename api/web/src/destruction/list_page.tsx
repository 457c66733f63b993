// A destruction list: where it stands, who has approved it, what becomes of each item and why, its certificate.
import '~/case_steps/case_steps.css';
import '~/case_page/case_page.css';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { is_worked_on, type ListAnswer } from '~/destruction/destruction';
import { Items } from '~/destruction/items';
import { type Asked, ListCommand } from '~/destruction/list_command';
import { Page } from '~/frame/page';
import { while_here } from '~/publications/live_publication';
import { useCodes } from '~/reference/reference';
import { role_texts } from '~/reference/roles';
import { useTexts } from '~/texts/texts';

export default function ListPage({ params }: { params: Record<string, string> }) {
  const { id = '' } = params;
  const { t } = useTexts();
  const reading = useRead(
    '/api/v1/destructions/{id}',
    { path: { id } },
    { again_ms: ({ row }) => while_here(is_worked_on(row?.stage ?? '') ? 2000 : 10_000)() },
  );
  return (
    <div className="stack">
      <p className="on-screen">
        <Link href="/destructions">{t('web.destruction.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.destruction.single')}>
        {(page) => <Shown id={id} page={page} />}
      </Loaded>
    </div>
  );
}

function Shown({ id, page }: { id: string; page: ListAnswer }) {
  const { t, named, date } = useTexts();
  const codes = useCodes();
  const [asked, ask] = useState<Asked>();
  const row = page.row;
  if (!row) return null;
  const may = (path: string) => page.possible.includes(path);
  const stage = row.stage.split('.').at(-1) ?? '';
  return (
    <Page
      title={t('web.destruction.of_year', { area: codes.label('area', row.area), year: String(row.year) })}
      lead={named(row.stage)}
    >
      <Progress page={page} stage={stage} />
      <section className="card stack" aria-labelledby="approvals">
        <h2 id="approvals">{t('web.destruction.approvals')}</h2>
        {row.approvals.length === 0 ? (
          <p className="quiet">{t('web.destruction.no_approvals')}</p>
        ) : (
          <ul>
            {row.approvals.map((one) => (
              <li key={one.user_id}>
                {t('web.destruction.approved_by', { name: one.name || one.user_id, date: date(one.on) })}
                <span className="small quiet">
                  {' '}
                  {one.roles.flatMap((role) => (role === 'NO_ROLE' ? [] : [t(role_texts[role])])).join(', ')}
                </span>
              </li>
            ))}
          </ul>
        )}
        {['approve', 'withdraw-approval', 'abandon'].some(may) ? (
          <div className="row">
            {may('approve') ? (
              <Button onClick={() => ask({ command: 'approve' })}>
                {named('command.ApproveDestruction')}
              </Button>
            ) : null}
            {may('withdraw-approval') ? (
              <button
                type="button"
                className="plain-button"
                onClick={() => ask({ command: 'withdraw-approval' })}
              >
                {named('command.WithdrawDestructionApproval')}
              </button>
            ) : null}
            {may('abandon') ? (
              <button type="button" className="plain-button" onClick={() => ask({ command: 'abandon' })}>
                {named('command.AbandonDestructionList')}
              </button>
            ) : null}
          </div>
        ) : null}
        {page.not_possible
          .filter(({ path }) => path === 'approve' && stage === 'listed')
          .map(({ path, reason }) => (
            <p key={path} className="small quiet">
              {reason}
            </p>
          ))}
      </section>
      {asked ? (
        <ListCommand
          key={`${asked.command} ${asked.item_id}`}
          id={id}
          page={page}
          asked={asked}
          close={() => ask(undefined)}
        />
      ) : null}
      {page.certificate ? <Certificate id={id} page={page} /> : null}
      {(row.fates?.to_archive ?? 0) > 0 ? (
        <section className="card stack" aria-labelledby="archive">
          <h2 id="archive">{t('web.destruction.archive')}</h2>
          <p>
            {row.transferred_on
              ? t('web.destruction.transferred', { date: date(row.transferred_on) })
              : t('web.destruction.not_transferred')}
          </p>
          {page.transfer_note ? <p>{page.transfer_note}</p> : null}
          <div className="row">
            <a href={`/api/v1/destructions/${id}/archive-transfer`} download>
              {t('web.destruction.transfer_list')}
            </a>
            {may('record-transfer') ? (
              <button
                type="button"
                className="plain-button"
                onClick={() => ask({ command: 'record-transfer' })}
              >
                {named('command.RecordArchiveTransfer')}
              </button>
            ) : null}
          </div>
        </section>
      ) : null}
      <Items
        items={page.items}
        action={(item) =>
          item.fate === 'waiting' && may('withhold-item')
            ? {
                label: named('command.WithholdItem'),
                choose: () => ask({ command: 'withhold-item', item_id: item.item_id }),
              }
            : item.fate === 'withheld' && may('release-item')
              ? {
                  label: named('command.ReleaseItem'),
                  choose: () => ask({ command: 'release-item', item_id: item.item_id }),
                }
              : undefined
        }
      />
    </Page>
  );
}

function Progress({ page, stage }: { page: ListAnswer; stage: string }) {
  const { t, date } = useTexts();
  const fates = page.row?.fates;
  if (stage === 'listing') return <Notice kind="info" title={t('web.destruction.being_listed')} />;
  if (stage !== 'executing' && stage !== 'approved') return null;
  const done = fates?.destroyed ?? 0;
  const all = done + (fates?.waiting ?? 0) + (fates?.cleared ?? 0);
  return (
    <Notice kind="info" title={t('web.destruction.progress', { done, all })}>
      <progress max={Math.max(1, all)} value={done} aria-label={t('web.destruction.progress_name')} />
      {page.row?.next_day ? (
        <p className="small">{t('web.destruction.next_day', { date: date(page.row.next_day) })}</p>
      ) : null}
    </Notice>
  );
}

function Certificate({ id, page }: { id: string; page: ListAnswer }) {
  const { t, date, language } = useTexts();
  const certificate = page.certificate;
  if (!certificate) return null;
  const file = (format: string) => `/api/v1/destructions/${id}/certificate?format=${format}&lang=${language}`;
  return (
    <section className="card stack" aria-labelledby="certificate">
      <h2 id="certificate">{t('web.destruction.certificate')}</h2>
      <p>
        {certificate.final_on
          ? t('web.destruction.final', {
              date: date(certificate.completed_on),
              final: date(certificate.final_on),
            })
          : t('web.destruction.completed_on', { date: date(certificate.completed_on) })}
      </p>
      <p className="row">
        <a href={file('pdf')} target="_blank" rel="noreferrer">
          {t('web.destruction.certificate_pdf')}
        </a>
        <a href={file('text')} download>
          {t('web.destruction.certificate_text')}
        </a>
      </p>
    </section>
  );
}
