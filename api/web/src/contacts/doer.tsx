// A step of a contact as a dialog of its own: sent on the version that was read; asked again when it names a
// person.
import type { ReactNode } from 'react';
import { Button } from 'suomifi-ui-components';
import type { CommandBody, PathOf } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { Refusal } from '~/api/refusal';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of } from '~/case_page/contents';
import { useDone } from '~/case_steps/undo';
import { Dialog } from '~/components/dialog';
import { Notice } from '~/components/notice';
import type { LogContact } from '~/contacts/waiting_contacts';
import { Form } from '~/forms/form';
import { useTexts } from '~/texts/texts';

export interface Doing {
  page: CasePageAnswer;
  close: () => void;
}

// As it stands, corrections and what was added included.
export function contact_on(page: CasePageAnswer): LogContact | undefined {
  const { opening } = contents_of(page);
  return opening.contacted_on ? (opening as unknown as LogContact) : undefined;
}

export function Doer<Path extends PathOf<'post'> & `/api/v1/contacts/{id}/${string}`>({
  path,
  page,
  title,
  done,
  close,
  body,
  draft,
  children,
}: Doing & {
  path: Path;
  draft?: { restored: boolean; give_up: () => void; start_again: () => void };
  title: string;
  done: string;
  body: (identifiers_intended: { identifiers_intended?: true }) => CommandBody<Path>;
  children: ReactNode;
}) {
  const { t } = useTexts();
  const id = page.row?.case_id ?? '';
  const say = useDone('contacts', id);
  const command = useCommand(path, { path: { id }, version: String(page.version) } as never, {
    taken: (answer) => {
      draft?.give_up();
      void say(done, (answer as { version: string }).version);
      close();
    },
  });
  const unsure = command.refusal instanceof Refusal && command.refusal.kind === 'needs-confirmation';
  return (
    <Dialog wide title={title} close={close}>
      {draft?.restored ? (
        <Notice kind="info" title={t('web.contact_steps.restored')}>
          <div>
            <button type="button" className="plain-button" onClick={draft.start_again}>
              {t('web.contact.start_again')}
            </button>
          </div>
        </Notice>
      ) : null}
      <Form
        refusal={unsure || command.stale ? undefined : command.refusal}
        submit={() => command.send(body({}) as never)}
      >
        {children}
        {command.stale ? (
          <Notice kind="warning" title={t('web.contact.stale')}>
            <p>{t('web.contact_steps.stale')}</p>
          </Notice>
        ) : null}
        {unsure ? (
          <Notice kind="warning" title={t('web.contact.identifiers_question')}>
            <p>{command.refusal instanceof Refusal ? command.refusal.detail : ''}</p>
            <div>
              <Button
                variant="secondary"
                onClick={() => void command.send(body({ identifiers_intended: true }) as never)}
              >
                {t('web.contact.identifiers_yes')}
              </Button>
            </div>
          </Notice>
        ) : null}
        <div>
          <Button type="submit" aria-disabled={command.sending}>
            {command.sending ? t('web.contact.saving') : t('web.contact.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
