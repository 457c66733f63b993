// Proposals that are addressed to oneself: those that wait for an answer first.
import '~/case_page/case_page.css';
import '~/case_steps/case_steps.css';
import '~/components/data_table.css';
import '~/publications/publications.css';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { useRead } from '~/api/reading';
import { Dialog } from '~/components/dialog';
import { Loaded } from '~/components/loaded';
import { Choice } from '~/forms/choice';
import { DateField } from '~/forms/date_field';
import { Page } from '~/frame/page';
import { CommandForm, useCommandName } from '~/publications/command_form';
import { FollowUp } from '~/publications/follow_up';
import { ask_every_ms, while_here } from '~/publications/live_publication';
import { ProposalShown } from '~/publications/proposal_shown';
import { languages_of, type Proposal, said, type Words } from '~/publications/publication';
import { WordsFields } from '~/publications/words_fields';
import { useCodes } from '~/reference/reference';
import { type PlainTextId, useTexts } from '~/texts/texts';

export default function ProposalsPage() {
  const { t } = useTexts();
  const reading = useRead('/api/v1/proposals', {}, { again_ms: while_here(ask_every_ms) });
  return (
    <Page title={t('web.proposals.title')} lead={t('web.proposals.lead')}>
      <Loaded reading={reading}>
        {({ proposals }) =>
          proposals.length === 0 ? (
            <p className="card">{t('web.proposals.none')}</p>
          ) : (
            <>
              <Group
                title="web.proposals.waiting"
                empty="web.proposals.none_waiting"
                proposals={proposals.filter((one) => !one.answer)}
              />
              <Group title="web.proposals.answered_ones" proposals={proposals.filter((one) => one.answer)} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const key_of = (proposal: Proposal) => `${proposal.publication_id} ${proposal.proposal_id}`;

function Group({
  title,
  empty,
  proposals,
}: {
  title: PlainTextId;
  empty?: PlainTextId;
  proposals: Proposal[];
}) {
  const { t } = useTexts();
  const [doing, set_doing] = useState<{ what: 'answer' | 'follow-up'; of: Proposal }>();
  if (proposals.length === 0 && !empty) return null;
  const of = doing && (proposals.find((one) => key_of(one) === key_of(doing.of)) ?? doing.of);
  const close = () => set_doing(undefined);
  return (
    <section className="card stack" aria-labelledby={title}>
      <h2 id={title}>{t(title)}</h2>
      {proposals.length === 0 && empty ? <p className="quiet">{t(empty)}</p> : null}
      <ul className="items">
        {proposals.map((proposal) => (
          <ProposalShown key={key_of(proposal)} proposal={proposal} from={proposal.publication_title}>
            <div className="row on-screen">
              {proposal.may_answer ? (
                proposal.answer ? (
                  <button
                    type="button"
                    className="plain-button"
                    onClick={() => set_doing({ what: 'answer', of: proposal })}
                  >
                    {t('web.proposals.answer_anew')}
                  </button>
                ) : (
                  <Button onClick={() => set_doing({ what: 'answer', of: proposal })}>
                    {t('web.proposals.answer')}
                  </Button>
                )
              ) : null}
              {proposal.may_follow_up && proposal.answer ? (
                <button
                  type="button"
                  className="plain-button"
                  onClick={() => set_doing({ what: 'follow-up', of: proposal })}
                >
                  {t('web.proposals.follow_up')}
                </button>
              ) : null}
            </div>
          </ProposalShown>
        ))}
      </ul>
      {of && doing?.what === 'answer' ? <Answer proposal={of} close={close} /> : null}
      {of && doing?.what === 'follow-up' ? <FollowUp proposal={of} close={close} /> : null}
    </section>
  );
}

function Answer({ proposal, close }: { proposal: Proposal; close: () => void }) {
  const { t, named, language } = useTexts();
  const name_of = useCommandName();
  const codes = useCodes();
  const languages = languages_of(proposal);
  const text = said(proposal.text, language);
  return (
    <Dialog title={name_of('answer-proposal')} close={close} wide>
      <CommandForm
        id={proposal.publication_id}
        command="answer-proposal"
        about={proposal.proposal_id}
        version={proposal.version}
        languages={languages}
        known={{
          proposal_id: proposal.proposal_id,
          answer: proposal.answer || 'accepted',
          measures: proposal.measures ?? {},
          done_by: proposal.done_by,
        }}
        lead={
          <blockquote className="proposed">
            <p lang={text?.language}>{text?.text}</p>
          </blockquote>
        }
        changed={<p lang={text?.language}>{text?.text}</p>}
        fields={(value, change) => (
          <>
            <Choice
              name="answer"
              legend={t('web.proposals.your_answer')}
              value={String(value.answer ?? '')}
              change={(answer) => change({ answer })}
              options={codes.options('proposal_answer').map((one) => [one.value, one.label])}
            />
            <WordsFields
              name="measures"
              label={value.answer === 'no' ? t('web.proposals.why_not') : t('web.proposals.measures')}
              value={(value.measures ?? {}) as Words}
              change={(measures) => change({ measures })}
              languages={languages}
            />
            {value.answer === 'no' ? null : (
              <DateField
                name="done_by"
                label={named('label.done_by')}
                value={String(value.done_by ?? '')}
                change={(done_by) => change({ done_by })}
              />
            )}
          </>
        )}
        to_send={(value) => (value.answer === 'no' ? { ...value, done_by: '' } : value)}
        done={close}
        close={close}
      />
    </Dialog>
  );
}
