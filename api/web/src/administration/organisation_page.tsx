// What the organisation says of itself in letters, and what it allows on its people's devices.
import { useDraft } from '~/administration/draft';
import { NameFields, type Names, no_names } from '~/administration/name_fields';
import { SavedForm } from '~/administration/saved_form';
import { TextFields } from '~/administration/text_fields';
import type { AnswerOf } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { Check } from '~/forms/checks';
import { TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { toast } from '~/frame/toasts';
import { useTexts } from '~/texts/texts';

type Given = AnswerOf<'/api/v1/reference/organisation', 'get'>['given'];
const megabyte = 1024 * 1024;
const usual_megabytes = 20;
const usual_key_backup_days = 35;

export default function OrganisationPage() {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/organisation', {});
  return (
    <Page title={t('web.organisation.title')} lead={t('web.organisation.lead')}>
      <Loaded reading={reading}>
        {({ given, version }) => <OrganisationForm given={given} version={version} />}
      </Loaded>
    </Page>
  );
}

function OrganisationForm({ given, version }: { given: Given; version: string }) {
  const { t } = useTexts();
  const bytes = Number(given?.attachment_bytes_max ?? 0);
  const draft = useDraft({
    name: (given?.name ?? no_names) as Names,
    letterhead: (given?.letterhead ?? no_names) as Names,
    megabytes: String(bytes > 0 ? Math.floor(bytes / megabyte) : usual_megabytes),
    offline_allowed: !(given?.offline_queue_off ?? false),
    key_backup_days: String(given?.key_backup_days || usual_key_backup_days),
  });
  const { mine, set } = draft;
  const save = useCommand(
    '/api/v1/reference/organisation/organisation',
    { version },
    { taken: () => toast({ text: t('web.administration.saved') }) },
  );
  const labels = {
    name: t('web.administration.name'),
    letterhead: t('web.organisation.letterhead'),
    megabytes: t('web.organisation.attachments'),
    offline_allowed: t('web.organisation.offline'),
    key_backup_days: t('web.organisation.key_backups'),
  };
  return (
    <SavedForm
      save={save}
      draft={draft}
      labels={labels}
      back="/administration"
      body_of={(now) => ({
        name: now.name,
        letterhead: now.letterhead,
        attachment_bytes_max: String(Math.max(0, Math.trunc(Number(now.megabytes) || 0)) * megabyte),
        offline_queue_off: !now.offline_allowed,
        key_backup_days: Math.max(0, Math.trunc(Number(now.key_backup_days) || 0)),
      })}
    >
      <NameFields name="name" value={mine.name} change={(name) => set({ name })} />
      <TextFields
        name="letterhead"
        legend={labels.letterhead}
        hint={t('web.organisation.letterhead_hint')}
        value={mine.letterhead}
        change={(letterhead) => set({ letterhead })}
      />
      <div className="field-pair">
        <TextField
          name="attachment_bytes_max"
          type="number"
          label={labels.megabytes}
          hint={t('web.organisation.attachments_hint')}
          value={mine.megabytes}
          change={(megabytes) => set({ megabytes })}
          required
        />
        <TextField
          name="key_backup_days"
          type="number"
          label={labels.key_backup_days}
          hint={t('web.organisation.key_backups_hint')}
          value={mine.key_backup_days}
          change={(key_backup_days) => set({ key_backup_days })}
          required
        />
      </div>
      <Check
        name="offline_queue_off"
        label={labels.offline_allowed}
        hint={t('web.organisation.offline_hint')}
        value={mine.offline_allowed}
        change={(offline_allowed) => set({ offline_allowed })}
      />
    </SavedForm>
  );
}
