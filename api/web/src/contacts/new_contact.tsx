// The contact on the desk: a new one with its draft, or one that is corrected.
import { useEffect, useRef, useState } from 'react';
import { call } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { Refusal, type Unreachable } from '~/api/refusal';
import { Dialog } from '~/components/dialog';
import { Notice } from '~/components/notice';
import {
  type ContactDraft,
  command_of,
  draft_of,
  new_contact,
  worth_keeping,
} from '~/contacts/contact_draft';
import { ContactForm, type Saving } from '~/contacts/contact_form';
import { clear_desk, lay_out, type OnDesk } from '~/contacts/desk';
import { give_up_draft, keep_draft, kept_draft } from '~/contacts/drafts';
import { remember_codes } from '~/contacts/last_codes';
import { new_record, position_text } from '~/contacts/record_fields';
import { type LogContact, save, take_back } from '~/contacts/waiting_contacts';
import { toast } from '~/frame/toasts';
import { useTexts } from '~/texts/texts';

const draft_name = 'contact';

const learn = (contact: LogContact) =>
  remember_codes({
    channel: [contact.channel],
    maker: [contact.who],
    nature: [contact.nature ?? ''],
    language: [contact.language ?? ''],
    ownership: [contact.ownership ?? ''],
    service_task: (contact.matters ?? []).map((one) => one.service_task ?? ''),
    unit: (contact.matters ?? []).map((one) => one.unit ?? ''),
    provider: (contact.matters ?? []).map((one) => one.provider ?? ''),
    cause_contact: (contact.matters ?? []).flatMap((one) => one.causes),
    measure: (contact.matters ?? []).flatMap((one) => one.measures ?? []),
  });

// What the law asks a record for is asked at once, in place.
const wants_record = (refusal: Refusal | Unreachable, path: string) =>
  refusal instanceof Refusal && refusal.fields.some((one) => one.field === `${path}client_record`);

export function NewContact({ of }: { of: Extract<OnDesk, { what: 'new' }> }) {
  const { t } = useTexts();
  const [draft, set_draft] = useState<ContactDraft>();
  const [restored, set_restored] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable | undefined>(of.refusal);
  const [saving, set_saving] = useState(false);
  const [turn, set_turn] = useState(0); // of save and next
  const key = useRef<{ of: string; key: string }>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for what was laid out
  useEffect(() => {
    let gone = false;
    void (async () => {
      const before =
        of.draft || of.follows
          ? undefined
          : await kept_draft<ContactDraft>(draft_name).catch(() => undefined);
      if (gone) return;
      set_restored(before !== undefined);
      set_draft(of.draft ?? before ?? new_contact(of.follows));
    })();
    return () => {
      gone = true;
    };
  }, []);

  const change = (next: ContactDraft) => {
    set_draft(next);
    if (worth_keeping(next)) keep_draft(draft_name, next);
  };
  const start_again = () => {
    void give_up_draft(draft_name);
    set_restored(false);
    set_refusal(undefined);
    set_draft(new_contact());
    set_turn(turn + 1);
  };

  async function send(now: ContactDraft, how: Saving) {
    set_saving(true);
    set_refusal(undefined);
    const contact = command_of(now, how.identifiers_intended);
    // The same again goes under the same key; anything else is another command.
    const text = JSON.stringify(contact);
    if (key.current?.of !== text) key.current = { of: text, key: crypto.randomUUID() };
    const used = key.current.key;
    let outcome: Awaited<ReturnType<typeof save>>;
    try {
      outcome = await save(contact, used);
    } finally {
      set_saving(false);
    }
    if (outcome.became === 'refused') {
      set_refusal(outcome.refusal);
      // Refused is not taken: mended, it is another command.
      if (outcome.refusal instanceof Refusal && !outcome.refusal.passing) key.current = undefined;
      if (wants_record(outcome.refusal, '') && !now.record)
        change({ ...now, record: new_record(t(position_text())) });
      return;
    }
    key.current = undefined;
    learn(contact);
    await give_up_draft(draft_name);
    if (outcome.became === 'logged') {
      const { case_id, version } = outcome;
      toast({
        text: t('web.contact.logged'),
        undo: () =>
          lay_out({ what: 'correct', case_id, version, draft: { ...now, minutes: String(contact.minutes) } }),
      });
    } else {
      toast({
        text: t('web.contact.waits'),
        undo: () =>
          void take_back(used).then((back) => {
            if (back) lay_out({ what: 'new', draft: draft_of(back.contact) });
            else toast({ text: t('web.waiting.gone_in') });
          }),
      });
    }
    if (how.and_next) start_again();
    else clear_desk();
  }

  return (
    <Dialog wide title={t(of.follows ? 'web.contact.follow_up' : 'web.contact.title')} close={clear_desk}>
      {restored ? (
        <Notice kind="info" title={t('web.contact.restored')}>
          <div>
            <button type="button" className="plain-button" onClick={start_again}>
              {t('web.contact.start_again')}
            </button>
          </div>
        </Notice>
      ) : null}
      {/* Once the dialog is open: what is in it can take the focus. */}
      {draft ? (
        <ContactForm
          key={turn}
          draft={draft}
          change={change}
          save={(now, how) => void send(now, how)}
          saving={saving}
          refusal={refusal}
        />
      ) : null}
    </Dialog>
  );
}

export function CorrectedContact({ of }: { of: Extract<OnDesk, { what: 'correct' }> }) {
  const { t } = useTexts();
  const [draft, set_draft] = useState(of.draft);
  const [reason, set_reason] = useState(t('web.contact.reason_at_once'));
  const [version, set_version] = useState(of.version);
  const correct = useCommand(
    '/api/v1/contacts/{id}/correct',
    { path: { id: of.case_id }, version },
    {
      taken: () => {
        toast({ text: t('web.contact.corrected') });
        clear_desk();
      },
    },
  );
  // Somebody else was first: one looks at theirs before saving over it.
  async function read_again() {
    const page = await call('get', '/api/v1/contacts/{id}', { path: { id: of.case_id } });
    set_version(String(page.version));
    correct.forget();
  }
  return (
    <Dialog wide title={t('web.contact.correct')} close={clear_desk}>
      <p className="quiet">{t('web.contact.correct_about')}</p>
      {correct.stale ? (
        <Notice kind="warning" title={t('web.contact.stale')}>
          <div>
            <button type="button" className="plain-button" onClick={() => void read_again()}>
              {t('web.contact.stale_go_on')}
            </button>
          </div>
        </Notice>
      ) : null}
      <ContactForm
        path="contact."
        draft={draft}
        change={set_draft}
        save={(now, how) => void correct.send({ contact: command_of(now, how.identifiers_intended), reason })}
        saving={correct.sending}
        refusal={correct.stale ? undefined : correct.refusal}
        correcting={{ reason, set_reason }}
      />
    </Dialog>
  );
}
