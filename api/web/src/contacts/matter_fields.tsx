// One matter of a contact: what it concerns, why, what was done. The sectors follow from the codes until they are
// chosen by hand; they are a set.

import { CodeField } from '~/contacts/code_field';
import { useCodeOptions } from '~/contacts/code_options';
import { sectors_of } from '~/contacts/code_search';
import type { MatterDraft } from '~/contacts/contact_draft';
import { last_codes } from '~/contacts/last_codes';
import { Checks } from '~/forms/checks';
import { TextField } from '~/forms/text_field';
import { useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function MatterFields({
  path,
  matter,
  change,
  focus_first = false,
}: {
  path: string; // matters[0]
  matter: MatterDraft;
  change: (matter: MatterDraft) => void;
  focus_first?: boolean;
}) {
  const { t, named } = useTexts();
  const options = useCodeOptions();
  const units = useUnits();
  const applies = (set: string, codes: string[]) =>
    options(set)
      .filter((one) => codes.includes(one.value))
      .map((one) => one.applies_to);
  const with_sectors = (next: MatterDraft): MatterDraft =>
    next.sectors_chosen
      ? next
      : {
          ...next,
          sectors: sectors_of([
            ...applies('service_task', next.service_task ? [next.service_task] : []),
            ...applies('cause_contact', next.causes),
          ]),
        };
  const set = (part: Partial<MatterDraft>) => change(with_sectors({ ...matter, ...part }));
  return (
    <div className="stack">
      <div className="field-grid">
        <CodeField
          name={`${path}.service_task`}
          label={named('label.service_task')}
          options={options('service_task')}
          values={matter.service_task ? [matter.service_task] : []}
          change={([service_task = '']) => set({ service_task })}
          last={last_codes('service_task')}
          sectors={matter.sectors_chosen ? matter.sectors : []}
          focus_first={focus_first}
        />
        <CodeField
          name={`${path}.causes`}
          label={named('label.causes')}
          options={options('cause_contact')}
          values={matter.causes}
          change={(causes) => set({ causes })}
          last={last_codes('cause_contact')}
          sectors={matter.sectors}
          several
          required
        />
        <CodeField
          name={`${path}.measures`}
          label={named('label.measures')}
          options={options('measure')}
          values={matter.measures}
          change={(measures) => set({ measures })}
          last={last_codes('measure')}
          several
        />
        <Checks
          name={`${path}.sectors`}
          label={named('label.sectors')}
          options={options('sector')}
          value={matter.sectors}
          change={(sectors) => change({ ...matter, sectors, sectors_chosen: true })}
        />
      </div>
      <details>
        <summary>{t('web.contact.more_of_matter')}</summary>
        <div className="field-grid">
          <CodeField
            name={`${path}.unit`}
            label={named('label.unit')}
            options={units
              .options()
              .map(({ value, label }) => ({ value, label: label.trim(), applies_to: [] }))}
            values={matter.unit ? [matter.unit] : []}
            change={([unit = '']) => set({ unit })}
            last={last_codes('unit')}
          />
          <CodeField
            name={`${path}.provider`}
            label={named('label.provider')}
            options={options('provider')}
            values={matter.provider ? [matter.provider] : []}
            change={([provider = '']) => set({ provider })}
            last={last_codes('provider')}
          />
          <TextField
            name={`${path}.note`}
            label={t('web.contact.matter_note')}
            value={matter.note}
            change={(note) => set({ note })}
          />
        </div>
      </details>
    </div>
  );
}
