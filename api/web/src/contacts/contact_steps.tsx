// What an ombudsman does next with a contact: only what its state takes, as the server says.
import '~/contacts/contacts.css';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { command_labels } from '#generated/commands';
import { session_now } from '~/api/session';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of } from '~/case_page/contents';
import { elsewhere, OtherSteps } from '~/case_steps/other_steps';
import { CodeField } from '~/contacts/code_field';
import { useCodeOptions } from '~/contacts/code_options';
import { type ClientRecord, draft_of, matter_of, new_matter, trimmed } from '~/contacts/contact_draft';
import { lay_out } from '~/contacts/desk';
import { contact_on, Doer, type Doing } from '~/contacts/doer';
import { earlier_of } from '~/contacts/earlier';
import { last_codes, remember_codes } from '~/contacts/last_codes';
import { MatterFields } from '~/contacts/matter_fields';
import { new_record, position_text, RecordFields } from '~/contacts/record_fields';
import { LinkToReminder, WriteReminder } from '~/contacts/reminder_drafts';
import { useDraft } from '~/contacts/use_draft';
import { DateField } from '~/forms/date_field';
import { SelectField } from '~/forms/select_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { today, useCodes, useColleagues } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Step =
  | 'accept-hand-over'
  | 'decline-hand-over'
  | 'advice'
  | 'record'
  | 'end'
  | 'resume'
  | 'offer-hand-over'
  | 'matters'
  | 'reminder-draft'
  | 'link-reminder';
// What is usual has a button, the rest stands below.
const usual: Step[] = ['accept-hand-over', 'decline-hand-over', 'advice', 'record', 'end', 'resume'];
const in_dialogs: Step[] = [...usual, 'offer-hand-over', 'matters', 'reminder-draft', 'link-reminder'];
const labels = command_labels.contacts;
// Measures of general advice; with any other the record is asked for at once, and the server insists.
const without_record = ['advice', 'guided-elsewhere'];

export function ContactSteps({
  page,
  heading,
  choose,
}: {
  page: CasePageAnswer;
  heading: React.RefObject<HTMLHeadingElement | null>;
  choose: (command: string) => void; // what has a form of its own on the page
}) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const [doing, set_doing] = useState<Step>();
  const row = page.row;
  const contact = contact_on(page);
  if (!row || page.key_gone) return null;
  const helps = page.possible.includes('reminder-draft');
  const possible = [
    ...usual,
    // Of a recorded client matter: helping with a reminder.
    ...(helps && !page.possible.includes('record') ? ['reminder-draft' as const] : []),
  ].filter((step) => page.possible.includes(step));
  const rest = ['letters', ...page.possible].filter(
    (step) =>
      !possible.includes(step as Step) &&
      step !== 'correct' &&
      !elsewhere.includes(step) &&
      (step !== 'unlink-reminder' || contents_of(page).links.some(({ ended_on }) => !ended_on)),
  );
  const close = () => set_doing(undefined);
  const calls_back = row.next_step === 'next.call-back';
  return (
    <section className="card stack steps on-screen" aria-labelledby="steps">
      <h2 id="steps" ref={heading} tabIndex={-1}>
        {t('web.contact_steps.title')}
      </h2>
      <div className="row">
        {possible.map((step, index) => (
          <Button key={step} variant={index === 0 ? 'default' : 'secondary'} onClick={() => set_doing(step)}>
            {step === 'advice' && calls_back ? t('web.contact_steps.called_back') : named(labels[step])}
          </Button>
        ))}
      </div>
      {contact ? (
        <div className="row">
          <button
            type="button"
            className="plain-button"
            onClick={() =>
              lay_out({
                what: 'new',
                follows: earlier_of(row.case_id, row.diary_number, contact, (matter) =>
                  [
                    matter.service_task ? codes.label('service_task', matter.service_task) : '',
                    matter.causes.map((cause) => codes.label('cause_contact', cause)).join(', '),
                  ]
                    .filter(Boolean)
                    .join(': '),
                ),
              })
            }
          >
            {t('web.contact_steps.follow_up')}
          </button>
          {page.possible.includes('correct') ? (
            <button
              type="button"
              className="plain-button"
              onClick={() =>
                lay_out({
                  what: 'correct',
                  case_id: row.case_id,
                  version: String(page.version),
                  draft: draft_of(contact),
                })
              }
            >
              {named(labels.correct)}
            </button>
          ) : null}
        </div>
      ) : null}
      <OtherSteps
        page={page}
        rest={rest}
        choose={(step) => (in_dialogs.includes(step as Step) ? set_doing(step as Step) : choose(step))}
      />
      {doing === 'advice' ? <Advise page={page} calls_back={calls_back} close={close} /> : null}
      {doing === 'record' ? <Record page={page} close={close} /> : null}
      {doing === 'end' ? <End page={page} close={close} /> : null}
      {doing === 'resume' ? <Resume page={page} close={close} /> : null}
      {doing === 'offer-hand-over' ? <Offer page={page} close={close} /> : null}
      {doing === 'accept-hand-over' ? <Accept page={page} close={close} /> : null}
      {doing === 'decline-hand-over' ? <Decline page={page} close={close} /> : null}
      {doing === 'matters' ? <AddMatter page={page} close={close} /> : null}
      {doing === 'reminder-draft' ? <WriteReminder page={page} draft_id="" close={close} /> : null}
      {doing === 'link-reminder' ? <LinkToReminder page={page} close={close} /> : null}
    </section>
  );
}

