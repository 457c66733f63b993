import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import type { Role } from '~/api/session';
import { Loaded } from '~/components/loaded';
import { DateField } from '~/forms/date_field';
import { SelectField } from '~/forms/select_field';
import { Page } from '~/frame/page';
import { useTexts } from '~/texts/texts';

const list = '/administration/absences';
type Absence = AnswerOf<'/api/v1/reference/absences', 'get'>['absences'][number];
type User = AnswerOf<'/api/v1/reference/users', 'get'>['users'][number];
const ombudsmen: Role[] = ['OMBUDSMAN', 'HEAD_OMBUDSMAN'];
const legal_side: Role[] = ['REGISTRAR', 'LAWYER', 'UNIT_HEAD'];
const has_one_of = (user: User, roles: Role[]) => roles.some((role) => user.roles.includes(role));

export default function AbsencePage({ params }: { params: Record<string, string> }) {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/absences', {});
  const users = useRead('/api/v1/reference/users', {});
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.absences.title')}</Link>
      </p>
      <Loaded reading={users} title={t('web.absences.single')}>
        {({ users: everybody }) => (
          <Loaded reading={reading} title={t('web.absences.single')}>
            {({ absences, version }) => {
              const one = absences.find(
                (absence) => absence.user_id === params.user && absence.first_day === params.day,
              );
              return (
                <Page
                  title={
                    one
                      ? (everybody.find((user) => user.user_id === one.user_id)?.name ?? '')
                      : t('web.absences.new')
                  }
                  tab_title={t('web.absences.single')}
                  lead={t('web.absences.text')}
                >
                  <AbsenceForm key={one?.first_day} one={one} everybody={everybody} version={version} />
                </Page>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

function AbsenceForm({
  one,
  everybody,
  version,
}: {
  one: Absence | undefined;
  everybody: User[];
  version: string;
}) {
  const { t } = useTexts();
  const draft = useDraft({
    user_id: one?.user_id ?? '',
    first_day: one?.first_day ?? '',
    last_day: one?.last_day ?? '',
    substitute: one?.substitute ?? '',
  });
  const { mine, set } = draft;
  const save = useSaving('/api/v1/reference/absences/absences', { version }, list);
  const away = everybody.find((user) => user.user_id === mine.user_id);
  // The wall holds for substitutes too: whoever works on the same side.
  const side = away && (has_one_of(away, ombudsmen) ? ombudsmen : legal_side);
  const working = everybody.filter((user) => user.active && has_one_of(user, [...ombudsmen, ...legal_side]));
  const options = (of: User[]) =>
    of
      .map((user) => ({ value: user.user_id, label: user.name }))
      .sort((a, b) => a.label.localeCompare(b.label, 'fi'));
  const labels = {
    user_id: t('web.absences.who'),
    first_day: t('web.absences.first_day'),
    last_day: t('web.absences.last_day'),
    substitute: t('web.absences.substitute'),
  };
  return (
    <SavedForm
      save={save}
      draft={draft}
      body_of={(given) => ({ ...given, withdrawn: false })}
      labels={labels}
      said={([field], value) =>
        field === 'substitute' || field === 'user_id'
          ? everybody.find((user) => user.user_id === value)?.name
          : undefined
      }
      back={list}
    >
      {one ? null : (
        <SelectField
          name="user_id"
          label={labels.user_id}
          value={mine.user_id}
          change={(user_id) => set({ user_id, substitute: '' })}
          none={t('web.absences.choose')}
          options={options(working)}
        />
      )}
      <div className="field-pair">
        {one ? null : (
          <DateField
            name="first_day"
            label={labels.first_day}
            value={mine.first_day}
            change={(first_day) => set({ first_day })}
            required
          />
        )}
        <DateField
          name="last_day"
          label={labels.last_day}
          value={mine.last_day}
          change={(last_day) => set({ last_day })}
          required
        />
      </div>
      <SelectField
        name="substitute"
        label={labels.substitute}
        hint={t('web.absences.substitute_hint')}
        value={mine.substitute}
        change={(substitute) => set({ substitute })}
        none={t('web.absences.choose')}
        options={options(
          working.filter((user) => user.user_id !== mine.user_id && (!side || has_one_of(user, side))),
        )}
      />
    </SavedForm>
  );
}
