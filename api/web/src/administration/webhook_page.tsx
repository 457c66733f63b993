// One receiver of notices: where, of what, and the secret that it knows us by.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import { IdField } from '~/administration/id_field';
import { useRefreshed } from '~/administration/refreshed';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { type Webhook, WebhookState } from '~/administration/webhook_state';
import { call } from '~/api/client';
import { useRead } from '~/api/reading';
import { useTrying } from '~/api/trying';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { Check, Checks } from '~/forms/checks';
import { TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { ShownOnce } from '~/frame/shown_once';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const list = '/administration/webhooks';

export default function WebhookPage({ params }: { params: Record<string, string> }) {
  const { t } = useTexts();
  const reading = useRead('/api/v1/webhooks', {});
  useRefreshed(reading.refetch);
  const id = params.id === undefined ? undefined : decodeURIComponent(params.id);
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.webhooks.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.webhooks.single')}>
        {({ webhooks, version }) => {
          const one = webhooks.find((webhook) => webhook.webhook_id === id);
          return (
            <Page title={one?.webhook_id ?? t('web.webhooks.new')} tab_title={t('web.webhooks.single')}>
              {one ? <Secret of={one} made={reading.refetch} /> : null}
              <WebhookForm key={one?.webhook_id} one={one} all={webhooks} version={version} />
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

function WebhookForm({ one, all, version }: { one: Webhook | undefined; all: Webhook[]; version: string }) {
  const { t } = useTexts();
  const codes = useCodes();
  const draft = useDraft({
    webhook_id: one?.webhook_id ?? '',
    url: one?.url ?? '',
    topics: one?.topics ?? [],
    active: one?.active ?? true,
  });
  const { mine, set } = draft;
  const save = useSaving(
    '/api/v1/reference/webhooks/webhooks',
    { version }, // A new one is given its secret next.
    one ? list : () => `${list}/${encodeURIComponent(mine.webhook_id)}`,
  );
  const labels = {
    url: t('web.webhooks.url'),
    topics: t('web.webhooks.topics'),
    active: t('web.webhooks.active'),
  };
  const taken_id = !one && all.some((other) => other.webhook_id === mine.webhook_id);
  return (
    <SavedForm
      save={save}
      draft={draft}
      body_of={(given) => given}
      labels={labels}
      said={([field], value) =>
        field === 'topics'
          ? (value as string[]).map((topic) => codes.label('webhook_topic', topic)).join(', ')
          : undefined
      }
      back={list}
    >
      {one ? null : (
        <IdField
          name="webhook_id"
          hint={t('web.webhooks.id_hint')}
          value={mine.webhook_id}
          change={(webhook_id) => set({ webhook_id })}
          taken={taken_id}
        />
      )}
      <TextField
        name="url"
        type="url"
        label={labels.url}
        hint={t('web.webhooks.url_hint')}
        value={mine.url}
        change={(url) => set({ url })}
        required
        spellCheck={false}
      />
      <Checks
        name="topics"
        label={labels.topics}
        hint={t('web.webhooks.topics_hint')}
        value={mine.topics}
        change={(topics) => set({ topics })}
        options={codes.options('webhook_topic')}
      />
      <Check
        name="active"
        label={labels.active}
        hint={t('web.webhooks.active_hint')}
        value={mine.active}
        change={(active) => set({ active })}
      />
    </SavedForm>
  );
}

function Secret({ of, made }: { of: Webhook; made: () => Promise<unknown> }) {
  const { t, number } = useTexts();
  const [secret, set_secret] = useState('');
  const { tried, refusal } = useTrying(made);
  const make = () =>
    tried(async () => {
      const path = { webhook_id: of.webhook_id };
      set_secret((await call('post', '/api/v1/webhooks/{webhook_id}/secret', { path })).secret);
    });
  return (
    <section className="card narrow-form stack" aria-labelledby="deliveries">
      <h2 id="deliveries">{t('web.webhooks.deliveries')}</h2>
      <div>
        <WebhookState of={of} />
      </div>
      {of.has_secret ? (
        <p className="small quiet">
          {t('web.webhooks.told_until', { position: number(Number(of.position)) })}
        </p>
      ) : null}
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      <p className="small quiet">
        {of.has_secret ? t('web.webhooks.another_secret_text') : t('web.webhooks.secret_first')}
      </p>
      <div>
        <Button variant={of.has_secret ? 'secondary' : 'default'} onClick={() => void make()}>
          {of.has_secret ? t('web.webhooks.another_secret') : t('web.webhooks.make_secret')}
        </Button>
      </div>
      <ShownOnce
        title={t('web.webhooks.secret')}
        text={t('web.webhooks.secret_text')}
        secret={secret}
        close={() => set_secret('')}
      />
    </section>
  );
}
