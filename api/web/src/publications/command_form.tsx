// The form of a command to a publication, from what the command asks for. What is typed is kept, sealed, on the
// device until it is sent or given up.
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from 'suomifi-ui-components';
import { command_messages, messages } from '#generated/command_forms';
import { command_labels } from '#generated/commands';
import { is_value, nothing_yet, type Value } from '~/case_page/contents';
import { compact, empty_of } from '~/case_steps/beginnings';
import { StepFields } from '~/case_steps/step_fields';
import { Notice } from '~/components/notice';
import { useDraft } from '~/contacts/use_draft';
import { Form } from '~/forms/form';
import { useShortcut } from '~/frame/shortcuts';
import { toast } from '~/frame/toasts';
import { done_texts, type Words } from '~/publications/publication';
import { type Taken, usePublicationCommand } from '~/publications/publication_command';
import { WordsFields } from '~/publications/words_fields';
import { type Language, useTexts } from '~/texts/texts';

export function useCommandName() {
  const { named } = useTexts();
  const labels: Record<string, string> = command_labels.publications;
  return (command: string) => named(labels[command] ?? command);
}

const message_of = (command: string) => command_messages.publications?.[command] ?? '';

export function CommandFields({
  message,
  value,
  change,
  languages,
  without = [],
  path = '',
}: {
  message: string;
  value: Value;
  change: (value: Value) => void;
  languages: Language[];
  without?: readonly string[];
  path?: string;
}) {
  const { named } = useTexts();
  return (messages[message] ?? [])
    .filter((row) => !without.includes(row.name))
    .map((row) =>
      row.of === 'Words' ? (
        <WordsFields
          key={row.name}
          name={path ? `${path}.${row.name}` : row.name}
          label={named(`label.${row.name}`)}
          value={(is_value(value[row.name]) ? value[row.name] : {}) as Words}
          change={(words) => change({ ...value, [row.name]: words })}
          languages={languages}
          required={row.required ?? false}
        />
      ) : (
        <StepFields
          key={row.name}
          message={message}
          value={value}
          change={change}
          facts={nothing_yet}
          kind="publication"
          path={path}
          only={[row.name]}
        />
      ),
    );
}

export function CommandForm({
  id,
  command,
  about = '',
  version,
  languages,
  known = {},
  without,
  lead,
  fields,
  changed,
  to_send = (value) => value,
  done,
  close,
}: {
  id: string;
  command: string;
  about?: string; // which of several the command is about: e1, p2
  version: string;
  languages: Language[];
  known?: Value; // what the form begins with
  without?: readonly string[]; // fields that are known and not asked for
  lead?: ReactNode;
  fields?: (value: Value, change: (value: Value) => void) => ReactNode; // instead of what the command asks for
  changed?: ReactNode; // what somebody else has made of it meanwhile
  to_send?: (value: Value) => Value; // without what only the form knows
  done: (answer: Taken) => void;
  close: () => void;
}) {
  const { t } = useTexts();
  const name_of = useCommandName();
  const message = message_of(command);
  const began = () => ({ ...empty_of(message), ...known });
  const draft = useDraft<Value>(`publication ${id} ${command} ${about}`, began);
  const save = usePublicationCommand(id, command, version, (answer) => {
    draft.give_up();
    const text = done_texts[command];
    if (text) toast({ text: t(text) });
    done(answer);
  });
  const above = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (save.stale) above.current?.querySelector<HTMLElement>('.notice')?.focus();
  }, [save.stale]);
  const send = () => {
    if (!save.sending) void save.send(compact(to_send({ ...known, ...draft.value })) ?? {});
  };
  useShortcut('ctrl+enter', t('web.case.send_key'), send);
  return (
    <Form refusal={save.stale ? undefined : save.refusal} submit={send}>
      {lead}
      {draft.restored ? (
        <p className="small quiet" role="status">
          {t('web.publications.restored')}
        </p>
      ) : null}
      {save.stale ? (
        <div ref={above}>
          <Notice kind="warning" title={t('web.publications.stale.title')}>
            <p>{t('web.publications.stale.text')}</p>
            {changed}
          </Notice>
        </div>
      ) : null}
      {fields ? (
        fields(draft.value, draft.set)
      ) : (
        <CommandFields
          message={message}
          value={draft.value}
          change={draft.set}
          languages={languages}
          {...(without ? { without } : {})}
        />
      )}
      <div className="form-end">
        <Button type="submit" aria-disabled={save.sending}>
          {save.sending && save.slow ? t('web.case.sending') : name_of(command)}
        </Button>
        <button
          type="button"
          className="plain-button"
          onClick={() => {
            draft.give_up();
            close();
          }}
        >
          {t('web.case.cancel')}
        </button>
        {save.slow ? <span className="quiet">{t('web.case.slow')}</span> : null}
      </div>
    </Form>
  );
}
