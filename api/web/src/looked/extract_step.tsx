// A person's own extract of the access log: what the log says of the case, every entry reviewed, some withheld with
// a reason, and then released. What was released before is printed again from here.
import '~/looked/looked.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { AnswerOf } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { queries, useRead } from '~/api/reading';
import { Refusal } from '~/api/refusal';
import type { CasePageAnswer } from '~/case_page/case_page';
import { useDone } from '~/case_steps/undo';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Check } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { useRoleNames } from '~/looked/audit_page';
import { type KindPath, kind_paths } from '~/reference/kinds';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Of = '/api/v1/reminders/{id}/log-extract';
type Preview = AnswerOf<Of, 'get'>;
const iso = /^\d{4}-\d{2}-\d{2}$/;

export function ExtractStep({ page, close }: { page: CasePageAnswer; close: () => void }) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const kind = kind_paths[page.row?.kind ?? ''] ?? 'reminders';
  const id = page.row?.case_id ?? '';
  const [period, set_period] = useState({ from: '', until: '' });
  const query = {
    ...(iso.test(period.from) ? { from: period.from } : {}),
    ...(iso.test(period.until) ? { until: period.until } : {}),
  };
  const reading = useRead(`/api/v1/${kind}/{id}/log-extract` as Of, { path: { id }, query: query as never });
  return (
    <section className="card stack steps on-screen" aria-labelledby="extract">
      <div className="row spread">
        <h2 id="extract" ref={heading} tabIndex={-1}>
          {t('command.ReleaseLogExtract')}
        </h2>
        <button type="button" className="plain-button" onClick={close}>
          {t('web.dialog.close')}
        </button>
      </div>
      <p>{t('web.extract.lead')}</p>
      <Loaded reading={reading}>
        {(preview) => (
          <>
            <div className="audit-filter">
              <DateField
                name="from"
                label={t('label.from')}
                value={period.from || preview.from}
                change={(from) => set_period({ ...period, from })}
                required
              />
              <DateField
                name="until"
                label={t('label.until')}
                value={period.until || preview.until}
                change={(until) => set_period({ ...period, until })}
                required
              />
            </div>
            <Released kind={kind} id={id} released={preview.released} />
            <Review
              key={`${preview.from} ${preview.until}`}
              page={page}
              kind={kind}
              preview={preview}
              close={close}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Released({ kind, id, released }: { kind: KindPath; id: string; released: Preview['released'] }) {
  const { t, tn, date } = useTexts();
  if (released.length === 0) return null;
  return (
    <div className="stack close">
      <h3>{t('web.extract.before')}</h3>
      <ul className="related">
        {released.map((one) => (
          <li key={one.extract_id}>
            <a href={`/api/v1/${kind}/${id}/log-extracts/${one.extract_id}`} target="_blank" rel="noreferrer">
              {t('web.extract.of', { recipient: one.recipient, on: date(one.released_on) })}
            </a>
            <span className="small quiet block">
              {`${date(one.from)}–${date(one.until)}`}
              {one.withheld > 0 ? ` · ${tn('web.extract.withheld', one.withheld)}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Review({
  page,
  kind,
  preview,
  close,
}: {
  page: CasePageAnswer;
  kind: KindPath;
  preview: Preview;
  close: () => void;
}) {
  const { t, tn, moment } = useTexts();
  const codes = useCodes();
  const roles = useRoleNames();
  const id = page.row?.case_id ?? '';
  const [withheld, set_withheld] = useState<Record<string, string>>({});
  const [given, set] = useState({
    recipient: '',
    recipient_role: 'client',
    language: 'fi',
    ground: '',
    special_reason: '',
    banned_parts_left_out: false,
  });
  const done = useDone(kind, id);
  const release = useCommand(
    `/api/v1/${kind}/{id}/release-log-extract` as '/api/v1/reminders/{id}/release-log-extract',
    { path: { id }, version: page.version },
    {
      taken: (answer) => {
        void queries.invalidateQueries({ queryKey: [`/api/v1/${kind}/{id}/log-extract`] });
        void done(t('web.case.done', { step: t('command.ReleaseLogExtract') }), answer.version);
        close();
      },
    },
  );
  const chosen = Object.keys(withheld);
  // The server names the place of an entry among those withheld; here each has its own field.
  const refusal = useMemo(() => {
    const wrong = release.refusal;
    if (!(wrong instanceof Refusal)) return wrong;
    const at_entry = (field: string) =>
      field.replace(/^withheld\[(\d+)\]\.\w+$/, (whole, at) => `withheld ${chosen[Number(at)] ?? whole}`);
    return new Refusal(
      wrong.status,
      wrong.kind,
      wrong.title,
      wrong.detail,
      wrong.fields.map(({ field, message }) => ({ field: at_entry(field), message })),
      wrong.retry_after_seconds,
    );
  }, [release.refusal, chosen]);
  const may_be_banned = preview.disclosure_banned;
  return (
    <Form
      refusal={refusal}
      submit={() =>
        release.send({
          ...given,
          from: preview.from,
          until: preview.until,
          other_cases: preview.other_cases,
          reviewed_to: preview.reviewed_to,
          withheld: Object.entries(withheld).map(([position, reason]) => ({ position, reason })),
        } as never)
      }
    >
      <h3>{tn('web.extract.entries', preview.entries.length)}</h3>
      <p className="small quiet">{t('web.extract.review_hint')}</p>
      <ul className="reviewed">
        {preview.entries.map((one) => (
          <li key={one.position} className="stack close">
            <Check
              name={`entry ${one.position}`}
              label={`${moment(one.at ?? '')} · ${[one.user_name || one.user_id, roles(one.roles)].filter(Boolean).join(', ')}`}
              hint={[one.what_text, one.units.join(', '), one.purpose].filter(Boolean).join(' · ')}
              value={one.position in withheld}
              change={(on) => {
                const { [one.position]: _, ...rest } = withheld;
                set_withheld(on ? { ...rest, [one.position]: '' } : rest);
              }}
            />
            {one.position in withheld ? (
              <LongTextField
                name={`withheld ${one.position}`}
                label={t('web.extract.why_withheld')}
                value={withheld[one.position] ?? ''}
                change={(reason) => set_withheld({ ...withheld, [one.position]: reason })}
                required
              />
            ) : null}
          </li>
        ))}
      </ul>
      {chosen.length > 0 ? (
        <LongTextField
          name="ground"
          label={t('web.extract.ground')}
          hint={t('web.extract.ground_hint')}
          value={given.ground}
          change={(ground) => set({ ...given, ground })}
          required
        />
      ) : null}
      <TextField
        name="recipient"
        label={t('label.recipient')}
        value={given.recipient}
        change={(recipient) => set({ ...given, recipient })}
        required
      />
      <SelectField
        name="recipient_role"
        label={t('label.recipient_role')}
        value={given.recipient_role}
        change={(recipient_role) => set({ ...given, recipient_role })}
        options={codes.options('recipient')}
      />
      <SelectField
        name="language"
        label={t('label.language')}
        value={given.language}
        change={(language) => set({ ...given, language })}
        options={codes.options('ui_language')}
      />
      <LongTextField
        name="special_reason"
        label={t('label.special_reason')}
        hint={t('web.extract.special_hint')}
        value={given.special_reason}
        change={(special_reason) => set({ ...given, special_reason })}
      />
      {may_be_banned ? (
        <>
          <Notice kind="warning" title={t('web.work_list.ban')}>
            <p>{t('web.extract.banned')}</p>
          </Notice>
          <Check
            name="banned_parts_left_out"
            label={t('label.banned_parts_left_out')}
            value={given.banned_parts_left_out}
            change={(banned_parts_left_out) => set({ ...given, banned_parts_left_out })}
          />
        </>
      ) : null}
      <div className="row">
        <Button type="submit" disabled={release.sending}>
          {t('command.ReleaseLogExtract')}
        </Button>
        <Button variant="secondary" onClick={close}>
          {t('web.emergency.leave')}
        </Button>
      </div>
    </Form>
  );
}
