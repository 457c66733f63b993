import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Refusal, Unreachable } from '~/api/refusal';
import { sign_in } from '~/api/session';
import { Notice } from '~/components/notice';
import { Form } from '~/forms/form';
import { TextField } from '~/forms/text_field';
import { Entrance } from '~/frame/entrance';
import { useTexts } from '~/texts/texts';

export function SignInPage({ why }: { why?: 'signed_out' | 'password_changed' | undefined }) {
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
      <SignInForm />
    </Entrance>
  );
}

export function SignInForm({ login: given = '' }: { login?: string }) {
  const { t } = useTexts();
  const [login, set_login] = useState(given);
  const [password, set_password] = useState('');
  const [sending, set_sending] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  async function submit() {
    set_sending(true);
    set_refusal(undefined);
    try {
      await sign_in(login.trim(), password);
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
      set_password('');
    } finally {
      set_sending(false);
    }
  }
  return (
    <Form refusal={refusal} submit={submit}>
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
      <div>
        <Button type="submit" aria-disabled={sending}>
          {sending ? t('web.sign_in.sending') : t('web.sign_in.send')}
        </Button>
      </div>
    </Form>
  );
}
