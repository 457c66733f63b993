import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '~/api/client';
import { Refusal, Unreachable } from '~/api/refusal';
import { password_changed } from '~/api/session';
import { Form } from '~/forms/form';
import { TextField } from '~/forms/text_field';
import { useTexts } from '~/texts/texts';

export function PasswordForm() {
  const { t } = useTexts();
  const [current, set_current] = useState('');
  const [password, set_password] = useState('');
  const [repeated, set_repeated] = useState('');
  const [differs, set_differs] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  async function submit() {
    set_refusal(undefined);
    set_differs(password !== repeated);
    if (password !== repeated) return;
    try {
      await call('put', '/api/v1/session/password', {}, { body: { current_password: current, password } });
      password_changed();
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
    }
  }
  return (
    <Form refusal={refusal} submit={submit}>
      <TextField
        name="current_password"
        type="password"
        label={t('web.password.current')}
        value={current}
        change={set_current}
        autoComplete="current-password"
        required
      />
      <TextField
        name="password"
        type="password"
        label={t('web.password.new')}
        hint={t('web.password.hint')}
        value={password}
        change={set_password}
        autoComplete="new-password"
        required
      />
      <TextField
        name="repeated"
        type="password"
        label={t('web.password.repeated')}
        value={repeated}
        change={set_repeated}
        autoComplete="new-password"
        required
        error={differs ? t('web.password.differs') : undefined}
      />
      <div>
        <Button type="submit">{t('web.password.save')}</Button>
      </div>
    </Form>
  );
}
