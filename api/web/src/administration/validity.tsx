import '~/components/data_table.css';
import { today } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

// From when until when, said only where it is not "always": what begins later, ends, or has ended.
export function Validity({ from, until }: { from: string; until: string }) {
  const { t, date } = useTexts();
  const now = today();
  return (
    <span className="row">
      {from > now ? (
        <span className="tag coming">{t('web.administration.begins', { date: date(from) })}</span>
      ) : null}
      {until ? (
        <span className={until < now ? 'tag' : 'tag ending'}>
          {until < now
            ? t('web.administration.ended', { date: date(until) })
            : t('web.administration.ends', { date: date(until) })}
        </span>
      ) : null}
    </span>
  );
}
