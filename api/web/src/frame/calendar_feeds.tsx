// Calendars of one's own due dates, for Outlook or Thunderbird: each address is shown once, and whoever has it
// reads it.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '~/api/client';
import { useRead } from '~/api/reading';
import { useTrying } from '~/api/trying';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Form } from '~/forms/form';
import { TextField } from '~/forms/text_field';
import { ShownOnce } from '~/frame/shown_once';
import { toast } from '~/frame/toasts';
import { useTexts } from '~/texts/texts';

export function CalendarFeeds() {
  const { t, date, moment } = useTexts();
  const reading = useRead('/api/v1/calendar-feeds', {});
  const [label, set_label] = useState('');
  const [url, set_url] = useState('');
  const { tried, refusal } = useTrying(reading.refetch);
  const make = () =>
    tried(async () => {
      set_url((await call('post', '/api/v1/calendar-feeds', {}, { body: { label } })).url);
      set_label('');
    });
  const revoke = (id: string) =>
    tried(async () => {
      await call('delete', '/api/v1/calendar-feeds/{id}', { path: { id } });
      toast({ text: t('web.calendars.revoked') });
    });
  return (
    <section className="card stack" aria-labelledby="calendars">
      <h2 id="calendars">{t('web.calendars.title')}</h2>
      <p className="quiet">{t('web.calendars.text')}</p>
      <Loaded reading={reading}>
        {({ feeds }) =>
          feeds.length === 0 ? null : (
            <DataTable
              caption={t('web.calendars.title')}
              rows={feeds}
              row_key={(feed) => feed.feed_id}
              columns={[
                { head: t('web.calendars.label'), cell: (feed) => feed.label },
                { head: t('web.tokens.made'), cell: (feed) => date((feed.created_at ?? '').slice(0, 10)) },
                {
                  head: t('web.calendars.read'),
                  cell: (feed) => (feed.read_at ? moment(feed.read_at) : t('web.calendars.never')),
                },
                {
                  head: t('web.tokens.revoke'),
                  cell: (feed) => (
                    <button
                      type="button"
                      className="plain-button"
                      aria-label={t('web.calendars.revoke_one', { label: feed.label })}
                      onClick={() => void revoke(feed.feed_id)}
                    >
                      {t('web.tokens.revoke')}
                    </button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <div className="narrow-form">
        <Form refusal={refusal} submit={make}>
          <div className="field-pair">
            <TextField
              name="label"
              label={t('web.calendars.label')}
              hint={t('web.calendars.label_hint')}
              value={label}
              change={set_label}
              required
            />
          </div>
          <div>
            <Button type="submit" variant="secondary">
              {t('web.calendars.make')}
            </Button>
          </div>
        </Form>
      </div>
      <ShownOnce
        title={t('web.calendars.address')}
        text={t('web.calendars.address_text')}
        secret={url}
        close={() => set_url('')}
      />
    </section>
  );
}
