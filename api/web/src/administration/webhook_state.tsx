import type { AnswerOf } from '~/api/client';
import { useTexts } from '~/texts/texts';

export type Webhook = AnswerOf<'/api/v1/webhooks', 'get'>['webhooks'][number];

// How the deliveries go, in words: switched off, without a secret, failing, well.
export function WebhookState({ of }: { of: Webhook }) {
  const { t, tn, moment } = useTexts();
  if (!of.active) return <span className="tag">{t('web.webhooks.off')}</span>;
  if (!of.has_secret) return <span className="tag ending">{t('web.webhooks.silent')}</span>;
  if (of.attempts > 0)
    return (
      <>
        <span className="tag ending">{t('web.webhooks.failing')}</span>{' '}
        <span className="small quiet block">
          {tn('web.webhooks.attempts', of.attempts)} {of.last_error}
          {of.next_attempt_at ? `. ${t('web.webhooks.next', { when: moment(of.next_attempt_at) })}` : ''}
        </span>
      </>
    );
  return <>{t('web.webhooks.well')}</>;
}
