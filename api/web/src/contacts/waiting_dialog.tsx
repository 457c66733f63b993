// What waits on this device, in order; one that was refused says why, and can be mended.
import { Button } from 'suomifi-ui-components';
import { Dialog } from '~/components/dialog';
import { draft_of } from '~/contacts/contact_draft';
import { clear_desk, lay_out } from '~/contacts/desk';
import { send_waiting, take_back, type Waiting, waiting_contacts } from '~/contacts/waiting_contacts';
import { useObserved } from '~/observed';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function WaitingDialog() {
  const { t } = useTexts();
  const all = useObserved(waiting_contacts);
  return (
    <Dialog title={t('web.waiting.title')} close={clear_desk}>
      {all.length === 0 ? (
        <p>{t('web.waiting.none')}</p>
      ) : (
        <>
          <p className="quiet">{t('web.waiting.about')}</p>
          <ol className="waiting-list">
            {all.map((one) => (
              <One key={one.key} one={one} />
            ))}
          </ol>
          <div>
            <Button variant="secondary" onClick={() => void send_waiting()}>
              {t('web.waiting.send')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function One({ one }: { one: Waiting }) {
  const { t, moment } = useTexts();
  const codes = useCodes();
  const [matter] = one.contact.matters ?? [];
  const said = [
    codes.label('channel', one.contact.channel),
    matter?.service_task ? codes.label('service_task', matter.service_task) : '',
    matter?.causes[0] ? codes.label('cause_contact', matter.causes[0]) : '',
  ];
  const mend = async () => {
    const back = await take_back(one.key);
    if (back)
      lay_out({
        what: 'new',
        draft: draft_of(back.contact),
        ...(back.refusal ? { refusal: back.refusal } : {}),
      });
  };
  return (
    <li className="stack close">
      <p>
        <strong>{moment(one.saved_at)}</strong> {said.filter(Boolean).join(' · ')}
      </p>
      {one.refused ? (
        <p className="field-error">
          {t('web.waiting.refused')}{' '}
          {one.refused.fields.map((field) => field.message).join(' ') || one.refused.detail}
        </p>
      ) : null}
      <div>
        <button type="button" className="plain-button" onClick={() => void mend()}>
          {one.refused ? t('web.waiting.mend') : t('web.waiting.take_back')}
        </button>
      </div>
    </li>
  );
}
