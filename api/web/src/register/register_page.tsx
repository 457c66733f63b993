// A reminder, a complaint or an authority's request that came on paper: one form, and then its number and date.
import '~/case_page/case_page.css';
import '~/case_steps/case_steps.css';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { useCommand } from '~/api/commanding';
import { useRead } from '~/api/reading';
import { has_role, session_now } from '~/api/session';
import type { CasePageAnswer } from '~/case_page/case_page';
import { is_value, nothing_yet, type Value } from '~/case_page/contents';
import { compact, empty_of } from '~/case_steps/beginnings';
import { OpeningFields } from '~/case_steps/opening_fields';
import { Similar } from '~/case_steps/similar';
import { StepFields } from '~/case_steps/step_fields';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Check } from '~/forms/checks';
import { Choice } from '~/forms/choice';
import { Form } from '~/forms/form';
import { Page } from '~/frame/page';
import { useShortcut } from '~/frame/shortcuts';
import { kind_paths, kind_texts, path_of_case } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

type Kind = 'reminder' | 'complaint' | 'authority-request';
const message_of: Record<Kind, string> = {
  reminder: 'RegisterReminder',
  complaint: 'RegisterComplaint',
  'authority-request': 'ReceiveRequest',
};
const names = ['kind'] as const;

export default function RegisterPage() {
  const { t } = useTexts();
  const session = session_now();
  const all: Kind[] =
    session && has_role(session, 'REGISTRAR', 'LAWYER')
      ? ['reminder', 'complaint', 'authority-request']
      : ['reminder'];
  const [address, go] = useAddress(names);
  const kind = all.find((one) => one === address.kind) ?? 'reminder';
  const [taken, set_taken] = useState('');
  const [round, set_round] = useState(0);
  return (
    <Page title={t('web.register.title')} lead={taken ? undefined : t('web.register.lead')}>
      {taken ? (
        <Registered
          kind={kind}
          id={taken}
          next={() => {
            set_taken('');
            set_round(round + 1);
          }}
        />
      ) : (
        <div className="card stack register">
          {all.length > 1 ? (
            <Choice
              name="kind"
              legend={t('web.register.kind')}
              value={kind}
              change={(next) => go({ kind: next === 'reminder' ? '' : next })}
              options={all.map((one) => [one, t(kind_texts[one] ?? 'web.kind.reminder')])}
            />
          ) : null}
          <RegisterForm key={`${kind} ${round}`} kind={kind} taken={set_taken} begun={round > 0} />
        </div>
      )}
    </Page>
  );
}

// Typed and not sent, of each kind: found again after a look at something else. Only in this tab's memory.
const kept = new Map<Kind, Value>();
window.addEventListener('beforeunload', (event) => {
  if (kept.size > 0) event.preventDefault();
});

function RegisterForm({ kind, taken, begun }: { kind: Kind; taken: (id: string) => void; begun: boolean }) {
  const { t, named } = useTexts();
  const message = message_of[kind];
  const [value, set_value] = useState<Value>(() => kept.get(kind) ?? empty_of(message));
  const change = (next: Value) => {
    kept.set(kind, next);
    set_value(next);
  };
  const save = useCommand(
    `/api/v1/${kind_paths[kind]}` as '/api/v1/reminders',
    {},
    {
      taken: (answer) => {
        kept.delete(kind);
        taken(answer.case_id);
      },
    },
  );
  const form = useRef<HTMLDivElement>(null);
  // The next paper begins at its first field.
  useEffect(() => {
    if (begun) form.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, [begun]);
  const submit = () => {
    if (save.sending) return;
    void save.send({ opening: {}, ...((compact(value) as object | undefined) ?? {}) } as never);
  };
  useShortcut('ctrl+enter', t('web.register.save_key'), submit);
  const fields = (only: readonly string[]) => (
    <StepFields message={message} value={value} change={change} facts={nothing_yet} kind={kind} only={only} />
  );
  return (
    <div ref={form}>
      <Form refusal={save.refusal} submit={submit}>
        {kind === 'reminder' ? null : (
          <fieldset className="part stack">
            <legend>{t('web.register.part.letter')}</legend>
            <div className="pair">
              {fields(
                kind === 'complaint'
                  ? ['authority', 'authority_diary_number', 'events_on']
                  : ['authority', 'authority_diary_number', 'request_kind', 'due_by'],
              )}
            </div>
          </fieldset>
        )}
        <OpeningFields
          value={is_value(value.opening) ? value.opening : {}}
          change={(opening) => change({ ...value, opening })}
          kind={kind}
        />
        {kind === 'complaint' ? null : (
          <fieldset className="part stack">
            <legend>{t('web.register.part.how')}</legend>
            {kind === 'reminder' ? (
              <>
                <Check
                  name="oral"
                  label={named('label.oral')}
                  value={value.oral === true}
                  change={(oral) => change({ ...value, oral })}
                />
                {value.oral === true ? fields(['oral_reason']) : null}
                <div className="pair">
                  {fields(
                    value.transferred_from
                      ? ['transferred_from', 'authority_diary_number']
                      : ['transferred_from'],
                  )}
                </div>
              </>
            ) : (
              <div className="pair">{fields(['complaint_id', 'supplements'])}</div>
            )}
          </fieldset>
        )}
        <div className="row">
          <Button type="submit" aria-disabled={save.sending}>
            {save.sending ? t('web.register.saving') : t('web.register.save')}
          </Button>
          {save.slow ? <span className="quiet">{t('web.case.slow')}</span> : null}
        </div>
      </Form>
    </div>
  );
}

function Registered({ kind, id, next }: { kind: Kind; id: string; next: () => void }) {
  const { t } = useTexts();
  const reading = useRead(`/api/v1/${kind_paths[kind]}/{id}` as '/api/v1/reminders/{id}', { path: { id } });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className="registered">
      <Loaded reading={reading}>
        {(page) => (
          <section className="card stack" aria-labelledby="registered">
            <h2 id="registered">
              {t('web.register.done', { kind: t(kind_texts[kind] ?? 'web.kind.reminder') })}
            </h2>
            <NumberAndDate page={page} />
            <Similar page={page} />
            <div className="row">
              <Link href={path_of_case(kind, id)} className="button-link">
                {t('web.register.open')}
              </Link>
              <Button variant="secondary" onClick={next}>
                {t('web.register.another')}
              </Button>
            </div>
          </section>
        )}
      </Loaded>
    </div>
  );
}

function NumberAndDate({ page }: { page: CasePageAnswer }) {
  const { t, day } = useTexts();
  const due = page.due_dates.find(({ what }) => what === 'answer') ?? page.due_dates[0];
  return (
    <dl className="facts">
      <div>
        <dt>{t('web.register.diary')}</dt>
        <dd>
          <strong className="big">{page.row?.diary_number}</strong>
        </dd>
      </div>
      <div>
        <dt>{t('web.register.due')}</dt>
        <dd>
          {due ? (
            <>
              <strong className="big">{day(due.due_by)}</strong>
              <ol className="why">
                {due.why.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ol>
            </>
          ) : (
            t('web.register.no_due')
          )}
        </dd>
      </div>
    </dl>
  );
}
