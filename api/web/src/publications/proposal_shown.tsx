// A proposal as everybody reads it: to whom, what, by when, what was answered and what has been done.
import type { ReactNode } from 'react';
import { type Proposal, said } from '~/publications/publication';
import { useCodes, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function ProposalShown({
  proposal,
  from,
  children,
}: {
  proposal: Proposal;
  from?: string; // which publication it is of, where that is not plain
  children?: ReactNode; // what can be done with it
}) {
  const { t, date, language } = useTexts();
  const codes = useCodes();
  const units = useUnits();
  const text = said(proposal.text, language);
  const measures = said(proposal.measures, language);
  const to = proposal.addressee_unit ? units.name_of(proposal.addressee_unit) : proposal.addressee_body;
  return (
    <li className="stack close">
      <p className="item-head">
        <strong>{to}</strong>
        <span className="small quiet">
          {[
            from,
            proposal.section ? codes.label('report_section', proposal.section) : '',
            proposal.wanted_by ? t('web.proposals.wanted_by', { date: date(proposal.wanted_by) }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      <p className="read-text" lang={text?.language}>
        {text?.text}
      </p>
      {proposal.answer ? (
        <div className="answer stack close">
          <p>
            <strong>{codes.label('proposal_answer', proposal.answer)}</strong>
            <span className="small quiet">
              {' '}
              {[
                proposal.answered_on ? t('web.proposals.answered', { date: date(proposal.answered_on) }) : '',
                proposal.done_by ? t('web.proposals.done_by', { date: date(proposal.done_by) }) : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </p>
          {measures ? <p lang={measures.language}>{measures.text}</p> : null}
        </div>
      ) : null}
      {proposal.follow_ups.length > 0 ? (
        <ul className="follow-ups">
          {proposal.follow_ups.map((one, at) => {
            const what = said(one.what, language);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their place
              <li key={at}>
                <strong>{codes.label('proposal_progress', one.progress)}</strong>
                {one.on ? <span className="small quiet"> {date(one.on)}</span> : null}
                {what ? <span lang={what.language}> {what.text}</span> : null}
              </li>
            );
          })}
        </ul>
      ) : null}
      {children}
    </li>
  );
}
