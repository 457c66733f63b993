// What an ombudsman has at hand on every page: one key for a new contact, what waits on this device, and the
// question before signing out while something does.
import '~/contacts/contacts.css';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Button } from 'suomifi-ui-components';
import { useRead } from '~/api/reading';
import { asks_before_leaving, type Session } from '~/api/session';
import { Dialog } from '~/components/dialog';
import { desk, lay_out } from '~/contacts/desk';
import { any_draft } from '~/contacts/drafts';
import { CorrectedContact, NewContact } from '~/contacts/new_contact';
import { keep_sending, look, send_waiting, waiting_contacts } from '~/contacts/waiting_contacts';
import { WaitingDialog } from '~/contacts/waiting_dialog';
import { remember } from '~/device/coming_back';
import { offline_queue_allowed } from '~/device/offline_queue_allowed';
import { sweep } from '~/device/sealed_store';
import { keep_shell } from '~/device/shell';
import { useShortcut } from '~/frame/shortcuts';
import { useObserved } from '~/observed';
import { useTexts } from '~/texts/texts';

const shell_after_ms = 1500;

export default function ContactDesk({ session, place }: { session: Session; place: HTMLElement }) {
  const { t, tn } = useTexts();
  const on_desk = useObserved(desk);
  const waiting = useObserved(waiting_contacts);
  const refused = waiting.filter((one) => one.refused).length;
  useShortcut('n', t('web.contact.title'), () => lay_out({ what: 'new' }));
  useAtHand(session);
  return (
    <>
      {createPortal(
        <>
          {waiting.length > 0 ? (
            <button
              type="button"
              className={refused > 0 ? 'waiting-count refused' : 'waiting-count'}
              onClick={() => lay_out({ what: 'waiting' })}
            >
              {refused > 0
                ? tn('web.waiting.refused_count', refused)
                : tn('web.waiting.count', waiting.length)}
            </button>
          ) : null}
          <button
            type="button"
            className="new-contact"
            aria-keyshortcuts="n"
            onClick={() => lay_out({ what: 'new' })}
          >
            {t('web.contact.title')}
            <span className="key" aria-hidden="true">
              N
            </span>
          </button>
        </>,
        place,
      )}
      {on_desk?.what === 'new' ? <NewContact key={on_desk.n} of={on_desk} /> : null}
      {on_desk?.what === 'correct' ? <CorrectedContact key={on_desk.n} of={on_desk} /> : null}
      {on_desk?.what === 'waiting' ? <WaitingDialog /> : null}
      <Leaving />
    </>
  );
}

// The words behind codes and the application itself are here when the network is not.
function useAtHand(session: Session) {
  const codes = useRead('/api/v1/reference/codes', {});
  const units = useRead('/api/v1/reference/units', {});
  const there = codes.isSuccess && units.isSuccess;
  useEffect(() => {
    void sweep(session.user_id).catch(() => undefined);
    // While there is a network: whether contacts may wait without one.
    void offline_queue_allowed();
    const stop = keep_sending();
    const timer = setTimeout(() => void keep_shell(), shell_after_ms);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [session.user_id]);
  useEffect(() => {
    if (there && session.csrf_token) void remember(session).catch(() => undefined);
  }, [there, session]);
}

interface Asked {
  waits: number;
  answer: (leave: boolean) => void;
}

function Leaving() {
  const { t, tn } = useTexts();
  const [asked, set_asked] = useState<Asked>();
  const [trying, set_trying] = useState(false);
  useEffect(() => {
    asks_before_leaving.ask = async () => {
      const waits = (await look().catch(() => [])).length;
      if (waits === 0 && !(await any_draft().catch(() => false))) return true;
      return new Promise<boolean>((done) =>
        set_asked({
          waits,
          answer: (leave) => {
            set_asked(undefined);
            done(leave);
          },
        }),
      );
    };
    return () => {
      asks_before_leaving.ask = undefined;
    };
  }, []);
  if (!asked) return null;
  return (
    <Dialog title={t('web.leaving.title')} close={() => asked.answer(false)}>
      <p>{asked.waits > 0 ? tn('web.leaving.waiting', asked.waits) : t('web.leaving.draft')}</p>
      <p className="quiet">{t('web.leaving.about')}</p>
      <div className="row">
        <Button onClick={() => asked.answer(false)}>{t('web.leaving.stay')}</Button>
        {asked.waits > 0 ? (
          <Button
            variant="secondary"
            aria-disabled={trying}
            onClick={async () => {
              set_trying(true);
              await send_waiting().catch(() => undefined);
              set_trying(false);
              const waits = (await look()).length;
              if (waits === 0) asked.answer(true);
              else set_asked({ ...asked, waits });
            }}
          >
            {trying ? t('web.leaving.sending') : t('web.leaving.send')}
          </Button>
        ) : null}
        <Button variant="secondary" onClick={() => asked.answer(true)}>
          {t('web.leaving.leave')}
        </Button>
      </div>
    </Dialog>
  );
}
