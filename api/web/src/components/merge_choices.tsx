// Somebody else saved first: what stood, what they saved and what is typed here, side by side, and which of them
// is to stand. Nothing typed is lost.
import '~/components/components.css';
import { type ReactNode, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { is_value } from '~/case_page/contents';
import { Notice } from '~/components/notice';
import { Choice } from '~/forms/choice';
import { useTexts } from '~/texts/texts';

type Path = string[];
export interface Difference {
  path: Path;
  stood: unknown;
  theirs: unknown;
  mine: unknown;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? '') === JSON.stringify(b ?? '');

// What the other changed, field by field; lists are taken as a whole.
export function differences(stood: unknown, theirs: unknown, mine: unknown, path: Path = []): Difference[] {
  if (same(stood, theirs)) return [];
  if (is_value(stood) && is_value(theirs) && is_value(mine)) {
    const names = new Set([...Object.keys(stood), ...Object.keys(theirs)]);
    return [...names].flatMap((name) => differences(stood[name], theirs[name], mine[name], [...path, name]));
  }
  return [{ path, stood, theirs, mine }];
}

function with_at(value: unknown, [name, ...rest]: Path, put: unknown): unknown {
  if (name === undefined) return put;
  const of = is_value(value) ? value : {};
  return { ...of, [name]: with_at(of[name], rest, put) };
}

export function MergeChoices<Value>({
  stood,
  theirs,
  mine,
  label_of,
  said,
  lead,
  happened,
  possible = true,
  go_on,
}: {
  stood: Value;
  theirs: Value;
  mine: Value;
  label_of: (path: string[]) => string;
  said: (path: string[], value: unknown) => ReactNode;
  lead?: string;
  happened?: ReactNode; // what the other did, beside the fields
  possible?: boolean; // what is typed here can still be sent
  go_on: (merged: Value) => void;
}) {
  const { t } = useTexts();
  const all = differences(stood, theirs, mine);
  // Where nothing was typed here, theirs stands; where both say the same, there is nothing to choose.
  const conflicts = all.filter((one) => !same(one.mine, one.stood) && !same(one.mine, one.theirs));
  const [chosen, set_chosen] = useState<Record<string, 'mine' | 'theirs'>>({});
  const merge = () => {
    let merged: unknown = mine;
    for (const one of all) {
      const take_theirs = !conflicts.includes(one) || chosen[one.path.join('.')] === 'theirs';
      if (take_theirs) merged = with_at(merged, one.path, one.theirs);
    }
    go_on(merged as Value);
  };
  const shown = (path: string[], value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? (
      <span className="quiet">{t('web.case.merge.nothing')}</span>
    ) : (
      said(path, value)
    );
  return (
    <Notice kind="warning" title={t('web.case.merge.title')}>
      <p>{lead ?? t('web.case.merge.text')}</p>
      {happened}
      {conflicts.map((one) => {
        const key = one.path.join('.');
        const label = label_of(one.path);
        return (
          <div key={key} className="difference stack close">
            <p className="notice-title">{label}</p>
            <dl className="sides">
              <div>
                <dt>{t('web.case.merge.stood')}</dt>
                <dd>{shown(one.path, one.stood)}</dd>
              </div>
              <div>
                <dt>{t('web.case.merge.theirs')}</dt>
                <dd>{shown(one.path, one.theirs)}</dd>
              </div>
              <div>
                <dt>{t('web.case.merge.mine')}</dt>
                <dd>{shown(one.path, one.mine)}</dd>
              </div>
            </dl>
            <Choice
              name={`merge ${key}`}
              legend={t('web.case.merge.which', { label })}
              value={chosen[key] ?? 'mine'}
              change={(side) => set_chosen({ ...chosen, [key]: side })}
              options={[
                ['mine', t('web.case.merge.take_mine')],
                ['theirs', t('web.case.merge.take_theirs')],
              ]}
            />
          </div>
        );
      })}
      {all.length > conflicts.length ? <p className="small">{t('web.case.merge.taken')}</p> : null}
      {possible ? (
        <div>
          <Button type="button" onClick={merge}>
            {conflicts.length > 0 ? t('web.case.merge.with_choices') : t('web.case.merge.go_on')}
          </Button>
        </div>
      ) : (
        <p>{t('web.case.merge.impossible')}</p>
      )}
    </Notice>
  );
}
