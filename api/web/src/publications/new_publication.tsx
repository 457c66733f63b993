// A new publication: what, of which months, in which languages. What its kind and one's own area settle is not
// asked.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useLocation } from 'wouter';
import { useCommand } from '~/api/commanding';
import { has_role, session_now } from '~/api/session';
import { Dialog } from '~/components/dialog';
import { Checks } from '~/forms/checks';
import { Choice } from '~/forms/choice';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { TextField } from '~/forms/text_field';
import { language_texts, path_of_publication } from '~/publications/publication';
import { today, useCodes } from '~/reference/reference';
import { languages as all_languages, useTexts } from '~/texts/texts';

type Kind = 'annual' | 'legal' | 'summary';
type Area = 'ombudsman' | 'legal';

const years_back = 10;
const usual_threshold = 5;
// Months from and to, by the name of the part of the year.
const parts: Record<string, [number, number]> = {
  year: [1, 12],
  'third-1': [1, 4],
  'third-2': [5, 8],
  'third-3': [9, 12],
  'quarter-1': [1, 3],
  'quarter-2': [4, 6],
  'quarter-3': [7, 9],
  'quarter-4': [10, 12],
};
const month = (year: string, of: number) => `${year}-${String(of).padStart(2, '0')}`;

export function NewPublication({ close }: { close: () => void }) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const [, go] = useLocation();
  const session = session_now();
  const areas: Area[] = [
    ...(session && has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN') ? (['ombudsman'] as const) : []),
    ...(session && has_role(session, 'REGISTRAR', 'LAWYER') ? (['legal'] as const) : []),
  ];
  const kinds: Kind[] = [
    ...(areas.includes('ombudsman') ? (['annual'] as const) : []),
    ...(areas.includes('legal') ? (['legal'] as const) : []),
    'summary',
  ];
  const this_year = Number(today().slice(0, 4));
  const [kind, set_kind] = useState<Kind>(kinds[0] ?? 'summary');
  const [area, set_area] = useState<Area>(areas[0] ?? 'ombudsman');
  const [year, set_year] = useState(String(this_year - 1));
  const [part, set_part] = useState(kinds[0] === 'summary' ? 'third-1' : 'year');
  const [own, set_own] = useState({ first_month: '', last_month: '' });
  const [chosen, set_chosen] = useState<string[]>(['fi', 'sv']);
  const [threshold, set_threshold] = useState(String(usual_threshold));
  const save = useCommand(
    '/api/v1/publications',
    {},
    { taken: (answer) => go(path_of_publication(answer.case_id)) },
  );
  const [from, to] = parts[part] ?? [1, 12];
  const send = () => {
    if (save.sending) return;
    void save.send({
      publication_kind: kind,
      ...(kind === 'summary' ? { area } : {}),
      first_month: part === 'own' ? own.first_month : month(year, from),
      last_month: part === 'own' ? own.last_month : month(year, to),
      languages: chosen,
      threshold: Number(threshold) || 0,
    } as never);
  };
  return (
    <Dialog title={t('web.publications.new')} close={close}>
      <Form refusal={save.refusal} submit={send}>
        {kinds.length > 1 ? (
          <Choice
            name="publication_kind"
            legend={t('web.publications.kind')}
            value={kind}
            change={(next) => {
              set_kind(next);
              set_part(next === 'summary' ? 'third-1' : 'year');
            }}
            options={kinds.map((one) => [one, codes.label('publication_kind', one)])}
          />
        ) : null}
        {kind === 'summary' && areas.length > 1 ? (
          <Choice
            name="area"
            legend={t('web.publications.area')}
            value={area}
            change={set_area}
            options={areas.map((one) => [one, codes.label('area', one)])}
          />
        ) : null}
        <div className="pair">
          {part === 'own' ? null : (
            <SelectField
              name="first_month"
              label={t('web.publications.year')}
              value={year}
              change={set_year}
              options={Array.from({ length: years_back }, (_, back) => String(this_year - back)).map(
                (one) => ({
                  value: one,
                  label: one,
                }),
              )}
            />
          )}
          <SelectField
            name="last_month"
            label={t('web.publications.of_period')}
            value={part}
            change={(next) => {
              if (next === 'own') set_own({ first_month: month(year, from), last_month: month(year, to) });
              set_part(next);
            }}
            options={[
              { value: 'year', label: t('web.publications.period.year') },
              ...[1, 2, 3].map((n) => ({
                value: `third-${n}`,
                label: t('web.publications.period.third', { n }),
              })),
              ...[1, 2, 3, 4].map((n) => ({
                value: `quarter-${n}`,
                label: t('web.publications.period.quarter', { n }),
              })),
              { value: 'own', label: t('web.publications.period.own') },
            ]}
          />
        </div>
        {part === 'own' ? (
          <div className="pair">
            <TextField
              name="first_month"
              label={named('label.first_month')}
              hint={t('web.publications.month_hint')}
              value={own.first_month}
              change={(first_month) => set_own({ ...own, first_month })}
              required
            />
            <TextField
              name="last_month"
              label={named('label.last_month')}
              hint={t('web.publications.month_hint')}
              value={own.last_month}
              change={(last_month) => set_own({ ...own, last_month })}
              required
            />
          </div>
        ) : null}
        <Checks
          name="languages"
          label={named('label.languages')}
          value={chosen}
          change={set_chosen}
          options={all_languages.map((one) => ({ value: one, label: t(language_texts[one]) }))}
        />
        <details>
          <summary>{t('web.publications.protection')}</summary>
          <TextField
            name="threshold"
            label={named('label.threshold')}
            hint={t('web.publications.threshold_hint')}
            type="number"
            value={threshold}
            change={set_threshold}
            required
          />
        </details>
        <div className="form-end">
          <Button type="submit" aria-disabled={save.sending}>
            {t('web.publications.open')}
          </Button>
          <button type="button" className="plain-button" onClick={close}>
            {t('web.case.cancel')}
          </button>
          {save.slow ? <span className="quiet">{t('web.case.slow')}</span> : null}
        </div>
      </Form>
    </Dialog>
  );
}
