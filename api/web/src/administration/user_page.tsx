// A person who signs in: who they are, what they may do, and a password to begin with, which they change first.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link, useLocation } from 'wouter';
import { useDraft } from '~/administration/draft';
import { SavedForm } from '~/administration/saved_form';
import { type AnswerOf, call } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { useRead } from '~/api/reading';
import { Refusal, Unreachable } from '~/api/refusal';
import { type Role, session_now } from '~/api/session';
import { useTrying } from '~/api/trying';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { Check, Checks } from '~/forms/checks';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { toast } from '~/frame/toasts';
import { UnitNames } from '~/reference/names';
import { useCodes, useUnits } from '~/reference/reference';
import { role_texts } from '~/reference/roles';
import { useTexts } from '~/texts/texts';

const list = '/administration/users';
type User = AnswerOf<'/api/v1/reference/users', 'get'>['users'][number];

export default function UserPage({ params }: { params: Record<string, string> }) {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/users', {});
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.users.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.users.single')}>
        {({ users, version }) => {
          const user = users.find((one) => one.user_id === params.id);
          return (
            <Page title={user?.name ?? t('web.users.new')} tab_title={t('web.users.single')}>
              <UserForm key={user?.user_id} user={user} version={version} />
              {user ? <PasswordForm user={user} /> : null}
              {user ? <SigningIn user={user} /> : null}
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

function UserForm({ user, version }: { user: User | undefined; version: string }) {
  const { t } = useTexts();
  const [, go] = useLocation();
  const units = useUnits();
  const codes = useCodes();
  const draft = useDraft({
    user_id: user?.user_id ?? '',
    login: user?.login ?? '',
    name: user?.name ?? '',
    email: user?.email ?? '',
    language: user?.language ?? 'fi',
    roles: (user?.roles ?? []) as string[],
    units: user?.units ?? [],
    sectors: user?.sectors ?? [],
    auditor_of: user?.auditor_of ?? [],
    active: user?.active ?? true,
    team: user?.team ?? '',
    no_alerts: user?.no_alerts ?? false,
  });
  const { mine: given, set } = draft;
  const labels = {
    name: t('web.users.name'),
    login: t('web.sign_in.login'),
    email: t('web.users.email'),
    language: t('web.users.language'),
    roles: t('web.users.roles'),
    units: t('web.users.units'),
    auditor_of: t('web.users.auditor_of'),
    sectors: t('web.users.sectors'),
    team: t('web.users.team'),
    active: t('web.users.may_sign_in'),
    no_alerts: t('web.users.no_alerts'),
  };
  const save = useCommand(
    '/api/v1/reference/users/users',
    { version },
    {
      taken: () => {
        toast({ text: t('web.administration.saved') });
        if (user) go(list);
        else void to_the_new_one();
      },
    },
  );
  const codes_said = (set: string, value: unknown) =>
    (value as string[]).map((code) => codes.label(set, code)).join(', ');
  // Whoever is new is given a password next, on their own page.
  async function to_the_new_one() {
    const { users } = await call('get', '/api/v1/reference/users', {});
    const made = users.find((one) => one.login === given.login);
    go(made ? `${list}/${made.user_id}` : list);
  }
  return (
    <SavedForm
      save={save}
      draft={draft}
      body_of={(mine) => ({ ...mine, roles: mine.roles as Role[] })}
      back={list}
      labels={labels}
      said={([field], value) =>
        field === 'roles' ? (
          (value as Role[]).map((role) => t(role_texts[role])).join(', ')
        ) : field === 'units' ? (
          <UnitNames ids={value as string[]} />
        ) : field === 'auditor_of' ? (
          codes_said('area', value)
        ) : field === 'sectors' ? (
          codes_said('sector', value)
        ) : field === 'language' ? (
          codes.label('ui_language', String(value))
        ) : undefined
      }
    >
      <div className="field-pair">
        <TextField
          name="name"
          label={t('web.users.name')}
          value={given.name}
          change={(name) => set({ name })}
          required
        />
        <TextField
          name="login"
          label={t('web.sign_in.login')}
          value={given.login}
          change={(login) => set({ login })}
          required
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextField
          name="email"
          type="email"
          label={t('web.users.email')}
          value={given.email}
          change={(email) => set({ email })}
        />
        <SelectField
          name="language"
          label={t('web.users.language')}
          value={given.language}
          change={(language) => set({ language })}
          options={codes.options('ui_language')}
        />
      </div>
      <Checks
        name="roles"
        label={t('web.users.roles')}
        hint={t('web.users.roles_hint')}
        value={given.roles}
        change={(roles) => set({ roles })}
        options={Object.entries(role_texts).map(([value, id]) => ({ value, label: t(id) }))}
      />
      {given.roles.includes('UNIT_HEAD') ? (
        <Checks
          name="units"
          label={t('web.users.units')}
          hint={t('web.users.units_hint')}
          value={given.units}
          change={(chosen) => set({ units: chosen })}
          options={units.options()}
        />
      ) : null}
      {given.roles.includes('AUDITOR') ? (
        <Checks
          name="auditor_of"
          label={t('web.users.auditor_of')}
          value={given.auditor_of}
          change={(auditor_of) => set({ auditor_of })}
          options={codes.options('area')}
        />
      ) : null}
      <Checks
        name="sectors"
        label={t('web.users.sectors')}
        hint={t('web.users.sectors_hint')}
        value={given.sectors}
        change={(sectors) => set({ sectors })}
        options={codes.options('sector')}
      />
      <div className="field-pair">
        <TextField
          name="team"
          label={t('web.users.team')}
          hint={t('web.users.team_hint')}
          value={given.team}
          change={(team) => set({ team })}
        />
      </div>
      <Check
        name="active"
        label={t('web.users.may_sign_in')}
        value={given.active}
        change={(active) => set({ active })}
      />
      <Check
        name="no_alerts"
        label={t('web.users.no_alerts')}
        value={given.no_alerts}
        change={(no_alerts) => set({ no_alerts })}
      />
    </SavedForm>
  );
}

function PasswordForm({ user }: { user: User }) {
  const { t } = useTexts();
  const [password, set_password] = useState('');
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  async function submit() {
    set_refusal(undefined);
    try {
      await call(
        'put',
        '/api/v1/users/{id}/password',
        { path: { id: user.user_id } },
        { body: { password } },
      );
      set_password('');
      toast({ text: t('web.users.password_given') });
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
    }
  }
  return (
    <section className="card narrow-form stack" aria-labelledby="password">
      <h2 id="password">{t('web.users.password')}</h2>
      <p className="quiet">{t('web.users.password_text')}</p>
      <Form refusal={refusal} submit={submit}>
        <TextField
          name="password"
          type="password"
          label={t('web.password.new')}
          hint={t('web.password.hint')}
          value={password}
          change={set_password}
          required
          autoComplete="new-password"
        />
        <div>
          <Button type="submit" variant="secondary">
            {t('web.users.give_password')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

// For whoever has lost their phone, or left a session open somewhere.
function SigningIn({ user }: { user: User }) {
  const { t } = useTexts();
  const { tried, refusal } = useTrying(async () => undefined);
  const path = { id: user.user_id };
  const end_sessions = () =>
    tried(async () => {
      await call('delete', '/api/v1/users/{id}/sessions', { path });
      toast({ text: t('web.users.sessions_ended') });
    });
  const switch_off = () =>
    tried(async () => {
      await call('delete', '/api/v1/users/{id}/second-factor', { path });
      toast({ text: t('web.users.second_factor_off') });
    });
  return (
    <section className="card narrow-form stack" aria-labelledby="signing-in">
      <h2 id="signing-in">{t('web.users.signing_in')}</h2>
      <p className="quiet">{t('web.users.signing_in_text')}</p>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      <div className="row">
        <Button variant="secondary" onClick={() => void end_sessions()}>
          {t('web.users.end_sessions')}
        </Button>
        {user.user_id === session_now()?.user_id ? null : (
          <Button variant="secondary" onClick={() => void switch_off()}>
            {t('web.users.switch_second_factor_off')}
          </Button>
        )}
      </div>
    </section>
  );
}
