// What can be done with a publication now: the next step on its way first, the others behind it, each with the
// form that its command asks for.
import { useEffect, useRef } from 'react';
import { Button } from 'suomifi-ui-components';
import type { Role } from '~/api/session';
import type { Value } from '~/case_page/contents';
import { useAddress } from '~/components/address';
import { Notice } from '~/components/notice';
import { useShortcut } from '~/frame/shortcuts';
import { CommandForm, useCommandName } from '~/publications/command_form';
import { languages_of, type PublicationAnswer, step_texts } from '~/publications/publication';
import { stops_of } from '~/publications/way';
import { role_texts } from '~/reference/roles';
import { type PlainTextId, useTexts } from '~/texts/texts';

// In the order they are offered in; what is done to words and proposals stands beside those.
const steps = [
  'sign',
  'statements',
  'noting',
  'sendings',
  'publish',
  'announcements',
  'correct',
  'withdraw-signature',
  'abandon',
];

// What a step does and cannot undo.
const lead_texts: Record<string, PlainTextId> = {
  sign: 'web.publications.lead.sign',
  statements: 'web.publications.lead.statements',
  noting: 'web.publications.lead.noting',
  sendings: 'web.publications.lead.sendings',
  publish: 'web.publications.lead.publish',
  announcements: 'web.publications.lead.announcements',
  correct: 'web.publications.lead.correct',
  'withdraw-signature': 'web.publications.lead.withdraw_signature',
  abandon: 'web.publications.lead.abandon',
};

const address_names = ['step'] as const;

export function NextStep({ page }: { page: PublicationAnswer }) {
  const { t } = useTexts();
  const [{ step }, go] = useAddress(address_names);
  const name_of = useCommandName();
  const heading = useRef<HTMLHeadingElement>(null);
  const came_back = useRef(false);
  useEffect(() => {
    if (!step && came_back.current) heading.current?.focus();
    came_back.current = step !== '';
  }, [step]);
  const row = page.row;
  if (!row) return null;
  const possible = steps.filter((one) => page.possible.includes(one));
  if (step && possible.includes(step)) {
    const close = () => go({ step: '' });
    const lead = lead_texts[step];
    return (
      <section className="card stack steps on-screen" aria-labelledby="step">
        <StepHeading text={name_of(step)} />
        <CommandForm
          key={step}
          id={row.publication_id}
          command={step}
          version={page.version}
          languages={languages_of(row)}
          known={known(step, page)}
          lead={lead ? <p>{t(lead)}</p> : null}
          done={close}
          close={close}
        />
      </section>
    );
  }
  return <Offered page={page} possible={possible} heading={heading} choose={(one) => go({ step: one })} />;
}

function StepHeading({ text }: { text: string }) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    top.current?.focus();
    top.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <h2 id="step" ref={top} tabIndex={-1}>
      {text}
    </h2>
  );
}

// The same body that noted the report before, and what the minutes say, is known by whoever records it.
function known(step: string, page: PublicationAnswer): Value {
  if (step !== 'sendings') return {};
  const sent = page.steps.filter((one) => one.what === 'SendingRecorded').length;
  return { receiver_kind: sent === 0 ? 'municipality' : '' };
}

function Offered({
  page,
  possible,
  heading,
  choose,
}: {
  page: PublicationAnswer;
  possible: string[];
  heading: React.RefObject<HTMLHeadingElement | null>;
  choose: (command: string) => void;
}) {
  const { t } = useTexts();
  const name_of = useCommandName();
  const { next } = stops_of(page);
  const waits = page.missing.length > 0;
  const first = possible.includes(next) && !(next === 'sign' && waits) ? next : '';
  // What belongs beside the next step: other statements and receivers before it.
  const beside = ['statements', 'sendings'].filter(
    (one) => possible.includes(one) && one !== first && next !== 'announcements' && next !== '',
  );
  const rest = possible.filter((one) => one !== first && !beside.includes(one) && one !== 'sign');
  useShortcut(first ? 'e' : '', t('web.case.next_key'), () => choose(first));
  const by = page.way.find((one) => one.path === next)?.by ?? [];
  const name = step_texts[next];
  const abandoned = page.row?.stage === 'publication.stage.abandoned';
  return (
    <section className="card stack steps on-screen" aria-labelledby="steps">
      <h2 id="steps" ref={heading} tabIndex={-1}>
        {abandoned
          ? t('web.publications.given_up')
          : name
            ? t('web.publications.next', { step: t(name) })
            : t('web.publications.nothing_next')}
      </h2>
      {waits && next === 'sign' ? (
        <Notice kind="info" title={t('web.publications.missing')}>
          <ul className="missing">
            {page.missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {!first && !abandoned && name && !(waits && next === 'sign' && possible.includes('sign')) ? (
        <p className="quiet">
          {t('web.publications.next_is_anothers', {
            who: by.map((role) => t(role_texts[role as Role])).join(', '),
          })}
        </p>
      ) : null}
      {first || beside.length > 0 ? (
        <div className="row">
          {first ? <Button onClick={() => choose(first)}>{name_of(first)}</Button> : null}
          {beside.map((command) => (
            <Button key={command} variant="secondary" onClick={() => choose(command)}>
              {name_of(command)}
            </Button>
          ))}
        </div>
      ) : null}
      {rest.length > 0 ? (
        <details>
          <summary>{t('web.publications.others')}</summary>
          <div className="stack close other-steps">
            {rest.map((command) => (
              <button
                key={command}
                type="button"
                className="plain-button start"
                onClick={() => choose(command)}
              >
                {name_of(command)}
              </button>
            ))}
          </div>
        </details>
      ) : null}
    </section>
  );
}
