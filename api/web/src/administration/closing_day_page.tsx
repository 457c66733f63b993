import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link, useLocation } from 'wouter';
import { next_of, yearly } from '~/administration/closing_days_page';
import { useDraft } from '~/administration/draft';
import { NameFields, type Names, no_names } from '~/administration/name_fields';
import { usePutBack } from '~/administration/put_back';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { ValidityFields } from '~/administration/validity_fields';
import type { AnswerOf } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { Check } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { Name } from '~/reference/names';
import { useTexts } from '~/texts/texts';

const list = '/administration/closing-days';
type ClosingDay = AnswerOf<'/api/v1/reference/closing-days', 'get'>['closing_days'][number];

export default function ClosingDayPage({ params }: { params: Record<string, string> }) {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/closing-days', {});
  const id = params.id === undefined ? undefined : decodeURIComponent(params.id);
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.closing_days.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.closing_days.single')}>
        {({ closing_days, version }) => {
          const one = closing_days.find((day) => day.closing_day_id === id);
          return (
            <Page
              title={one ? <Name of={one.name} otherwise={one.on} /> : t('web.closing_days.new')}
              tab_title={t('web.closing_days.single')}
            >
              <ClosingDayForm key={one?.closing_day_id} one={one} version={version} />
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

function ClosingDayForm({ one, version }: { one: ClosingDay | undefined; version: string }) {
  const { t } = useTexts();
  const [, go] = useLocation();
  const [new_id] = useState(() => crypto.randomUUID());
  const draft = useDraft({
    name: (one?.name ?? no_names) as Names,
    on: one ? next_of(one.on) : '',
    yearly: one ? yearly(one.on) : false,
    valid_from: one?.valid_from ?? '',
    valid_until: one?.valid_until ?? '',
    reason: one?.reason ?? '',
    withdrawn: false,
  });
  const { mine, set } = draft;
  const path = '/api/v1/reference/closing-days/closing-days';
  const put_back = usePutBack(path);
  const withdraw = useCommand(path, { version });
  const save = useSaving(path, { version }, list);
  const labels = {
    name: t('web.administration.name'),
    on: t('web.closing_days.on'),
    yearly: t('web.closing_days.yearly_check'),
    valid_from: t('web.administration.valid_from'),
    valid_until: t('web.administration.valid_until'),
    reason: t('web.closing_days.reason'),
    withdrawn: t('web.closing_days.withdraw'),
  };
  const body_of = (given: typeof mine) => ({
    closing_day_id: one?.closing_day_id ?? new_id,
    name: given.name,
    on: given.yearly && /^\d{4}-\d{2}-\d{2}$/.test(given.on) ? given.on.slice(5) : given.on,
    valid_from: given.yearly ? given.valid_from : '',
    valid_until: given.yearly ? given.valid_until : '',
    reason: given.reason,
    withdrawn: given.withdrawn,
  });
  const take_away = async () => {
    const as_it_is = body_of(draft.theirs);
    const taken = await withdraw.send({ ...as_it_is, withdrawn: true });
    if (!taken) return;
    put_back(t('web.closing_days.withdrawn'), as_it_is, taken.version);
    go(list);
  };
  return (
    <>
      {withdraw.refusal ? <RefusalNotice refusal={withdraw.refusal} /> : null}
      <SavedForm save={save} draft={draft} body_of={body_of} labels={labels} back={list}>
        <NameFields name="name" value={mine.name} change={(name) => set({ name })} />
        <div className="field-pair">
          <DateField name="on" label={labels.on} value={mine.on} change={(on) => set({ on })} required />
        </div>
        <Check
          name="yearly"
          label={labels.yearly}
          value={mine.yearly}
          change={(every_year) => set({ yearly: every_year })}
        />
        {mine.yearly ? (
          <div className="field-pair">
            <ValidityFields value={mine} change={set} />
          </div>
        ) : null}
        <TextField
          name="reason"
          label={labels.reason}
          hint={t('web.closing_days.reason_hint')}
          value={mine.reason}
          change={(reason) => set({ reason })}
          required
        />
      </SavedForm>
      {one ? (
        <div>
          <Button variant="secondary" onClick={() => void take_away()}>
            {t('web.closing_days.withdraw')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
