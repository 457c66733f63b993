// The proposals of a publication, each an item with an addressee; and those of the one before, with what became
// of them.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { is_value, type Value } from '~/case_page/contents';
import { ButtonAbout } from '~/components/button_about';
import { Dialog } from '~/components/dialog';
import { Choice } from '~/forms/choice';
import { DateField } from '~/forms/date_field';
import { SelectField } from '~/forms/select_field';
import { TextField } from '~/forms/text_field';
import { CommandForm, useCommandName } from '~/publications/command_form';
import { InAllLanguages } from '~/publications/examples';
import { FollowUp } from '~/publications/follow_up';
import { ProposalShown } from '~/publications/proposal_shown';
import { languages_of, type Proposal, type PublicationAnswer, type Words } from '~/publications/publication';
import { WordsFields } from '~/publications/words_fields';
import { useCodes, useUnits } from '~/reference/reference';
import { type Language, useTexts } from '~/texts/texts';

type Doing =
  | { command: 'proposals' }
  | { command: 'change-proposal' | 'withdraw-proposal' | 'follow-up-proposal'; of: Proposal };

export function Proposals({ page }: { page: PublicationAnswer }) {
  const { t } = useTexts();
  const [doing, set_doing] = useState<Doing>();
  const may_write = page.possible.includes('proposals');
  const may_change = page.possible.includes('change-proposal');
  if (page.proposals.length === 0 && !may_write) return null;
  const languages = languages_of(page.row ?? { languages: [] });
  return (
    <section className="card stack" aria-labelledby="proposals">
      <h2 id="proposals">{t('web.publications.proposals')}</h2>
      {may_write ? <p className="small quiet">{t('web.publications.proposals.text')}</p> : null}
      {page.proposals.length === 0 ? <p className="quiet">{t('web.publications.proposals.none')}</p> : null}
      <ul className="items">
        {page.proposals.map((proposal) => (
          <ProposalShown key={proposal.proposal_id} proposal={proposal}>
            {languages.some((language) => !proposal.text?.[language]) ? (
              <InAllLanguages words={proposal.text} languages={languages} />
            ) : null}
            <div className="row on-screen">
              {may_change && !proposal.answer ? (
                <ButtonAbout
                  text={t('web.publications.change')}
                  what={t('web.publications.proposal', { n: proposal.proposal_id })}
                  press={() => set_doing({ command: 'change-proposal', of: proposal })}
                />
              ) : null}
              {may_change ? (
                <ButtonAbout
                  text={t('web.publications.take_out')}
                  what={t('web.publications.proposal', { n: proposal.proposal_id })}
                  press={() => set_doing({ command: 'withdraw-proposal', of: proposal })}
                />
              ) : null}
              {proposal.may_follow_up ? (
                <ButtonAbout
                  text={t('web.proposals.follow_up')}
                  what={t('web.publications.proposal', { n: proposal.proposal_id })}
                  press={() => set_doing({ command: 'follow-up-proposal', of: proposal })}
                />
              ) : null}
            </div>
          </ProposalShown>
        ))}
      </ul>
      {may_write ? (
        <div>
          <Button variant="secondary" onClick={() => set_doing({ command: 'proposals' })}>
            {t('web.publications.proposals.add')}
          </Button>
        </div>
      ) : null}
      {doing?.command === 'follow-up-proposal' ? (
        <FollowUp
          proposal={page.proposals.find((one) => one.proposal_id === doing.of.proposal_id) ?? doing.of}
          close={() => set_doing(undefined)}
        />
      ) : doing ? (
        <Acting page={page} doing={doing} close={() => set_doing(undefined)} />
      ) : null}
    </section>
  );
}

export function EarlierProposals({ page }: { page: PublicationAnswer }) {
  const { t } = useTexts();
  const [following, set_following] = useState<Proposal>();
  if (page.earlier_proposals.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="earlier">
      <h2 id="earlier">{t('web.publications.earlier')}</h2>
      <p className="small quiet">{t('web.publications.earlier.text')}</p>
      <ul className="items">
        {page.earlier_proposals.map((proposal) => (
          <ProposalShown key={proposal.proposal_id} proposal={proposal} from={proposal.publication_title}>
            {proposal.answer ? null : <p className="tag ending start">{t('web.proposals.unanswered')}</p>}
            {proposal.may_follow_up ? (
              <div className="row on-screen">
                <ButtonAbout
                  text={t('web.proposals.follow_up')}
                  what={t('web.publications.proposal', { n: proposal.proposal_id })}
                  press={() => set_following(proposal)}
                />
              </div>
            ) : null}
          </ProposalShown>
        ))}
      </ul>
      {following ? (
        <FollowUp
          proposal={
            page.earlier_proposals.find((one) => one.proposal_id === following.proposal_id) ?? following
          }
          close={() => set_following(undefined)}
        />
      ) : null}
    </section>
  );
}

