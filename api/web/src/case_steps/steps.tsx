// What can be done with the case now: the usual next step first, the rest in groups, and a form for each.
import '~/case_steps/case_steps.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { command_messages } from '#generated/command_forms';
import { useCommand } from '~/api/commanding';
import { touched } from '~/api/live_updates';
import { Refusal } from '~/api/refusal';
import { session_now } from '~/api/session';
import type { CasePageAnswer } from '~/case_page/case_page';
import { type Contents, contents_of, type Value } from '~/case_page/contents';
import { beginning, compact } from '~/case_steps/beginnings';
import { Merging } from '~/case_steps/merging';
import { elsewhere, OtherSteps, useCommandName } from '~/case_steps/other_steps';
import { StepBody } from '~/case_steps/step_bodies';
import { useDone } from '~/case_steps/undo';
import { useAddress } from '~/components/address';
import { Notice } from '~/components/notice';
import { ContactSteps } from '~/contacts/contact_steps';
import { AttachStep } from '~/documents/attach_step';
import { Form } from '~/forms/form';
import { useShortcut } from '~/frame/shortcuts';
import { LetterStep } from '~/letters/letter_step';
import { ExtractStep } from '~/looked/extract_step';
import { kind_paths } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

type Statements = '/api/v1/reminders/{id}/statements';

// The step that the case's next one is, where it is not called the same.
const step_of_next: Record<string, string> = {
  'await-completion': 'receive-completion',
  'ask-statement': 'statements',
  'await-statement': 'receive-statement',
  redraft: 'draft',
  'send-request-reply': 'send',
  'await-ruling': 'ruling',
};

// What is about as usual as the next step.
const beside: Record<string, string[]> = {
  'receive-statement': ['chase-statement'],
  statements: ['draft', 'send'],
  draft: ['statements'],
  sign: ['draft'],
};

const step_names = ['step', 'document'] as const;

// Typed and not sent, of each case and step: found again when one comes back to it. Only in this tab's memory.
interface Kept {
  value: Value;
  stood: Value;
  version: string;
}
const kept = new Map<string, Kept>();
window.addEventListener('beforeunload', (event) => {
  if (kept.size > 0) event.preventDefault();
});

export function Steps({ page }: { page: CasePageAnswer }) {
  const [{ step, document }, go] = useAddress(step_names);
  const facts = useMemo(() => contents_of(page), [page]);
  const row = page.row;
  const kind = row ? kind_paths[row.kind] : undefined;
  const heading = useRef<HTMLHeadingElement>(null);
  const came_back = useRef(false);
  useEffect(() => {
    if (!step && came_back.current) heading.current?.focus();
    came_back.current = step !== '';
  }, [step]);
  if (!row || !kind) return null;
  const choose = (command: string) => go({ step: command, document: '' });
  const close = () => choose('');
  if (step === 'letters')
    return <LetterStep page={page} go_on={(next, document) => go({ step: next, document })} close={close} />;
  if (step === 'documents' && page.possible.includes(step)) return <AttachStep page={page} close={close} />;
  if (step === 'release-log-extract' && page.possible.includes(step))
    return <ExtractStep page={page} close={close} />;
  const message = command_messages[kind]?.[step];
  if (step && message && (page.possible.includes(step) || kept.has(`${row.case_id} ${step}`)))
    return (
      <StepForm
        key={step}
        page={page}
        facts={facts}
        command={step}
        message={message}
        document={document}
        close={close}
      />
    );
  return row.kind === 'contact' ? (
    <ContactSteps page={page} heading={heading} choose={choose} />
  ) : (
    <Offered page={page} heading={heading} choose={choose} />
  );
}

function Offered({
  page,
  heading,
  choose,
}: {
  page: CasePageAnswer;
  heading: React.RefObject<HTMLHeadingElement | null>;
  choose: (command: string) => void;
}) {
  const { t, named } = useTexts();
  const row = page.row;
  const name_of = useCommandName(row?.kind ?? '');
  const next = row?.next_step.replace(/^next\./, '') ?? '';
  // What is offered to oneself is answered first.
  const offered_to_me =
    page.hand_over_to !== '' &&
    page.hand_over_to === session_now()?.user_id &&
    page.possible.includes('accept-hand-over');
  const next_command = offered_to_me ? 'accept-hand-over' : (step_of_next[next] ?? next);
  const first = page.possible.includes(next_command) ? next_command : '';
  const also = offered_to_me
    ? ['decline-hand-over']
    : (beside[first] ?? []).filter((command) => page.possible.includes(command));
  const rest = ['letters', ...page.possible].filter(
    (command) => command !== first && !also.includes(command) && !elsewhere.includes(command),
  );
  useShortcut(first ? 'e' : '', t('web.case.next_key'), () => choose(first));
  const typed = page.possible.filter((command) => kept.has(`${row?.case_id} ${command}`));
  return (
    <section className="card stack steps on-screen" aria-labelledby="steps">
      <h2 id="steps" ref={heading} tabIndex={-1}>
        {offered_to_me
          ? t('web.case.next', { step: name_of(first) })
          : row?.next_step && next !== 'nothing'
            ? t('web.case.next', { step: named(row.next_step) })
            : t('web.case.no_next')}
      </h2>
      {first ? (
        <div className="row">
          <Button onClick={() => choose(first)}>{name_of(first)}</Button>
          {also.map((command) => (
            <Button key={command} variant="secondary" onClick={() => choose(command)}>
              {name_of(command)}
            </Button>
          ))}
        </div>
      ) : next && next !== 'nothing' ? (
        <p className="quiet">{t('web.case.next_is_anothers')}</p>
      ) : null}
      {typed.map((command) => (
        <p key={command}>
          <button type="button" className="plain-button" onClick={() => choose(command)}>
            {t('web.case.unfinished', { step: name_of(command) })}
          </button>
        </p>
      ))}
      <OtherSteps page={page} rest={rest} choose={choose} />
    </section>
  );
}

