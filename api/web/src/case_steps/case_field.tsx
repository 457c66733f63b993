// Another case, chosen by its number and subject from those that one may open.

import { useRead } from '~/api/reading';
import { SelectField } from '~/forms/select_field';
import type { FieldOf } from '~/forms/text_field';
import { kind_paths, kind_texts } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

const rows_at_most = 200;

export function CaseField({ kind, name, ...field }: FieldOf<string> & { kind: string }) {
  const { t } = useTexts();
  // A merge stays within a kind; a request names its complaint, and the request that it adds to.
  const kinds =
    name === 'complaint_id'
      ? ['complaint']
      : name === 'supplements'
        ? ['authority-request']
        : name === 'into'
          ? [kind]
          : Object.keys(kind_paths).filter((one) => one !== 'contact');
  const reading = useRead('/api/v1/work-list', {
    query: { scope: 'everything', state: 'all', kind: kinds, limit: rows_at_most } as never,
  });
  const here = location.pathname.split('/')[2];
  return (
    <SelectField
      {...field}
      name={name}
      none={
        reading.data ? (field.required ? t('web.case.choose') : t('web.case.none')) : t('web.loading.text')
      }
      options={(reading.data?.rows ?? [])
        .filter((row) => row.case_id !== here)
        .map((row) => ({
          value: row.case_id,
          label: [
            row.diary_number,
            row.subject.slice(0, 60) || t(kind_texts[row.kind] ?? 'web.case_page.title'),
          ]
            .filter(Boolean)
            .join(' · '),
        }))}
    />
  );
}
