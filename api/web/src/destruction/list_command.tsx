// What a person does to a list, asked once more: with the reason where there is to be one.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useCommand } from '~/api/commanding';
import { Dialog } from '~/components/dialog';
import { Notice } from '~/components/notice';
import type { ListAnswer } from '~/destruction/destruction';
import { DateField } from '~/forms/date_field';
import { Form } from '~/forms/form';
import { LongTextField } from '~/forms/text_field';
import { toast } from '~/frame/toasts';
import { today } from '~/reference/reference';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Approve = '/api/v1/destructions/{id}/approve';
export interface Asked {
  command: keyof typeof ways;
  item_id?: string;
}

const ways = {
  approve: { title: 'command.ApproveDestruction', lead: 'web.destruction.ask.approve' },
  'withdraw-approval': {
    title: 'command.WithdrawDestructionApproval',
    lead: 'web.destruction.ask.withdraw',
    reason: 'optional',
  },
  abandon: {
    title: 'command.AbandonDestructionList',
    lead: 'web.destruction.ask.abandon',
    reason: 'required',
  },
  'withhold-item': {
    title: 'command.WithholdItem',
    lead: 'web.destruction.ask.withhold',
    reason: 'required',
  },
  'release-item': { title: 'command.ReleaseItem', lead: 'web.destruction.ask.release', reason: 'required' },
  'record-transfer': { title: 'command.RecordArchiveTransfer', lead: 'web.destruction.ask.transfer' },
} satisfies Record<string, { title: string; lead: PlainTextId; reason?: 'optional' | 'required' }>;

export function ListCommand({
  id,
  page,
  asked,
  close,
}: {
  id: string;
  page: ListAnswer;
  asked: Asked;
  close: () => void;
}) {
  const { t, named } = useTexts();
  const way: { title: string; lead: PlainTextId; reason?: string } = ways[asked.command];
  const [reason, set_reason] = useState('');
  const [on, set_on] = useState(today());
  const save = useCommand(
    `/api/v1/destructions/{id}/${asked.command}` as Approve,
    { path: { id }, version: page.version },
    {
      taken: () => {
        toast({ text: t('web.destruction.done') });
        close();
      },
    },
  );
  const transfers = asked.command === 'record-transfer';
  const body = {
    ...(asked.item_id ? { item_id: asked.item_id } : {}),
    ...(way.reason && reason ? { reason } : {}),
    ...(transfers ? { transferred_on: on, ...(reason ? { note: reason } : {}) } : {}),
  };
  return (
    <Dialog title={named(way.title)} close={close}>
      <Form
        refusal={save.stale ? undefined : save.refusal}
        submit={() => {
          if (!save.sending) void save.send(body as never);
        }}
      >
        <p>{t(way.lead)}</p>
        {save.stale ? (
          <Notice kind="warning" title={t('web.destruction.stale')}>
            <p>{t('web.destruction.stale_text')}</p>
          </Notice>
        ) : null}
        {transfers ? (
          <DateField
            name="transferred_on"
            label={named('label.transferred_on')}
            value={on}
            change={set_on}
            required
          />
        ) : null}
        {way.reason || transfers ? (
          <LongTextField
            name={transfers ? 'note' : 'reason'}
            label={transfers ? t('web.destruction.transfer_note') : t('web.case.reason')}
            value={reason}
            change={set_reason}
            required={way.reason === 'required'}
          />
        ) : null}
        <div className="form-end">
          <Button type="submit" aria-disabled={save.sending}>
            {named(way.title)}
          </Button>
          <button type="button" className="plain-button" onClick={close}>
            {t('web.case.cancel')}
          </button>
        </div>
      </Form>
    </Dialog>
  );
}
