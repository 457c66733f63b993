// Somebody else saved the same text meanwhile: what both wrote is put together, and where both wrote in the same
// place, it is chosen which stands. Nothing is saved before it is read and saved by a person.
import { useMemo, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Notice } from '~/components/notice';
import { Choice } from '~/forms/choice';
import { changes, merged } from '~/publications/text_merging';
import { useTexts } from '~/texts/texts';

type Side = 'mine' | 'theirs' | 'both';

export function Meeting({
  stood,
  mine,
  theirs,
  who,
  when,
  lang,
  go_on,
}: {
  stood: string;
  mine: string;
  theirs: string;
  who: string;
  when: string;
  lang: string;
  go_on: (text: string) => void;
}) {
  const { t } = useTexts();
  const parts = useMemo(() => merged(stood, mine, theirs), [stood, mine, theirs]);
  const [chosen, set_chosen] = useState<Record<number, Side>>({});
  const met = parts.flatMap((part, at) => (part.met ? [{ ...part.met, at }] : []));
  const together = () =>
    parts
      .flatMap((part, at) => {
        if (!part.met) return part.lines;
        const side = chosen[at] ?? 'both';
        const own = part.met.mine;
        const other = part.met.theirs;
        return side === 'mine' ? own : side === 'theirs' ? other : [...other, ...own];
      })
      .join('\n');
  return (
    <Notice
      kind="warning"
      title={who ? t('web.publications.meeting.who', { who, when }) : t('web.publications.meeting.somebody')}
    >
      <p>{met.length > 0 ? t('web.publications.meeting.choose') : t('web.publications.meeting.text')}</p>
      <details open={met.length === 0}>
        <summary>{t('web.publications.meeting.theirs')}</summary>
        <Changes before={stood} after={theirs} lang={lang} />
      </details>
      {met.map((one, count) => (
        <div key={one.at} className="difference stack close">
          <dl className="sides">
            <div>
              <dt>{t('web.publications.meeting.they_wrote')}</dt>
              <dd lang={lang}>{one.theirs.join('\n') || t('web.publications.meeting.nothing')}</dd>
            </div>
            <div>
              <dt>{t('web.publications.meeting.you_wrote')}</dt>
              <dd lang={lang}>{one.mine.join('\n') || t('web.publications.meeting.nothing')}</dd>
            </div>
          </dl>
          <Choice
            name={`meeting ${one.at}`}
            legend={t('web.publications.meeting.which', { n: count + 1 })}
            value={chosen[one.at] ?? 'both'}
            change={(side) => set_chosen({ ...chosen, [one.at]: side })}
            options={[
              ['both', t('web.publications.meeting.both')],
              ['mine', t('web.publications.meeting.mine')],
              ['theirs', t('web.publications.meeting.theirs_only')],
            ]}
          />
        </div>
      ))}
      <div>
        <Button type="button" onClick={() => go_on(together())}>
          {t('web.publications.meeting.put_together')}
        </Button>
      </div>
    </Notice>
  );
}

// Line by line, said in words as well as by colour.
export function Changes({ before, after, lang }: { before: string; after: string; lang: string }) {
  const { t } = useTexts();
  const lines = changes(before, after).filter(({ kind }) => kind !== 'kept');
  if (lines.length === 0) return <p className="small quiet">{t('web.publications.meeting.no_change')}</p>;
  return (
    <ul className="changes">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
        <li key={at} className={line.kind}>
          <span className="small quiet">
            {line.kind === 'added'
              ? t('web.publications.meeting.added')
              : t('web.publications.meeting.removed')}
          </span>
          <span lang={lang}>{line.text}</span>
        </li>
      ))}
    </ul>
  );
}