function Advise({ page, close, calls_back }: Doing & { calls_back: boolean }) {
  const { t, named } = useTexts();
  const options = useCodeOptions();
  const draft = useDraft(`advice ${page.row?.case_id}`, () => ({
    asked: '',
    advised: '',
    advised_on: today(),
    measures: ['advice'],
    minutes: '',
    call_back_on: '',
  }));
  const { asked, advised, advised_on, measures, minutes, call_back_on } = draft.value;
  return (
    <Doer
      path="/api/v1/contacts/{id}/advice"
      draft={draft}
      page={page}
      close={close}
      title={calls_back ? t('web.contact_steps.called_back') : named(labels.advice)}
      done={t('web.contact_steps.advised')}
      body={(intended) => {
        remember_codes({ measure: measures });
        return {
          advised_on,
          advised,
          ...(asked ? { asked } : {}),
          ...(measures.length > 0 ? { measures } : {}),
          ...(minutes ? { minutes: Number(minutes) } : {}),
          ...(call_back_on ? { call_back_on } : {}),
          ...intended,
        };
      }}
    >
      <LongTextField
        name="advised"
        label={named('label.advised')}
        value={advised}
        change={(advised) => draft.set({ advised })}
        required
      />
      <LongTextField
        name="asked"
        label={t('web.record.asked')}
        value={asked}
        change={(asked) => draft.set({ asked })}
      />
      <div className="field-grid">
        <CodeField
          name="measures"
          label={named('label.measures')}
          options={options('measure')}
          values={measures}
          change={(measures) => draft.set({ measures })}
          last={last_codes('measure')}
          several
        />
        <TextField
          name="minutes"
          type="number"
          label={named('label.minutes')}
          value={minutes}
          change={(minutes) => draft.set({ minutes })}
        />
        <DateField
          name="advised_on"
          label={named('label.advised_on')}
          value={advised_on}
          change={(advised_on) => draft.set({ advised_on })}
          required
        />
        <DateField
          name="call_back_on"
          label={named('label.call_back_on')}
          hint={t('web.contact_steps.call_back_hint')}
          value={call_back_on}
          change={(call_back_on) => draft.set({ call_back_on })}
        />
      </div>
    </Doer>
  );
}

function Record({ page, close }: Doing) {
  const { t, named } = useTexts();
  const contact = contact_on(page);
  const draft = useDraft<ClientRecord>(`record ${page.row?.case_id}`, () => ({
    ...new_record(t(position_text())),
    language: contact?.language ?? '',
  }));
  return (
    <Doer
      path="/api/v1/contacts/{id}/record"
      draft={draft}
      page={page}
      close={close}
      title={named(labels.record)}
      done={t('web.record.recorded')}
      body={() => ({ client_record: trimmed(draft.value) })}
    >
      <RecordFields path="client_record" record={draft.value} change={draft.set} />
    </Doer>
  );
}

