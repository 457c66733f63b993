// The insides of the steps' forms: most are what their command asks for; some a person needs to see otherwise.
import type { CasePageAnswer } from '~/case_page/case_page';
import { type Contents, is_value, matters_of, type Value } from '~/case_page/contents';
import { HoldChoice } from '~/case_steps/hold_choice';
import { OpeningFields } from '~/case_steps/opening_fields';
import { StepFields } from '~/case_steps/step_fields';
import { Choice } from '~/forms/choice';
import { SelectField } from '~/forms/select_field';
import { LongTextField } from '~/forms/text_field';
import { useCodes, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export interface Body {
  command: string;
  message: string;
  page: CasePageAnswer;
  facts: Contents;
  value: Value;
  change: (value: Value) => void;
}

export function StepBody(body: Body) {
  const { command, message, page, facts, value, change } = body;
  const { t, named } = useTexts();
  const kind = page.row?.kind ?? '';
  const fields = (only?: readonly string[]) => (
    <StepFields
      message={message}
      value={value}
      change={change}
      facts={facts}
      kind={kind}
      {...(only ? { only } : { without: left_out(page, facts) })}
    />
  );
  switch (command) {
    case 'accept-hand-over':
      return <p>{t('web.case.accept_hand_over')}</p>;
    case 'correct':
      return message === 'CorrectOpening' ? (
        <>
          <OpeningFields
            value={is_value(value.opening) ? value.opening : {}}
            change={(opening) => change({ ...value, opening })}
            kind={kind}
          />
          {fields(kind === 'authority-request' ? ['due_by', 'reason'] : ['reason'])}
        </>
      ) : (
        fields()
      );
    case 'lift-hold':
      return (
        <>
          <HoldChoice
            case_id={page.row?.case_id ?? ''}
            value={String(value.hold_id ?? '')}
            change={(hold_id) => change({ ...value, hold_id })}
          />
          {fields(['reason'])}
        </>
      );
    case 'draft':
      return (
        <>
          <Said facts={facts} />
          <div className="letter">{fields(['text'])}</div>
        </>
      );
    case 'review':
      return (
        <>
          <Draft facts={facts} open />
          <Choice
            name="approved"
            legend={named('command.ReviewReply')}
            value={value.approved === true ? 'yes' : value.returned === true ? 'no' : ('' as 'yes' | 'no')}
            change={(chosen) => change({ ...value, approved: chosen === 'yes', returned: chosen === 'no' })}
            options={[
              ['yes', t('web.case.review.approve')],
              ['no', t('web.case.review.return')],
            ]}
          />
          <LongTextField
            name="comments"
            label={named('label.comments')}
            value={String(value.comments ?? '')}
            change={(comments) => change({ ...value, comments })}
            required={value.returned === true}
          />
        </>
      );
    case 'sign':
      return (
        <>
          <Draft facts={facts} />
          <div className="pair">{fields(['signed_on', 'signer_title'])}</div>
          <Outcomes facts={facts} value={value} change={change} />
        </>
      );
    case 'send':
      return (
        <>
          {kind === 'authority-request' ? (
            <>
              <Said facts={facts} />
              <ByMatter facts={facts} value={value} change={change} />
            </>
          ) : (
            <Draft facts={facts} />
          )}
          {kind === 'authority-request' && matters_of(facts).length > 0
            ? fields(['sent_on', 'channel', ...(facts.documents.length > 0 ? ['document_id'] : [])])
            : fields()}
        </>
      );
    case 'receive-statement':
    case 'chase-statement':
    case 'waive-statement':
      return (
        <>
          <Asked facts={facts} id={String(value.statement_id ?? '')} />
          {fields()}
        </>
      );
    default:
      return fields();
  }
}

// What this case has nothing to say in.
function left_out(page: CasePageAnswer, facts: Contents): string[] {
  return [
    'identifiers_intended',
    ...(page.row?.disclosure_banned ? [] : ['banned_parts_left_out']),
    ...(facts.documents.length > 0 ? [] : ['document_id']),
    ...(matters_of(facts).length > 0 ? [] : ['matter_id']),
    ...(Number(facts.particulars.after_moves ?? 0) > 0 ? [] : ['after_moves']),
  ];
}

function Draft({ facts, open = false }: { facts: Contents; open?: boolean }) {
  const { t } = useTexts();
  if (!facts.draft) return null;
  return (
    <details open={open}>
      <summary>{t('web.case.draft')}</summary>
      <div className="read-text">{facts.draft}</div>
    </details>
  );
}

function Asked({ facts, id }: { facts: Contents; id: string }) {
  const { t, date } = useTexts();
  const units = useUnits();
  const asked = facts.statements.find((one) => one.statement_id === id);
  if (!asked) return null;
  return (
    <div className="inner stack close">
      <p>
        {t('web.case.statement_of', { unit: units.name_of(asked.unit), date: date(asked.asked_on) })}
        {asked.due_by ? ` · ${t('web.case.statement_due', { date: date(asked.due_by) })}` : ''}
      </p>
      {asked.question ? <p className="read-text">{asked.question}</p> : null}
    </div>
  );
}

// What the answer answers, and what the units have said of it.
function Said({ facts }: { facts: Contents }) {
  const { t, date } = useTexts();
  const units = useUnits();
  const received = facts.statements.filter((one) => one.received_on);
  const points = matters_of(facts);
  return (
    <>
      {points.length > 0 ? (
        <details>
          <summary>{t('web.case.matters')}</summary>
          <ol className="why">
            {points.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their number
              <li key={index}>
                {String(one.description ?? '')}
                {one.unit ? <span className="quiet block">{units.name_of(String(one.unit))}</span> : null}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      {received.map((one) => (
        <details key={one.statement_id}>
          <summary>
            {t('web.case.statement_received', {
              unit: units.name_of(one.unit),
              date: date(one.received_on),
            })}
          </summary>
          <div className="read-text">{one.content || one.author}</div>
        </details>
      ))}
    </>
  );
}

function Outcomes({
  facts,
  value,
  change,
}: {
  facts: Contents;
  value: Value;
  change: (value: Value) => void;
}) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const units = useUnits();
  const outcomes = Array.isArray(value.outcomes) ? value.outcomes.filter(is_value) : [];
  const put = (index: number, name: string, next: string) =>
    change({
      ...value,
      outcomes: outcomes.map((one, at) => (at === index ? { ...one, [name]: next } : one)),
    });
  return outcomes.map((one, index) => {
    const matter = matters_of(facts)[index] ?? {};
    return (
      <fieldset key={String(one.matter_id)} className="inner stack">
        <legend>{t('web.case.matter', { n: index + 1 })}</legend>
        <p className="read-text">
          {String(matter.description ?? '') || codes.label('cause', String(matter.cause ?? ''))}
        </p>
        {matter.unit ? <p className="small quiet">{units.name_of(String(matter.unit))}</p> : null}
        <SelectField
          name={`outcomes[${index}].outcome`}
          label={named('label.outcome')}
          value={String(one.outcome ?? '')}
          none={t('web.case.choose')}
          change={(next) => put(index, 'outcome', next)}
          options={codes.options('reminder_outcome')}
          required
        />
        <LongTextField
          name={`outcomes[${index}].reasons`}
          label={named('label.reasons')}
          value={String(one.reasons ?? '')}
          change={(next) => put(index, 'reasons', next)}
          required
        />
      </fieldset>
    );
  });
}

// A reply to an authority, point for point: what is sent is all of it, one under the other.
function ByMatter({
  facts,
  value,
  change,
}: {
  facts: Contents;
  value: Value;
  change: (value: Value) => void;
}) {
  const { t } = useTexts();
  const points = matters_of(facts);
  if (points.length === 0) return null;
  const begin = String(value.lead ?? '');
  const answers = points.map((_, index) =>
    String((Array.isArray(value.answers) ? value.answers[index] : '') ?? ''),
  );
  const put = (lead: string, next: string[]) =>
    change({
      ...value,
      lead,
      answers: next,
      content: [
        lead,
        ...next.map((answer, index) =>
          answer ? `${index + 1}. ${String(points[index]?.description ?? '')}\n${answer}` : '',
        ),
      ]
        .filter(Boolean)
        .join('\n\n'),
    });
  return (
    <fieldset className="inner stack">
      <legend>{t('web.requests.lead')}</legend>
      <LongTextField
        name="content"
        label={t('web.requests.opening_words')}
        value={begin}
        change={(next) => put(next, answers)}
      />
      {points.map((point, index) => (
        <LongTextField
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their number
          key={index}
          name={`content ${index + 1}`}
          label={t('web.requests.answer_to', { n: index + 1 })}
          hint={String(point.description ?? '')}
          value={answers[index] ?? ''}
          change={(next) =>
            put(
              begin,
              answers.map((one, at) => (at === index ? next : one)),
            )
          }
        />
      ))}
    </fieldset>
  );
}
