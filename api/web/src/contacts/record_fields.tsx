// What 739/2023 §11 asks to be recorded when it is more than general advice, and no more.
import { useId } from 'react';
import { has_role, session_now } from '~/api/session';
import { CodeField } from '~/contacts/code_field';
import { useCodeOptions } from '~/contacts/code_options';
import type { ClientRecord } from '~/contacts/contact_draft';
import { Check } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Person = NonNullable<ClientRecord['client']>;
type Standing = NonNullable<ClientRecord['standing']>;

const acts_for = ['legal-representative', 'close-person', 'mandate'];

export const position_text = (): PlainTextId => {
  const session = session_now();
  return session && has_role(session, 'HEAD_OMBUDSMAN') ? 'web.role.head_ombudsman' : 'web.role.ombudsman';
};

export const new_record = (author_position: string): ClientRecord => ({
  client: { name: '', mother_tongue: '' },
  standing: { ground: 'client' },
  language: '',
  asked: '',
  advised: '',
  author_position,
});

export function RecordFields({
  path,
  record,
  change,
}: {
  path: string; // the server's, of the record: client_record
  record: ClientRecord;
  change: (record: ClientRecord) => void;
}) {
  const { t, named } = useTexts();
  const options = useCodeOptions();
  const heading = useId();
  const client: Person = record.client ?? {};
  const representative: Person = record.representative ?? {};
  const standing: Standing = record.standing ?? {};
  const set = (part: Partial<ClientRecord>) => change({ ...record, ...part });
  const set_client = (part: Partial<Person>) => set({ client: { ...client, ...part } });
  const set_standing = (part: Partial<Standing>) => set({ standing: { ...standing, ...part } });
  const ground = standing.ground ?? '';
  return (
    <section className="stack record-fields" aria-labelledby={heading}>
      <div className="stack close">
        <h3 id={heading}>{t('web.record.title')}</h3>
        <p className="small quiet">{t('web.record.why')}</p>
      </div>
      <div className="field-grid">
        <TextField
          name={`${path}.client.name`}
          label={t('web.record.client_name')}
          hint={t('web.record.client_name_hint')}
          value={client.name ?? ''}
          change={(name) => set_client({ name })}
          autoComplete="off"
        />
        <TextField
          name={`${path}.client.identity_code`}
          label={named('label.identity_code')}
          hint={t('web.record.identity_hint')}
          value={client.identity_code ?? ''}
          change={(identity_code) => set_client({ identity_code: identity_code.trim() })}
          autoComplete="off"
          spellCheck={false}
        />
        <DateField
          name={`${path}.client.birth_on`}
          label={named('label.birth_on')}
          value={client.birth_on ?? ''}
          change={(birth_on) => set_client({ birth_on })}
        />
        <CodeField
          name={`${path}.client.mother_tongue`}
          label={named('label.mother_tongue')}
          options={options('language')}
          values={client.mother_tongue ? [client.mother_tongue] : []}
          change={([mother_tongue = '']) =>
            set({ client: { ...client, mother_tongue }, language: record.language || mother_tongue })
          }
          required
        />
        <CodeField
          name={`${path}.language`}
          label={named('label.language')}
          options={options('language')}
          values={record.language ? [record.language] : []}
          change={([language = '']) => set({ language })}
          required
        />
        <CodeField
          name={`${path}.standing.ground`}
          label={t('web.record.ground')}
          options={options('standing')}
          values={ground ? [ground] : []}
          change={([next = '']) => set_standing({ ground: next })}
        />
      </div>
      <Check
        name={`${path}.client.disclosure_banned`}
        label={t('web.record.ban')}
        value={client.disclosure_banned ?? false}
        change={(disclosure_banned) =>
          set_client({ disclosure_banned, ...(disclosure_banned ? {} : { ban_scope: '' }) })
        }
      />
      {client.disclosure_banned ? (
        <TextField
          name={`${path}.client.ban_scope`}
          label={named('label.ban_scope')}
          value={client.ban_scope ?? ''}
          change={(ban_scope) => set_client({ ban_scope })}
        />
      ) : null}
      {acts_for.includes(ground) ? (
        <div className="field-grid">
          <TextField
            name={`${path}.representative.name`}
            label={t('web.record.representative_name')}
            value={representative.name ?? ''}
            change={(name) => set({ representative: { ...representative, name } })}
            autoComplete="off"
            required
          />
          <TextField
            name={`${path}.standing.mandate`}
            label={t('web.record.mandate')}
            value={standing.mandate ?? ''}
            change={(mandate) => set_standing({ mandate })}
            required={ground === 'mandate'}
          />
        </div>
      ) : null}
      <LongTextField
        name={`${path}.asked`}
        label={t('web.record.asked')}
        value={record.asked ?? ''}
        change={(asked) => set({ asked })}
        required
      />
      <LongTextField
        name={`${path}.advised`}
        label={t('web.record.advised')}
        value={record.advised ?? ''}
        change={(advised) => set({ advised })}
        required
      />
      <LongTextField
        name={`${path}.other_measures`}
        label={t('web.record.other_measures')}
        value={record.other_measures ?? ''}
        change={(other_measures) => set({ other_measures })}
      />
      <TextField
        name={`${path}.author_position`}
        label={named('label.author_position')}
        value={record.author_position ?? ''}
        change={(author_position) => set({ author_position })}
        required
      />
    </section>
  );
}
