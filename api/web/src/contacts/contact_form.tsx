// A contact as it is written, with the phone in hand: everything by the keyboard, in the order it is heard.
import '~/contacts/contacts.css';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Refusal, type Unreachable } from '~/api/refusal';
import { Notice } from '~/components/notice';
import { CodeField } from '~/contacts/code_field';
import { useCodeOptions } from '~/contacts/code_options';
import { type ContactDraft, new_matter } from '~/contacts/contact_draft';
import { last_codes } from '~/contacts/last_codes';
import { MatterFields } from '~/contacts/matter_fields';
import { MinutesField } from '~/contacts/minutes_field';
import { new_record, position_text, RecordFields } from '~/contacts/record_fields';
import { DateField } from '~/forms/date_field';
import { Form } from '~/forms/form';
import { LongTextField, TextField } from '~/forms/text_field';
import { useTexts } from '~/texts/texts';

const matters_max = 10;
// So many fields to fill in before the form is one of choices: where the hand begins.
type First = 'channel' | 'who' | 'matter';

export interface Saving {
  identifiers_intended: boolean;
  and_next: boolean;
}

export function ContactForm({
  draft,
  change,
  save,
  saving,
  refusal,
  path = '',
  correcting,
}: {
  draft: ContactDraft;
  change: (next: ContactDraft) => void;
  save: (draft: ContactDraft, how: Saving) => void;
  saving: boolean;
  refusal: Refusal | Unreachable | undefined;
  path?: string; // before each field's name
  correcting?: { reason: string; set_reason: (reason: string) => void };
}) {
  const { t, named } = useTexts();
  const options = useCodeOptions();
  // What a key has just chosen is there when the next key saves it.
  const latest = useRef(draft);
  latest.current = draft;
  const [first] = useState<First>(() => (!draft.channel ? 'channel' : !draft.who ? 'who' : 'matter'));
  const [added, set_added] = useState('');
  const set = (part: Partial<ContactDraft>) => {
    latest.current = { ...latest.current, ...part };
    change(latest.current);
  };
  const send = (how: Saving) => {
    if (!saving) save(latest.current, how);
  };
  const unsure = refusal instanceof Refusal && refusal.kind === 'needs-confirmation';
  const in_the_way = refusal && !unsure ? refusal : undefined;
  const wants_record =
    refusal instanceof Refusal && refusal.fields.some((one) => one.field === `${path}client_record`);
  const add_matter = () => {
    if (latest.current.matters.length >= matters_max) return;
    const one = new_matter();
    set_added(one.id);
    set({ matters: [...latest.current.matters, one] });
  };
  const { follows } = draft;
  return (
    <div
      className="contact-form"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          send({ identifiers_intended: false, and_next: event.shiftKey });
        } else if (event.altKey && event.code === 'KeyN') {
          event.preventDefault();
          add_matter();
        }
      }}
    >
      <Form refusal={in_the_way} submit={() => send({ identifiers_intended: false, and_next: false })}>
        <div className="field-grid">
          <CodeField
            name={`${path}channel`}
            label={named('label.channel')}
            options={options('channel')}
            values={draft.channel ? [draft.channel] : []}
            change={([channel = '']) => set({ channel })}
            last={last_codes('channel')}
            focus_first={first === 'channel'}
            required
          />
          <CodeField
            name={`${path}who`}
            label={named('label.who')}
            options={options('maker')}
            values={draft.who ? [draft.who] : []}
            change={([who = '']) => set({ who })}
            last={last_codes('maker')}
            focus_first={first === 'who'}
            required
          />
        </div>
        {follows ? (
          <fieldset className="choice checks">
            <legend>{t('web.contact.follows')}</legend>
            <p className="small quiet">{t('web.contact.follows_hint')}</p>
            {follows.earlier.matters.map((one) => (
              <label key={one.matter_id}>
                <input
                  type="checkbox"
                  checked={follows.matter_ids.includes(one.matter_id)}
                  onChange={(event) =>
                    set({
                      follows: {
                        ...follows,
                        matter_ids: event.currentTarget.checked
                          ? [...follows.matter_ids, one.matter_id]
                          : follows.matter_ids.filter((id) => id !== one.matter_id),
                      },
                    })
                  }
                />
                {one.label}
              </label>
            ))}
          </fieldset>
        ) : null}
        {draft.matters.map((matter, index) => (
          <fieldset key={matter.id} className="matter">
            <legend className={draft.matters.length > 1 ? undefined : 'out-of-sight'}>
              {t('web.contact.matter', { n: index + 1 })}
            </legend>
            <MatterFields
              path={`${path}matters[${index}]`}
              matter={matter}
              change={(next) =>
                set({ matters: latest.current.matters.map((one) => (one.id === next.id ? next : one)) })
              }
              focus_first={matter.id === added || (first === 'matter' && index === 0 && added === '')}
            />
            {draft.matters.length > 1 || follows ? (
              <button
                type="button"
                className="plain-button"
                onClick={() => set({ matters: draft.matters.filter((one) => one.id !== matter.id) })}
              >
                {t('web.contact.drop_matter')}
              </button>
            ) : null}
          </fieldset>
        ))}
        <div>
          <button type="button" className="plain-button" onClick={add_matter}>
            {t('web.contact.add_matter')}
          </button>
          <kbd>Alt + N</kbd>
        </div>
        <div className="field-grid">
          <MinutesField
            name={`${path}minutes`}
            value={draft.minutes}
            change={(minutes) => set({ minutes })}
            seconds={draft.seconds}
            tick={(seconds) => {
              if (latest.current.minutes === '') set({ seconds });
            }}
          />
          <DateField
            name={`${path}call_back_on`}
            label={named('label.call_back_on')}
            value={draft.call_back_on}
            change={(call_back_on) => set({ call_back_on })}
          />
        </div>
        <LongTextField
          name={`${path}note`}
          label={t('web.contact.note')}
          hint={draft.record ? undefined : t('web.contact.note_hint')}
          value={draft.note}
          change={(note) => set({ note })}
        />
        <details>
          <summary>{t('web.contact.more')}</summary>
          <div className="field-grid">
            <DateField
              name={`${path}contacted_on`}
              label={named('label.contacted_on')}
              value={draft.contacted_on}
              change={(contacted_on) => set({ contacted_on })}
              required
            />
            <CodeField
              name={`${path}nature`}
              label={named('label.nature')}
              options={options('nature')}
              values={draft.nature ? [draft.nature] : []}
              change={([nature = '']) => set({ nature })}
              last={last_codes('nature')}
            />
            <CodeField
              name={`${path}language`}
              label={named('label.language')}
              options={options('language')}
              values={draft.language ? [draft.language] : []}
              change={([language = '']) => set({ language })}
              last={last_codes('language')}
            />
            <CodeField
              name={`${path}ownership`}
              label={named('label.ownership')}
              options={options('ownership')}
              values={draft.ownership ? [draft.ownership] : []}
              change={([ownership = '']) => set({ ownership })}
              last={last_codes('ownership')}
            />
            <TextField
              name={`${path}municipality`}
              label={named('label.municipality')}
              value={draft.municipality}
              change={(municipality) => set({ municipality })}
            />
          </div>
        </details>
        {draft.record ? (
          <>
            <RecordFields
              path={`${path}client_record`}
              record={draft.record}
              change={(record) => set({ record })}
            />
            {correcting ? null : (
              <div>
                <button type="button" className="plain-button" onClick={() => set({ record: undefined })}>
                  {t('web.record.drop')}
                </button>
              </div>
            )}
          </>
        ) : (
          <div className={wants_record ? 'wants-record' : undefined}>
            <button
              type="button"
              className="plain-button"
              onClick={() => set({ record: new_record(t(position_text())) })}
            >
              {t('web.record.add')}
            </button>
          </div>
        )}
        {correcting ? (
          <TextField
            name="reason"
            label={t('web.contact.reason')}
            value={correcting.reason}
            change={correcting.set_reason}
            required
          />
        ) : null}
        {unsure ? (
          <Question
            refusal={refusal}
            yes={() => send({ identifiers_intended: true, and_next: false })}
            saving={saving}
          />
        ) : null}
        <div className="row save-row">
          <Button type="submit" aria-disabled={saving}>
            {saving ? t('web.contact.saving') : t('web.contact.save')}
          </Button>
          <kbd>Ctrl + Enter</kbd>
          {correcting ? null : (
            <>
              <Button
                variant="secondary"
                aria-disabled={saving}
                onClick={() => send({ identifiers_intended: false, and_next: true })}
              >
                {t('web.contact.save_and_next')}
              </Button>
              <kbd>Ctrl + Shift + Enter</kbd>
            </>
          )}
        </div>
      </Form>
    </div>
  );
}

// It looks as if something in it named a person: is that meant?
function Question({ refusal, yes, saving }: { refusal: Refusal; yes: () => void; saving: boolean }) {
  const { t } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'center' });
    box.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  return (
    <Notice kind="warning" title={t('web.contact.identifiers_question')} ref={box}>
      <ul>
        {[...new Set(refusal.fields.map((one) => one.message))].map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
      {refusal.fields.length === 0 ? <p>{refusal.detail}</p> : null}
      <p>{t('web.contact.identifiers_hint')}</p>
      <div>
        <Button variant="secondary" aria-disabled={saving} onClick={yes}>
          {t('web.contact.identifiers_yes')}
        </Button>
      </div>
    </Notice>
  );
}
