// Whether all is well, at a glance and in words: figures about the installation, none about a person. Asked again
// by itself while somebody looks.
import '~/administration/administration.css';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Keys } from '~/administration/keys';
import { Mail } from '~/administration/mail';
import { useRefreshed } from '~/administration/refreshed';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Page } from '~/frame/page';
import { kind_texts } from '~/reference/kinds';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Health = AnswerOf<'/api/v1/health', 'get'>;
type Sign = 'well' | 'look' | 'wrong' | 'quiet-sign';

const folders: Record<string, PlainTextId> = {
  log: 'web.health.folder.log',
  access: 'web.health.folder.access',
  blobs: 'web.health.folder.blobs',
  keys: 'web.health.folder.keys',
};
const refresh_ms = 10_000;
const day_ms = 86_400_000;
const backup_age_days = 2; // older: somebody should look
const certificate_days = 21;
const disk_share_low = 0.1;
const disk_share_least = 0.03;

export default function HealthPage() {
  const { t, number } = useTexts();
  const health = useRead('/api/v1/health', {});
  const stats = useRead('/api/v1/stats', {});
  useRefreshed(health.refetch, refresh_ms);
  return (
    <Page title={t('web.health.title')} lead={t('web.health.lead')}>
      <Loaded reading={health}>{(now) => <Glance now={now} />}</Loaded>
      <Mail />
      <Keys />
      <Loaded reading={stats}>
        {(figures) => (
          <section className="stack" aria-labelledby="kinds">
            <h2 id="kinds">{t('web.health.kinds')}</h2>
            <DataTable
              caption={t('web.health.kinds')}
              rows={figures.kinds}
              row_key={(row) => row.kind}
              columns={[
                {
                  head: t('web.health.kind'),
                  cell: (row) => t(kind_texts[row.kind] ?? other_kinds[row.kind] ?? 'web.health.reference'),
                },
                { head: t('web.health.streams'), cell: (row) => number(Number(row.streams)), number: true },
                { head: t('web.health.events'), cell: (row) => number(Number(row.events)), number: true },
              ]}
            />
            <p className="small quiet">
              {t('web.health.position', {
                position: number(Number(figures.position)),
                reads: number(Number(figures.access_position)),
              })}{' '}
              {t('web.health.root')} <code className="root-hash">{figures.root}</code>
            </p>
          </section>
        )}
      </Loaded>
    </Page>
  );
}

const other_kinds: Record<string, PlainTextId> = { publication: 'web.health.publications' };

