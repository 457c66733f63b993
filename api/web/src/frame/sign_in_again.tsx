// The session has ended in the middle of something. What was being done stays as it is behind the dialog.
import type { Session } from '~/api/session';
import { go_to_provider, sign_out } from '~/api/session';
import { Dialog } from '~/components/dialog';
import { WaysIn } from '~/frame/sign_in_page';
import { useTexts } from '~/texts/texts';

export function SignInAgain({ session }: { session: Session }) {
  const { t } = useTexts();
  return (
    <Dialog title={t('web.sign_in.again.title')}>
      <p>{t('web.sign_in.again.text', { name: session.name })}</p>
      <WaysIn provider={() => go_to_provider('another_tab')} />
      <p>
        <button type="button" className="plain-button" onClick={() => void sign_out()}>
          {t('web.sign_in.again.leave')}
        </button>
      </p>
    </Dialog>
  );
}
