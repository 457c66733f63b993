// Undoing: at once from the word of what was done, later from the timeline with a reason.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '~/api/client';
import { touched } from '~/api/live_updates';
import { Refusal, Unreachable } from '~/api/refusal';
import type { CasePageAnswer } from '~/case_page/case_page';
import { type Undo, undo_of } from '~/case_steps/undoing';
import { Dialog } from '~/components/dialog';
import { Notice } from '~/components/notice';
import { Form } from '~/forms/form';
import { LongTextField } from '~/forms/text_field';
import { toast } from '~/frame/toasts';
import { kind_paths } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

type Entry = CasePageAnswer['timeline'][number];
type Some = '/api/v1/reminders/{id}/statements';
type One = '/api/v1/reminders/{id}';

const send = (kind: string, id: string, undo: Undo, reason: string, version: string) => {
  const path = `/api/v1/${kind}/{id}/${undo.command}` as Some;
  const body = undo.reason ? { ...undo.body, [undo.reason]: reason } : undo.body;
  return call('post', path, { path: { id } }, { body, version, key: crypto.randomUUID() }).finally(() =>
    touched(path, id),
  );
};

// Says what was done, with the way back where there is one: looked for in the case as it is after the command.
export function useDone(kind: string, id: string) {
  const { t } = useTexts();
  const read = () => call('get', `/api/v1/${kind}/{id}` as One, { path: { id } });
  const failed = (wrong: unknown) =>
    toast({
      text: wrong instanceof Refusal && !wrong.stale ? wrong.detail || wrong.title : t('web.case.undo_late'),
    });
  return async (text: string, version: string) => {
    // Who has given a case away may not see it any more.
    const page = await read().catch(() => undefined);
    const entry = page?.timeline.find((one) => String(one.version) === String(version));
    const undo = page && entry && undo_of(page, entry);
    if (!undo) return toast({ text });
    toast({
      text,
      undo: () =>
        void read()
          .then((now) => {
            const then = now.timeline.find((one) => one.version === entry.version);
            const still = then && undo_of(now, then);
            if (!still) return toast({ text: t('web.case.undo_late') });
            return send(kind, id, still, t('web.case.undone'), now.version).then(() =>
              toast({ text: t('web.case.undone_now') }),
            );
          })
          .catch(failed),
    });
  };
}

export function UndoButton({ page, entry }: { page: CasePageAnswer; entry: Entry }) {
  const { t } = useTexts();
  const [asking, set_asking] = useState(false);
  const undo = undo_of(page, entry);
  if (!undo) return null;
  return (
    <>
      <button
        type="button"
        className="plain-button small on-screen start"
        aria-label={t('web.case.undo_that', { title: entry.title })}
        onClick={() => set_asking(true)}
      >
        {t('web.case.undo')}
      </button>
      {asking ? (
        <UndoDialog page={page} title={entry.title} undo={undo} close={() => set_asking(false)} />
      ) : null}
    </>
  );
}

export function UndoDialog({
  page,
  title,
  undo,
  close,
}: {
  page: CasePageAnswer;
  title: string; // of what is undone
  undo: Undo;
  close: () => void;
}) {
  const { t, named } = useTexts();
  const [reason, set_reason] = useState('');
  const [sending, set_sending] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const id = page.row?.case_id ?? '';
  const kind = kind_paths[page.row?.kind ?? ''] ?? 'reminders';
  const submit = async () => {
    if (sending) return;
    set_sending(true);
    set_refusal(undefined);
    try {
      await send(kind, id, undo, reason.trim(), page.version);
      toast({ text: t('web.case.undone_now') });
      close();
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
      set_sending(false);
    }
  };
  const stale = refusal instanceof Refusal && refusal.stale;
  return (
    <Dialog title={t('web.case.undo_title')} close={close}>
      <Form refusal={stale ? undefined : refusal} submit={submit}>
        <p>{t('web.case.undo_about', { title })}</p>
        {undo.reason ? (
          <LongTextField
            name={undo.reason}
            label={undo.reason === 'reason' ? t('web.case.reason') : named('label.note')}
            value={reason}
            change={set_reason}
            required={undo.reason === 'reason'}
          />
        ) : null}
        {stale ? <Notice kind="warning" title={t('web.case.undo_again')} /> : null}
        <div className="row">
          <Button type="submit" aria-disabled={sending}>
            {t('web.case.undo_do')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