function StepForm({
  page,
  facts,
  command,
  message,
  document,
  close,
}: {
  page: CasePageAnswer;
  facts: Contents;
  command: string;
  message: string;
  document: string; // the id of the one that the step is about
  close: () => void;
}) {
  const { t } = useTexts();
  const row = page.row;
  const id = row?.case_id ?? '';
  const kind = kind_paths[row?.kind ?? ''] ?? 'reminders';
  const name_of = useCommandName(row?.kind ?? '');
  const key = `${id} ${command}`;
  const now = useMemo(() => {
    const value = beginning(command, message, facts);
    return document && 'document_id' in value ? { ...value, document_id: document } : value;
  }, [command, message, facts, document]);
  const [{ value, stood, version }, set] = useState<Kept>(
    () => kept.get(key) ?? { value: now, stood: now, version: page.version },
  );
  const touched_here = JSON.stringify(value) !== JSON.stringify(stood);
  const change = (next: Value) => {
    kept.set(key, { value: next, stood, version });
    set({ value: next, stood, version });
  };
  const path = `/api/v1/${kind}/{id}/${command}` as Statements;
  const done = useDone(kind, id);
  const save = useCommand(
    path,
    { path: { id }, version },
    {
      taken: (answer) => {
        kept.delete(key);
        void done(t('web.case.done', { step: name_of(command) }), answer.version);
        close();
      },
    },
  );
  const behind = page.version !== version;
  const possible = page.possible.includes(command);
  const merging = behind && (touched_here || save.stale || !possible);
  // Nothing typed: the form begins again with what stands now.
  useEffect(() => {
    if (behind && !merging) set({ value: now, stood: now, version: page.version });
  }, [behind, merging, now, page.version]);
  // What the other saved is read before it is shown.
  useEffect(() => {
    if (save.stale && !behind) touched(path, id);
  }, [save.stale, behind, path, id]);
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    top.current?.focus();
  }, []);
  const merge_place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (merging && save.stale) merge_place.current?.querySelector<HTMLElement>('.notice')?.focus();
  }, [merging, save.stale]);
  const give_up = () => {
    kept.delete(key);
    close();
  };
  const unsure =
    save.refusal instanceof Refusal &&
    save.refusal.kind === 'needs-confirmation' &&
    'identifiers_intended' in value;
  const send = (intended = false) => {
    if (merging || save.sending) return;
    const given: Value = { ...value, ...(intended ? { identifiers_intended: true } : {}) };
    for (const own of ['returned', 'lead', 'answers']) delete given[own];
    void save.send((compact(given) ?? {}) as never);
  };
  useShortcut('ctrl+enter', t('web.case.send_key'), () => send());
  return (
    <section className="card stack steps step-form on-screen" aria-labelledby="step">
      <div className="row spread">
        <h2 id="step" ref={top} tabIndex={-1}>
          {name_of(command)}
        </h2>
        <button type="button" className="plain-button" onClick={close}>
          {t('web.case.back_to_steps')}
        </button>
      </div>
      {merging ? (
        <div ref={merge_place}>
          <Merging
            page={page}
            since={version}
            stood={stood}
            theirs={now}
            mine={value}
            possible={possible}
            go_on={(merged) => {
              save.forget();
              kept.set(key, { value: merged, stood: now, version: page.version });
              set({ value: merged, stood: now, version: page.version });
              top.current?.focus();
            }}
          />
        </div>
      ) : null}
      <Form refusal={save.stale || unsure ? undefined : save.refusal} submit={() => send()}>
        <StepBody
          command={command}
          message={message}
          page={page}
          facts={facts}
          value={value}
          change={change}
        />
        {unsure ? (
          <Notice kind="warning" title={t('web.contact.identifiers_question')}>
            <p>{save.refusal instanceof Refusal ? save.refusal.detail : ''}</p>
            <div>
              <Button type="button" variant="secondary" onClick={() => send(true)}>
                {t('web.contact.identifiers_yes')}
              </Button>
            </div>
          </Notice>
        ) : null}
        <div className="row">
          <Button type="submit" aria-disabled={save.sending || merging}>
            {save.sending ? t('web.case.sending') : name_of(command)}
          </Button>
          <button type="button" className="plain-button" onClick={give_up}>
            {touched_here ? t('web.case.give_up') : t('web.case.cancel')}
          </button>
          {save.slow ? <span className="quiet">{t('web.case.slow')}</span> : null}
        </div>
      </Form>
    </section>
  );
}
