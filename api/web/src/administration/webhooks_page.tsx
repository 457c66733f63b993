// Other systems that are told of what happens, and whether they hear it.
import '~/components/components.css';
import { Link } from 'wouter';
import { useRefreshed } from '~/administration/refreshed';
import { type Webhook, WebhookState } from '~/administration/webhook_state';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export default function WebhooksPage() {
  const { t } = useTexts();
  const codes = useCodes();
  const reading = useRead('/api/v1/webhooks', {});
  useRefreshed(reading.refetch);
  const topics = (webhook: Webhook) =>
    webhook.topics.length === 0
      ? t('web.webhooks.all_topics')
      : webhook.topics.map((topic) => codes.label('webhook_topic', topic)).join(', ');
  return (
    <Page
      title={t('web.webhooks.title')}
      lead={t('web.webhooks.lead')}
      beside={
        <Link className="button-link" href="/administration/webhooks/new">
          {t('web.webhooks.new')}
        </Link>
      }
    >
      <Loaded reading={reading}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <p className="card quiet">{t('web.webhooks.none')}</p>
          ) : (
            <DataTable
              caption={t('web.webhooks.title')}
              rows={webhooks}
              row_key={(one) => one.webhook_id}
              columns={[
                {
                  head: t('web.webhooks.single'),
                  cell: (one) => (
                    <Link href={`/administration/webhooks/${encodeURIComponent(one.webhook_id)}`}>
                      {one.webhook_id}
                    </Link>
                  ),
                },
                {
                  head: t('web.webhooks.url'),
                  cell: (one) => <span className="small root-hash">{one.url}</span>,
                },
                { head: t('web.webhooks.topics'), cell: topics },
                { head: t('web.webhooks.state'), cell: (one) => <WebhookState of={one} /> },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
