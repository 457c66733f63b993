// Tokens for scripts: each with its maker's own rights, shown once, and taken back here.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '~/api/client';
import { useRead } from '~/api/reading';
import { useTrying } from '~/api/trying';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Checks } from '~/forms/checks';
import { Form } from '~/forms/form';
import { TextField } from '~/forms/text_field';
import { ShownOnce } from '~/frame/shown_once';
import { toast } from '~/frame/toasts';
import { scope_texts, scopes_of, type TokenScope } from '~/reference/token_scopes';
import { useTexts } from '~/texts/texts';

export function Tokens() {
  const { t, date } = useTexts();
  const reading = useRead('/api/v1/tokens', {});
  const [label, set_label] = useState('');
  const [days, set_days] = useState('90');
  const [scopes, set_scopes] = useState<string[]>(['READING']);
  const [secret, set_secret] = useState('');
  const { tried, refusal } = useTrying(reading.refetch);
  const make = () =>
    tried(async () => {
      const body = {
        label,
        valid_days: Math.trunc(Number(days) || 0),
        scopes: scopes as TokenScope[],
      };
      set_secret((await call('post', '/api/v1/tokens', {}, { body })).secret);
      set_label('');
    });
  const revoke = (token_id: string) =>
    tried(async () => {
      await call('delete', '/api/v1/tokens/{token_id}', { path: { token_id } });
      toast({ text: t('web.tokens.revoked') });
    });
  return (
    <section className="card stack" aria-labelledby="tokens">
      <h2 id="tokens">{t('web.tokens.title')}</h2>
      <p className="quiet">{t('web.tokens.text')}</p>
      <Loaded reading={reading}>
        {({ tokens }) =>
          tokens.length === 0 ? null : (
            <DataTable
              caption={t('web.tokens.title')}
              rows={tokens}
              row_key={(token) => token.token_id}
              columns={[
                { head: t('web.tokens.label'), cell: (token) => token.label },
                {
                  head: t('web.tokens.scopes'),
                  cell: (token) =>
                    scopes_of(token)
                      .map((scope) => t(scope_texts[scope]))
                      .join(', '),
                },
                { head: t('web.tokens.made'), cell: (token) => date((token.created_at ?? '').slice(0, 10)) },
                {
                  head: t('web.tokens.expires'),
                  cell: (token) => date((token.expires_at ?? '').slice(0, 10)),
                },
                {
                  head: t('web.tokens.revoke'),
                  cell: (token) => (
                    <button
                      type="button"
                      className="plain-button"
                      aria-label={t('web.tokens.revoke_one', { label: token.label })}
                      onClick={() => void revoke(token.token_id)}
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
              label={t('web.tokens.label')}
              hint={t('web.tokens.label_hint')}
              value={label}
              change={set_label}
              required
            />
            <TextField
              name="valid_days"
              type="number"
              label={t('web.tokens.days')}
              hint={t('web.tokens.days_hint')}
              value={days}
              change={set_days}
              required
            />
          </div>
          <Checks
            name="scopes"
            label={t('web.tokens.scopes')}
            hint={t('web.tokens.scopes_hint')}
            value={scopes}
            change={set_scopes}
            options={Object.entries(scope_texts).map(([value, id]) => ({ value, label: t(id) }))}
          />
          <div>
            <Button type="submit" variant="secondary">
              {t('web.tokens.make')}
            </Button>
          </div>
        </Form>
      </div>
      <ShownOnce
        title={t('web.tokens.secret')}
        text={t('web.tokens.secret_text')}
        secret={secret}
        close={() => set_secret('')}
      />
    </section>
  );
}