const without_to = ({ to: _, ...value }: Value): Value => value;

function Acting({ page, doing, close }: { page: PublicationAnswer; doing: Doing; close: () => void }) {
  const { t } = useTexts();
  const name_of = useCommandName();
  const languages = languages_of(page.row ?? { languages: [] });
  const of =
    'of' in doing
      ? (page.proposals.find((one) => one.proposal_id === doing.of.proposal_id) ?? doing.of)
      : undefined;
  const form = {
    id: page.row?.publication_id ?? '',
    command: doing.command,
    version: page.version,
    languages,
    close,
    done: close,
  };
  const words = of ? <InAllLanguages words={of.text} languages={languages} /> : null;
  if (!of)
    return (
      <Dialog title={name_of('proposals')} close={close} wide>
        <CommandForm
          {...form}
          known={{ text: {}, to: 'unit' }}
          to_send={without_to}
          fields={(value, change) => (
            <ProposalFields value={value} change={change} page={page} languages={languages} path="" />
          )}
        />
      </Dialog>
    );
  if (doing.command === 'withdraw-proposal')
    return (
      <Dialog
        title={t('web.publications.of_proposal', { step: name_of(doing.command), n: of.proposal_id })}
        close={close}
      >
        <CommandForm
          {...form}
          about={of.proposal_id}
          known={{ proposal_id: of.proposal_id }}
          without={['proposal_id']}
          lead={words}
        />
      </Dialog>
    );
  const { section, text, addressee_unit, addressee_body, wanted_by } = of;
  return (
    <Dialog
      title={t('web.publications.of_proposal', { step: name_of(doing.command), n: of.proposal_id })}
      close={close}
      wide
    >
      <CommandForm
        {...form}
        about={of.proposal_id}
        known={{
          proposal_id: of.proposal_id,
          proposal: {
            section,
            text,
            addressee_unit,
            addressee_body,
            wanted_by,
            to: addressee_body ? 'body' : 'unit',
          },
        }}
        to_send={(value) => ({
          ...value,
          proposal: without_to(is_value(value.proposal) ? value.proposal : {}),
        })}
        changed={words}
        fields={(value, change) => (
          <ProposalFields
            value={is_value(value.proposal) ? value.proposal : {}}
            change={(proposal) => change({ proposal })}
            page={page}
            languages={languages}
            path="proposal."
          />
        )}
      />
    </Dialog>
  );
}

function ProposalFields({
  value,
  change,
  page,
  languages,
  path,
}: {
  value: Value;
  change: (value: Value) => void;
  page: PublicationAnswer;
  languages: Language[];
  path: string;
}) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const units = useUnits();
  const text = (name: string) => String(value[name] ?? '');
  const put = (part: Value) => change({ ...value, ...part });
  const to = value.to === 'body' ? 'body' : 'unit';
  return (
    <>
      <Choice
        name="to"
        legend={t('web.publications.to')}
        value={to}
        change={(next) => put({ to: next, addressee_unit: '', addressee_body: '' })}
        options={[
          ['unit', t('web.publications.to.unit')],
          ['body', t('web.publications.to.body')],
        ]}
      />
      {to === 'unit' ? (
        <SelectField
          name={`${path}addressee_unit`}
          label={t('web.publications.addressee_unit')}
          value={text('addressee_unit')}
          none={t('web.case.choose')}
          change={(addressee_unit) => put({ addressee_unit })}
          options={units.options()}
          required
        />
      ) : (
        <TextField
          name={`${path}addressee_body`}
          label={named('label.addressee_body')}
          hint={t('web.publications.to.body_hint')}
          value={text('addressee_body')}
          change={(addressee_body) => put({ addressee_body })}
          required
        />
      )}
      <WordsFields
        name={`${path}text`}
        label={t('web.publications.proposal_text')}
        value={(value.text ?? {}) as Words}
        change={(words) => put({ text: words })}
        languages={languages}
        required
      />
      <div className="pair">
        <DateField
          name={`${path}wanted_by`}
          label={named('label.wanted_by')}
          value={text('wanted_by')}
          change={(wanted_by) => put({ wanted_by })}
        />
        <SelectField
          name={`${path}section`}
          label={named('label.section')}
          value={text('section')}
          none={t('web.publications.whole_report')}
          change={(section) => put({ section })}
          options={page.sections.map((section) => ({
            value: section,
            label: codes.label('report_section', section),
          }))}
        />
      </div>
    </>
  );
}
