import { look_again, sign_out } from '~/api/session';
import { Entrance } from '~/frame/entrance';
import { SetUp } from '~/frame/second_factor';
import { useTexts } from '~/texts/texts';

// Where the organisation asks for a second factor, a session without one opens this page only.
export function SecondFactorPage() {
  const { t } = useTexts();
  return (
    <Entrance
      title={t('web.second_factor.required.title')}
      below={
        <button type="button" className="plain-button" onClick={() => void sign_out()}>
          {t('web.frame.sign_out')}
        </button>
      }
    >
      <p>{t('web.second_factor.required.text')}</p>
      <SetUp done={() => void look_again()} />
    </Entrance>
  );
}
