// What has been done about a proposal since: by its addressee, or by those who made it.
import { Dialog } from '~/components/dialog';
import { SelectField } from '~/forms/select_field';
import { CommandForm, useCommandName } from '~/publications/command_form';
import { languages_of, type Proposal, said, type Words } from '~/publications/publication';
import { WordsFields } from '~/publications/words_fields';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function FollowUp({ proposal, close }: { proposal: Proposal; close: () => void }) {
  const { t, named, language } = useTexts();
  const codes = useCodes();
  const name_of = useCommandName();
  const text = said(proposal.text, language);
  return (
    <Dialog title={name_of('follow-up-proposal')} close={close} wide>
      <CommandForm
        id={proposal.publication_id}
        command="follow-up-proposal"
        about={proposal.proposal_id}
        version={proposal.version}
        languages={languages_of(proposal)}
        known={{ proposal_id: proposal.proposal_id }}
        fields={(value, change) => (
          <>
            <SelectField
              name="progress"
              label={named('label.progress')}
              value={String(value.progress ?? '')}
              none={t('web.case.choose')}
              change={(progress) => change({ progress })}
              options={codes.options('proposal_progress')}
              required
            />
            <WordsFields
              name="what"
              label={t('web.proposals.what_done')}
              value={(value.what ?? {}) as Words}
              change={(what) => change({ what })}
              languages={languages_of(proposal)}
            />
          </>
        )}
        lead={<p lang={text?.language}>{text?.text}</p>}
        done={close}
        close={close}
      />
    </Dialog>
  );
}
