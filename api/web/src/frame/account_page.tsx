import { has_role, roles_of, session_now } from '~/api/session';
import { Choice } from '~/forms/choice';
import { CalendarFeeds } from '~/frame/calendar_feeds';
import { Page } from '~/frame/page';
import { PasswordForm } from '~/frame/password_form';
import { SecondFactor } from '~/frame/second_factor';
import { Sessions } from '~/frame/sessions';
import { single_keys, use_single_keys } from '~/frame/shortcuts';
import { Tokens } from '~/frame/tokens';
import { useObserved } from '~/observed';
import { role_texts } from '~/reference/roles';
import { useTexts } from '~/texts/texts';
import { type Appearance, appearance, choose_appearance } from '~/theme/appearance';

export default function AccountPage() {
  const { t } = useTexts();
  const session = session_now();
  const shown = useObserved(appearance);
  const keys = useObserved(single_keys);
  return (
    <Page
      title={t('web.account.title')}
      lead={
        session
          ? `${session.name}, ${roles_of(session)
              .map((role) => t(role_texts[role]))
              .join(', ')}`
          : ''
      }
    >
      <section className="card stack" aria-labelledby="appearance">
        <h2 id="appearance">{t('web.account.appearance')}</h2>
        <Choice<Appearance>
          name="appearance"
          legend={t('web.account.colours')}
          value={shown}
          change={choose_appearance}
          options={[
            ['system', t('web.account.appearance.system')],
            ['light', t('web.account.appearance.light')],
            ['dark', t('web.account.appearance.dark')],
          ]}
        />
        <Choice<'on' | 'off'>
          name="keys"
          legend={t('web.account.keys')}
          value={keys ? 'on' : 'off'}
          change={(value) => use_single_keys(value === 'on')}
          options={[
            ['on', t('web.account.keys.on')],
            ['off', t('web.account.keys.off')],
          ]}
        />
      </section>
      {session?.means === 'provider' ? null : (
        <>
          <section className="card stack" aria-labelledby="password">
            <h2 id="password">{t('web.account.password')}</h2>
            <p className="quiet">{t('web.account.password_ends')}</p>
            <div style={{ maxWidth: '26rem' }}>
              <PasswordForm />
            </div>
          </section>
          <SecondFactor />
        </>
      )}
      <Sessions />
      {session && has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'UNIT_HEAD') ? (
        <CalendarFeeds />
      ) : null}
      <Tokens />
    </Page>
  );
}