function End({ page, close }: Doing) {
  const { t, named } = useTexts();
  const [ended_on, set_ended_on] = useState(today());
  const [note, set_note] = useState('');
  return (
    <Doer
      path="/api/v1/contacts/{id}/end"
      page={page}
      close={close}
      title={named(labels.end)}
      done={t('web.contact_steps.ended')}
      body={(intended) => ({ ended_on, ...(note ? { note } : {}), ...intended })}
    >
      <p className="quiet">{t('web.contact_steps.end_about')}</p>
      <DateField
        name="ended_on"
        label={named('label.ended_on')}
        value={ended_on}
        change={set_ended_on}
        required
      />
      <LongTextField name="note" label={named('label.note')} value={note} change={set_note} />
    </Doer>
  );
}

function Resume({ page, close }: Doing) {
  const { t, named } = useTexts();
  const [resumed_on, set_resumed_on] = useState(today());
  const [reason, set_reason] = useState('');
  return (
    <Doer
      path="/api/v1/contacts/{id}/resume"
      page={page}
      close={close}
      title={named(labels.resume)}
      done={t('web.contact_steps.resumed')}
      body={(intended) => ({ resumed_on, reason, ...intended })}
    >
      <DateField
        name="resumed_on"
        label={named('label.resumed_on')}
        value={resumed_on}
        change={set_resumed_on}
        required
      />
      <TextField name="reason" label={named('label.reason')} value={reason} change={set_reason} required />
    </Doer>
  );
}

function Offer({ page, close }: Doing) {
  const { t, named } = useTexts();
  const people = useColleagues();
  const [to, set_to] = useState('');
  const [note, set_note] = useState('');
  return (
    <Doer
      path="/api/v1/contacts/{id}/offer-hand-over"
      page={page}
      close={close}
      title={named(labels['offer-hand-over'])}
      done={t('web.contact_steps.offered')}
      body={() => ({ to, ...(note ? { note } : {}) })}
    >
      <SelectField
        name="to"
        label={t('web.contact_steps.to')}
        value={to}
        change={set_to}
        none={t('web.contact_steps.choose')}
        options={people.options().filter((one) => one.value !== session_now()?.user_id)}
      />
      <LongTextField name="note" label={named('label.note')} value={note} change={set_note} />
    </Doer>
  );
}

function Accept({ page, close }: Doing) {
  const { t, named } = useTexts();
  return (
    <Doer
      path="/api/v1/contacts/{id}/accept-hand-over"
      page={page}
      close={close}
      title={named(labels['accept-hand-over'])}
      done={t('web.contact_steps.accepted')}
      body={() => ({})}
    >
      <p>{t('web.case.accept_hand_over')}</p>
    </Doer>
  );
}

function Decline({ page, close }: Doing) {
  const { t, named } = useTexts();
  const [reason, set_reason] = useState('');
  return (
    <Doer
      path="/api/v1/contacts/{id}/decline-hand-over"
      page={page}
      close={close}
      title={named(labels['decline-hand-over'])}
      done={t('web.contact_steps.declined')}
      body={() => (reason ? { reason } : {})}
    >
      <LongTextField name="reason" label={t('web.case.reason')} value={reason} change={set_reason} />
    </Doer>
  );
}

// One more thing that the contact is about; a measure beyond advice asks for the record here.
function AddMatter({ page, close }: Doing) {
  const { t, named } = useTexts();
  const recorded = Boolean(contact_on(page)?.client_record);
  const draft = useDraft(`matter ${page.row?.case_id}`, () => ({
    matter: { ...new_matter(), measures: [] as string[] },
    record: new_record(t(position_text())),
  }));
  const { matter, record } = draft.value;
  const needs_record = !recorded && matter.measures.some((one) => !without_record.includes(one));
  return (
    <Doer
      path="/api/v1/contacts/{id}/matters"
      draft={draft}
      page={page}
      close={close}
      title={named(labels.matters)}
      done={t('web.contact_steps.matter_added')}
      body={(intended) => ({
        matter: matter_of(matter),
        ...(needs_record ? { client_record: trimmed(record) } : {}),
        ...intended,
      })}
    >
      <MatterFields path="matter" matter={matter} change={(matter) => draft.set({ matter })} focus_first />
      {needs_record ? (
        <RecordFields path="client_record" record={record} change={(record) => draft.set({ record })} />
      ) : null}
    </Doer>
  );
}
