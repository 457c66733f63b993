// A case file that is opened in an emergency: the form, which is offered in the same words whether or not there is
// a case, and the notice that stands on the page while it lasts.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useCommand } from '~/api/commanding';
import { queries, useRead } from '~/api/reading';
import { has_role, session_now } from '~/api/session';
import { Notice } from '~/components/notice';
import { Form } from '~/forms/form';
import { LongTextField } from '~/forms/text_field';
import type { KindPath } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

const path_of_own = '/api/v1/break-glass' as const;

// Whose work is a whole area; the head of a unit asks them.
export const may_break_glass = (kind: KindPath) => {
  const session = session_now();
  if (!session) return false;
  return kind === 'contacts'
    ? has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN')
    : has_role(session, 'REGISTRAR', 'LAWYER');
};

export function BreakGlass({ kind, id, opened }: { kind: KindPath; id: string; opened: () => void }) {
  const { t } = useTexts();
  const [asking, set_asking] = useState(false);
  const [reason, set_reason] = useState('');
  const open = useCommand(
    `/api/v1/${kind}/{id}/break-glass` as '/api/v1/reminders/{id}/break-glass',
    { path: { id } },
    {
      taken: () => {
        void queries.invalidateQueries({ queryKey: [path_of_own] });
        opened();
      },
    },
  );
  if (!asking)
    return (
      <div className="card stack">
        <p>{t('web.emergency.offer')}</p>
        <div>
          <Button variant="secondary" onClick={() => set_asking(true)}>
            {t('web.emergency.begin')}
          </Button>
        </div>
      </div>
    );
  return (
    <section className="card stack" aria-labelledby="break-glass">
      <h2 id="break-glass">{t('web.emergency.begin')}</h2>
      <ul>
        <li>{t('web.emergency.reading_only')}</li>
        <li>{t('web.emergency.told')}</li>
      </ul>
      <Form refusal={open.refusal} submit={() => open.send({ reason })}>
        <LongTextField
          name="reason"
          label={t('web.emergency.reason')}
          hint={t('web.emergency.reason_hint')}
          value={reason}
          change={set_reason}
          required
        />
        <div className="row">
          <Button type="submit" disabled={open.sending}>
            {t('web.emergency.open')}
          </Button>
          <Button variant="secondary" onClick={() => set_asking(false)}>
            {t('web.emergency.leave')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

export function OpenInEmergency({ id }: { id: string }) {
  const { t, moment } = useTexts();
  const may = may_break_glass('contacts') || may_break_glass('reminders');
  const own = useRead(path_of_own, {}, { enabled: may });
  const file = own.data?.files.find(({ case_id }) => case_id === id);
  if (!file) return null;
  return (
    <Notice kind="warning" title={t('web.emergency.is_open', { until: moment(file.until ?? '') })}>
      <p>{t('web.emergency.stated', { reason: file.reason })}</p>
      <p>{t('web.emergency.reading_only')}</p>
    </Notice>
  );
}
