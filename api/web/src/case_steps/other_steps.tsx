// The steps that are possible beside the usual one, in groups; and those that are not, with the reason.
import { useMemo } from 'react';
import { command_labels } from '#generated/commands';
import type { CasePageAnswer } from '~/case_page/case_page';
import { kind_paths } from '~/reference/kinds';
import { type PlainTextId, useTexts } from '~/texts/texts';

const groups: [PlainTextId, string[]][] = [
  [
    'web.case.group.answer',
    [
      'acknowledge',
      'confirm-receipt',
      'check',
      'draft',
      'review',
      'sign',
      'send',
      'copy-to-authority',
      'ruling',
      'report-back',
    ],
  ],
  ['web.case.group.statements', ['statements', 'receive-statement', 'chase-statement', 'waive-statement']],
  [
    'web.case.group.handler',
    ['assign', 'offer-hand-over', 'accept-hand-over', 'decline-hand-over', 'disqualify'],
  ],
  [
    'web.case.group.time',
    ['ask-completion', 'receive-completion', 'extend', 'ask-extension', 'record-extension', 'recompute-dues'],
  ],
  [
    'web.case.group.people',
    [
      'letters',
      'notify',
      'inquiries',
      'answer-inquiry',
      'referral-advice',
      'documents',
      'release-log-extract',
    ],
  ],
  ['web.case.group.measures', ['measures', 'complete-measure', 'verify-measure']],
  ['web.case.group.keeping', ['place-hold', 'lift-hold']],
  [
    'web.case.group.course',
    [
      'matters',
      'link-reminder',
      'unlink-reminder',
      'correct',
      'correct-particulars',
      'link',
      'merge',
      'move',
      'transfer',
      'withdraw',
      'close',
      'reopen',
    ],
  ],
];

// Done where the document itself stands.
export const elsewhere = ['retract-document'];

export function useCommandName(kind: string) {
  const { t, named } = useTexts();
  return useMemo(() => {
    const labels = (command_labels as Record<string, Record<string, string>>)[kind_paths[kind] ?? ''];
    return (command: string) =>
      command === 'letters' ? t('web.letter.write') : named(labels?.[command] ?? command);
  }, [t, named, kind]);
}

export function OtherSteps({
  page,
  rest,
  choose,
}: {
  page: CasePageAnswer;
  rest: string[]; // what is possible and not offered otherwise
  choose: (command: string) => void;
}) {
  const { t, tn } = useTexts();
  const name_of = useCommandName(page.row?.kind ?? '');
  const shown: [string, string[]][] = groups.map(([title, commands]) => [
    t(title),
    commands.filter((one) => rest.includes(one)),
  ]);
  const others = rest.filter((command) => !groups.some(([, commands]) => commands.includes(command)));
  const all = [...shown, ['', others] as [string, string[]]].filter(([, commands]) => commands.length > 0);
  const why_not = page.not_possible.filter(({ path }) => !elsewhere.includes(path));
  return (
    <>
      {rest.length > 0 ? (
        <details className="all-steps">
          <summary>{tn('web.case.others', rest.length)}</summary>
          <div className="step-groups">
            {all.map(([title, commands]) => (
              <div key={title} className="stack close">
                {title ? <h3>{title}</h3> : null}
                {commands.map((command) => (
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
            ))}
          </div>
        </details>
      ) : null}
      {why_not.length > 0 ? (
        <details>
          <summary>{t('web.case.why_not')}</summary>
          <dl className="facts why-not">
            {why_not.map(({ path, reason }) => (
              <div key={path}>
                <dt>{name_of(path)}</dt>
                <dd>{reason}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}
