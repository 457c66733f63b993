// What one has done oneself: at a glance, and by month and cause for whoever wants to see more.
import '~/figures/figures.css';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { Barred } from '~/figures/barred';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Own = AnswerOf<'/api/v1/own-figures', 'get'>;

const causes_shown = 8;

export function OwnFigures() {
  const { t } = useTexts();
  const reading = useRead('/api/v1/own-figures', {});
  return (
    <section className="card stack" aria-labelledby="own-statistics">
      <h2 id="own-statistics">{t('web.own_statistics.title')}</h2>
      <Loaded reading={reading}>{(own) => <Shown own={own} />}</Loaded>
    </section>
  );
}

function Shown({ own }: { own: Own }) {
  const { t, tn, number, language } = useTexts();
  const codes = useCodes();
  const month_name = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-FI`, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const minutes = Number(own.minutes_month);
  const figures: [string, number, string?][] = [
    [t('web.own_statistics.today'), Number(own.contacts_today)],
    [t('web.own_statistics.week'), Number(own.contacts_week)],
    [
      t('web.own_statistics.month'),
      Number(own.contacts_month),
      minutes > 0
        ? t('web.own_statistics.time', { h: Math.floor(minutes / 60), min: minutes % 60 })
        : undefined,
    ],
  ];
  const causes = [...own.causes].sort((a, b) => Number(b.count) - Number(a.count)).slice(0, causes_shown);
  return (
    <>
      <dl className="headline">
        {figures.map(([name, value, note]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="value">{number(value)}</span>
              {note ? <span className="block">{note}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{t('web.own_statistics.more')}</summary>
        <div className="stack">
          <div className="barred-tables">
            <Barred
              caption={t('web.own_statistics.by_month')}
              heads={[
                t('web.own_statistics.month_head'),
                t('web.own_statistics.contacts'),
                t('web.own_statistics.minutes'),
              ]}
              rows={own.months.map((one) => ({
                key: one.month,
                head: month_name.format(new Date(`${one.month}-01T00:00:00Z`)),
                value: Number(one.count),
                more: number(Number(one.minutes)),
              }))}
            />
            {causes.length > 0 ? (
              <Barred
                caption={t('web.own_statistics.by_cause')}
                heads={[t('web.unit.cause'), t('web.own_statistics.matters')]}
                rows={causes.map((one) => ({
                  key: one.code,
                  head: codes.label(['cause_contact', 'cause'], one.code),
                  value: Number(one.count),
                }))}
              />
            ) : (
              <p className="quiet">{tn('web.own_statistics.none', own.months.length)}</p>
            )}
          </div>
          <p className="small quiet">{own.basis?.definition}</p>
        </div>
      </details>
    </>
  );
}
