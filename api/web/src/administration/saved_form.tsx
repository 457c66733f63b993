// The end of every form of this part, and what it does when somebody else saved first: where they changed what
// stands here, both are shown to choose from; where they changed something else, saving again is all there is.
import type { ReactNode } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import type { Draft } from '~/administration/draft';
import type { Commanding } from '~/api/commanding';
import { differences, MergeChoices } from '~/components/merge_choices';
import { Notice } from '~/components/notice';
import { Form } from '~/forms/form';
import { type PlainTextId, useTexts } from '~/texts/texts';

const languages: Record<string, PlainTextId> = {
  fi: 'web.administration.name.in_finnish',
  sv: 'web.administration.name.in_swedish',
  en: 'web.administration.name.in_english',
};

export function SavedForm<T extends object, Body, Answer>({
  save,
  draft,
  body_of,
  labels,
  said,
  back,
  save_label,
  wide = false,
  children,
}: {
  save: Commanding<Body, Answer>;
  draft: Draft<T>;
  body_of: (mine: T) => Body;
  labels: Record<string, string>; // of the draft's fields, as they stand in the form
  said?: (path: string[], value: unknown) => ReactNode; // a value in words; nothing: as it is
  back: string;
  save_label?: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const { t, date } = useTexts();
  const overtaken = save.stale && differences(draft.stood, draft.theirs, draft.mine).length > 0;
  const as_it_is = (value: unknown): ReactNode =>
    typeof value === 'boolean'
      ? value
        ? t('web.case_page.yes')
        : t('web.administration.no')
      : Array.isArray(value)
        ? value.join(', ')
        : date(String(value));
  return (
    <div className={wide ? 'card wide-form' : 'card narrow-form'}>
      <Form refusal={save.stale ? undefined : save.refusal} submit={() => save.send(body_of(draft.mine))}>
        {children}
        {overtaken ? (
          <MergeChoices
            stood={draft.stood}
            theirs={draft.theirs}
            mine={draft.mine}
            lead={t('web.administration.stale.differs')}
            label_of={([first = '', second = '']) =>
              [labels[first] ?? first, languages[second] ? t(languages[second]) : second]
                .filter(Boolean)
                .join(' › ')
            }
            said={(path, value) => said?.(path, value) ?? as_it_is(value)}
            go_on={(merged) => {
              draft.take(merged);
              void save.send(body_of(merged));
            }}
          />
        ) : save.stale ? (
          <Notice kind="warning" title={t('web.administration.stale.title')}>
            <p>{t('web.administration.stale.text')}</p>
          </Notice>
        ) : null}
        <div className="form-end">
          {overtaken ? null : (
            <Button type="submit" aria-disabled={save.sending}>
              {save.slow ? t('web.administration.saving') : (save_label ?? t('web.administration.save'))}
            </Button>
          )}
          <Link href={back}>{t('web.administration.cancel')}</Link>
        </div>
      </Form>
    </div>
  );
}
