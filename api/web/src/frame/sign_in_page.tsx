import { useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useRead } from '~/api/reading';
import { Refusal, Unreachable } from '~/api/refusal';
import { go_to_provider, sign_in } from '~/api/session';
import { Notice } from '~/components/notice';
import { Form } from '~/forms/form';
import { TextField } from '~/forms/text_field';
import { Entrance } from '~/frame/entrance';
import { type PlainTextId, useTexts } from '~/texts/texts';

// What the way through the organisation's provider can end with, by the word that the address holds then.
const fault_texts: Record<string, PlainTextId> = {
  away: 'web.sign_in.fault.away',
  refused: 'web.sign_in.fault.refused',
  stale: 'web.sign_in.fault.stale',
  'not-believed': 'web.sign_in.fault.not_believed',
  'no-role': 'web.sign_in.fault.no_role',
  impossible: 'web.sign_in.fault.impossible',
  closed: 'web.sign_in.fault.closed',
  'too-many': 'web.sign_in.fault.too_many',
};

export function SignInPage({
  why,
  fault,
}: {
  why?: 'signed_out' | 'password_changed' | undefined;
  fault?: string | undefined;
}) {
  const { t, language } = useTexts();
  return (
    <Entrance
      title={t('web.sign_in.title')}
      below={
        <div className="stack close">
          <p>{t('web.sign_in.secrecy')}</p>
          <p>
            <a href={`/published?lang=${language}`}>{t('web.sign_in.published')}</a>
          </p>
        </div>
      }
    >
      {why === 'password_changed' ? (
        <Notice kind="success" title={t('web.sign_in.password_changed')} />
      ) : null}
      {fault === undefined ? null : (
        <Notice kind="error" title={t('web.sign_in.fault.title')}>
          <p>{t(fault_texts[fault] ?? 'web.sign_in.fault.refused')}</p>
        </Notice>
      )}
      <WaysIn provider={() => go_to_provider('here')} />
    </Entrance>
  );
}

// The ways that are open; without an answer, that which every service has had.
export function WaysIn({ provider, login }: { provider: () => void; login?: string }) {
  const { t } = useTexts();
  const { data, isPending, failureReason } = useRead('/api/v1/sign-in', {});
  if (isPending && !failureReason) return null;
  if (!data?.provider) return <SignInForm login={login} />;
  return (
    <>
      <div>
        <Button onClick={provider}>
          {data.provider_name
            ? t('web.sign_in.with', { name: data.provider_name })
            : t('web.sign_in.with_organisation')}
        </Button>
      </div>
      {data.password ? (
        <details className="other-way">
          <summary>{t('web.sign_in.with_password')}</summary>
          <SignInForm login={login} />
        </details>
      ) : null}
    </>
  );
}

function SignInForm({ login: given = '' }: { login?: string | undefined }) {
  const { t } = useTexts();
  const [login, set_login] = useState(given);
  const [password, set_password] = useState('');
  // The second step: the password was right, and is kept for being sent again with the code.
  const [asks_code, set_asks_code] = useState(false);
  const [code, set_code] = useState('');
  const [sending, set_sending] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asks_code) fields.current?.querySelector('input')?.focus();
  }, [asks_code]);
  function from_the_start() {
    set_asks_code(false);
    set_password('');
    set_code('');
  }
  async function submit() {
    set_sending(true);
    set_refusal(undefined);
    try {
      await sign_in(login.trim(), password, code.trim());
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_code('');
      if (wrong instanceof Refusal && wrong.kind === 'second-factor-required') set_asks_code(true);
      else {
        set_refusal(wrong);
        if (!(wrong instanceof Refusal && wrong.kind === 'wrong-code')) from_the_start();
      }
    } finally {
      set_sending(false);
    }
  }
  return (
    <Form refusal={refusal} submit={submit}>
      {asks_code ? (
        <div ref={fields}>
          <TextField
            key="code"
            name="code"
            label={t('web.second_factor.code')}
            hint={t('web.sign_in.code_hint')}
            value={code}
            change={set_code}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
        </div>
      ) : (
        <>
          <TextField
            name="login"
            label={t('web.sign_in.login')}
            value={login}
            change={set_login}
            autoComplete="username"
            required
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            name="password"
            type="password"
            label={t('web.sign_in.password')}
            value={password}
            change={set_password}
            autoComplete="current-password"
            required
          />
        </>
      )}
      <div className="row">
        <Button type="submit" aria-disabled={sending}>
          {sending ? t('web.sign_in.sending') : t('web.sign_in.send')}
        </Button>
        {asks_code ? (
          <button type="button" className="plain-button" onClick={from_the_start}>
            {t('web.sign_in.from_the_start')}
          </button>
        ) : null}
      </div>
    </Form>
  );
}
