import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import { IdField } from '~/administration/id_field';
import { NameFields, type Names, no_names } from '~/administration/name_fields';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { ValidityFields } from '~/administration/validity_fields';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { SelectField } from '~/forms/select_field';
import { Page } from '~/frame/page';
import { AuthorityName, Name } from '~/reference/names';
import { useAuthorities, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const list = '/administration/authorities';
type Authority = AnswerOf<'/api/v1/reference/authorities', 'get'>['authorities'][number];

export default function AuthorityPage({ params }: { params: Record<string, string> }) {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/authorities', {});
  const id = params.id === undefined ? undefined : decodeURIComponent(params.id);
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.authorities.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.authorities.single')}>
        {({ authorities, version }) => {
          const one = authorities.find((authority) => authority.authority_id === id);
          return (
            <Page
              title={one ? <Name of={one.name} otherwise={one.authority_id} /> : t('web.authorities.new')}
              tab_title={t('web.authorities.single')}
            >
              <AuthorityForm key={one?.authority_id} one={one} version={version} />
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

function AuthorityForm({ one, version }: { one: Authority | undefined; version: string }) {
  const { t } = useTexts();
  const codes = useCodes();
  const authorities = useAuthorities();
  const draft = useDraft({
    authority_id: one?.authority_id ?? '',
    name: (one?.name ?? no_names) as Names,
    authority_kind: one?.authority_kind ?? 'supervisory',
    valid_from: one?.valid_from ?? '',
    valid_until: one?.valid_until ?? '',
    successor: one?.successor ?? '',
  });
  const { mine, set } = draft;
  const save = useSaving('/api/v1/reference/authorities/authorities', { version }, list);
  const labels = {
    name: t('web.administration.name'),
    authority_kind: t('web.authorities.kind'),
    valid_from: t('web.administration.valid_from'),
    valid_until: t('web.administration.valid_until'),
    successor: t('web.authorities.successor'),
  };
  const taken_id = !one && authorities.all.some((other) => other.authority_id === mine.authority_id);
  return (
    <SavedForm
      save={save}
      draft={draft}
      body_of={(given) => ({ ...given, successor: given.valid_until ? given.successor : '' })}
      labels={labels}
      said={([field], value) =>
        field === 'successor' ? (
          <AuthorityName id={String(value)} />
        ) : field === 'authority_kind' ? (
          codes.label('authority_kind', String(value))
        ) : undefined
      }
      back={list}
    >
      {one ? null : (
        <IdField
          name="authority_id"
          hint={t('web.authorities.id_hint')}
          value={mine.authority_id}
          change={(authority_id) => set({ authority_id })}
          taken={taken_id}
        />
      )}
      <NameFields name="name" value={mine.name} change={(name) => set({ name })} />
      <div className="field-pair">
        <SelectField
          name="authority_kind"
          label={labels.authority_kind}
          value={mine.authority_kind}
          change={(authority_kind) => set({ authority_kind })}
          options={codes.options('authority_kind')}
        />
      </div>
      <div className="field-pair">
        <ValidityFields value={mine} change={set} />
      </div>
      {mine.valid_until ? (
        <SelectField
          name="successor"
          label={labels.successor}
          hint={t('web.authorities.successor_hint')}
          value={mine.successor}
          change={(successor) => set({ successor })}
          none={t('web.authorities.no_successor')}
          options={authorities.all
            .filter((other) => other.authority_id !== mine.authority_id)
            .map((other) => ({ value: other.authority_id, label: authorities.name_of(other.authority_id) }))}
        />
      ) : null}
    </SavedForm>
  );
}
