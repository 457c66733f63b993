import { sign_out } from '~/api/session';
import { Entrance } from '~/frame/entrance';
import { PasswordForm } from '~/frame/password_form';
import { useTexts } from '~/texts/texts';

// The password that somebody else gave opens this page only.
export function NewPasswordPage() {
  const { t } = useTexts();
  return (
    <Entrance
      title={t('web.password.required.title')}
      below={
        <button type="button" className="plain-button" onClick={() => void sign_out()}>
          {t('web.frame.sign_out')}
        </button>
      }
    >
      <p>{t('web.password.required.text')}</p>
      <PasswordForm />
    </Entrance>
  );
}