function Glance({ now }: { now: Health }) {
  const { t, tn, number, date, moment } = useTexts();
  const size = useSize();
  const at = Date.parse(now.now ?? '');
  const days = (iso: string | undefined) => (iso ? Math.floor((Date.parse(iso) - at) / day_ms) : undefined);
  const free = Number(now.disk_free);
  const share = Number(now.disk_size) > 0 ? free / Number(now.disk_size) : 1;
  const data = now.folders.reduce((sum, folder) => sum + Number(folder.size), 0);
  const backup_age = now.backed_up_at ? -(days(now.backed_up_at) ?? 0) : undefined;
  const certificate = days(now.certificate_until);
  const failing = Number(now.webhooks_failing) + Number(now.webhooks_silent);
  const refused = Number(now.mails_refused);

  const signs: { title: PlainTextId; sign: Sign; says: ReactNode; more?: ReactNode }[] = [
    {
      title: 'web.health.disk',
      sign: share < disk_share_least ? 'wrong' : share < disk_share_low ? 'look' : 'well',
      says:
        Number(now.disk_size) > 0
          ? t('web.health.disk.free', { free: size(free), size: size(Number(now.disk_size)) })
          : t('web.health.disk.memory'),
      more: data > 0 ? t('web.health.disk.data', { size: size(data) }) : undefined,
    },
    {
      title: 'web.health.backup',
      sign: backup_age === undefined ? 'quiet-sign' : backup_age >= backup_age_days ? 'look' : 'well',
      says: now.backed_up_at
        ? t('web.health.backup.at', { when: moment(now.backed_up_at) })
        : t('web.health.backup.none'),
      more: now.backed_up_at ? undefined : t('web.health.backup.how'),
    },
    {
      title: 'web.health.certificate',
      sign:
        certificate === undefined
          ? 'quiet-sign'
          : certificate < 0
            ? 'wrong'
            : certificate < certificate_days
              ? 'look'
              : 'well',
      says: now.certificate_until
        ? t('web.health.certificate.until', { date: date(now.certificate_until.slice(0, 10)) })
        : t('web.health.certificate.none'),
    },
    {
      title: 'web.health.mail',
      sign: !now.mail ? 'quiet-sign' : refused > 0 ? 'look' : 'well',
      says: !now.mail
        ? t('web.health.mail.off')
        : refused > 0
          ? tn('web.health.mail.refused_count', refused)
          : Number(now.mails_waiting) > 0
            ? tn('web.health.mail.waiting_count', Number(now.mails_waiting))
            : t('web.health.mail.well'),
    },
    {
      title: 'web.webhooks.title',
      sign: Number(now.webhooks) === 0 ? 'quiet-sign' : failing > 0 ? 'look' : 'well',
      says:
        Number(now.webhooks) === 0
          ? t('web.webhooks.none')
          : failing > 0
            ? tn('web.health.webhooks.failing', failing)
            : t('web.health.webhooks.well'),
      more:
        Number(now.webhooks) > 0 ? (
          <Link href="/administration/webhooks">{t('web.webhooks.title')}</Link>
        ) : undefined,
    },
    {
      title: 'web.health.search',
      sign: now.search_percent < 100 ? 'look' : 'well',
      says:
        now.search_percent < 100
          ? t('web.health.search.warming', { percent: number(now.search_percent) })
          : tn('web.health.search.warm', Number(now.searchable_cases)),
    },
    {
      title: 'web.health.files',
      sign: Number(now.files_failed) > 0 ? 'look' : 'well',
      says:
        Number(now.files_failed) > 0
          ? tn('web.health.files.failed', Number(now.files_failed))
          : Number(now.files_waiting) > 0
            ? tn('web.health.files.waiting', Number(now.files_waiting))
            : t('web.health.files.well'),
    },
    {
      title: 'web.health.sessions',
      sign: 'well',
      says: tn('web.health.sessions.count', Number(now.sessions)),
      more: now.started_at ? t('web.health.started', { when: moment(now.started_at) }) : undefined,
    },
  ];
  const wrong = signs.filter(({ sign }) => sign === 'wrong' || sign === 'look');
  const faulty = now.status === 'faulty' || signs.some(({ sign }) => sign === 'wrong');
  return (
    <>
      <Notice
        kind={faulty ? 'error' : wrong.length > 0 ? 'warning' : 'success'}
        title={
          now.status === 'faulty'
            ? t('web.health.faulty')
            : now.status === 'warming-up'
              ? t('web.health.warming_up')
              : wrong.length > 0
                ? tn('web.health.look', wrong.length)
                : t('web.health.well')
        }
      >
        {wrong.length > 0 ? (
          <ul>
            {wrong.map(({ title }) => (
              <li key={title}>{t(title)}</li>
            ))}
          </ul>
        ) : null}
      </Notice>
      <ul className="signs" aria-label={t('web.health.glance')}>
        {signs.map(({ title, sign, says, more }) => (
          <li key={title} className={`sign stack close ${sign}`}>
            <h2>{t(title)}</h2>
            <p>
              {sign === 'look' || sign === 'wrong' ? (
                <span className="tag ending">
                  {t(sign === 'wrong' ? 'web.health.sign.wrong' : 'web.health.sign.look')}
                </span>
              ) : null}{' '}
              {says}
            </p>
            {more ? <div className="small quiet">{more}</div> : null}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('web.health.sizes')}</summary>
        <DataTable
          caption={t('web.health.sizes')}
          rows={now.folders}
          row_key={(folder) => folder.name}
          columns={[
            {
              head: t('web.health.folder'),
              cell: (folder) => t(folders[folder.name] ?? 'web.health.folder.log'),
            },
            { head: t('web.health.size'), cell: (folder) => size(Number(folder.size)), number: true },
          ]}
        />
      </details>
      <p className="small quiet">
        {t('web.health.as_of', { when: now.now ? moment(now.now) : '', seconds: String(refresh_ms / 1000) })}
      </p>
    </>
  );
}

// 1.4 GB, in the page's numbers.
function useSize() {
  const { number } = useTexts();
  return (bytes: number) => {
    const units = ['kB', 'MB', 'GB', 'TB'];
    let size = bytes / 1000;
    let at = 0;
    while (size >= 1000 && at < units.length - 1) {
      size /= 1000;
      ++at;
    }
    return `${number(size < 10 ? Math.round(size * 10) / 10 : Math.round(size))} ${units[at]}`;
  };
}
