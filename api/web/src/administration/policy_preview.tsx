// What the rule would do, before it is saved: an example, and how many open dates it would move were it applied
// to them. Counts alone: an administrator sees no case.
import '~/administration/administration.css';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, type CommandBody, call } from '~/api/client';
import { Refusal, Unreachable } from '~/api/refusal';
import { Notice, RefusalNotice } from '~/components/notice';
import { useTexts } from '~/texts/texts';

type Given = CommandBody<'/api/v1/reference/policies/policies'>;
type Effect = AnswerOf<'/api/v1/reference/policies/preview', 'post'>;

export function PolicyPreview({ given }: { given: Given }) {
  const { t, tn, date } = useTexts();
  const [seen, set_seen] = useState<{ of: string; effect: Effect }>();
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const of = JSON.stringify(given);
  async function look() {
    set_refusal(undefined);
    try {
      set_seen({ of, effect: await call('post', '/api/v1/reference/policies/preview', {}, { body: given }) });
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_seen(undefined);
      set_refusal(wrong);
    }
  }
  // What was looked at is no longer what is typed.
  const effect = seen?.of === of ? seen.effect : undefined;
  return (
    <section className="stack close" aria-labelledby="effect">
      <h2 id="effect" className="part-heading">
        {t('web.policies.effect')}
      </h2>
      <div>
        <Button variant="secondary" onClick={() => void look()}>
          {t('web.policies.effect.look')}
        </Button>
      </div>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      {effect ? (
        <Notice
          kind={Number(effect.overdue) > Number(effect.overdue_before) ? 'warning' : 'info'}
          title={t('web.policies.effect.example', {
            start: date(effect.example_start),
            due: date(effect.example_due_by),
          })}
        >
          <p>{tn('web.policies.effect.dates', Number(effect.dates))}</p>
          {Number(effect.earlier) + Number(effect.later) > 0 ? (
            <ul>
              {Number(effect.earlier) > 0 ? (
                <li>{tn('web.policies.effect.earlier', Number(effect.earlier))}</li>
              ) : null}
              {Number(effect.later) > 0 ? (
                <li>{tn('web.policies.effect.later', Number(effect.later))}</li>
              ) : null}
              {Number(effect.overdue) > Number(effect.overdue_before) ? (
                <li>
                  {tn('web.policies.effect.overdue', Number(effect.overdue) - Number(effect.overdue_before))}
                </li>
              ) : null}
            </ul>
          ) : Number(effect.dates) > 0 ? (
            <p>{t('web.policies.effect.nothing')}</p>
          ) : null}
          <p className="small">{t('web.policies.effect.how')}</p>
        </Notice>
      ) : null}
    </section>
  );
}
