// Cases from another system. First a trial that changes nothing: what would be taken, what not, and why, by
// line and column, never by value. Then the same for good; the same file again changes nothing.
import '~/administration/administration.css';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, call } from '~/api/client';
import { Refusal, Unreachable } from '~/api/refusal';
import { has_role, session_now } from '~/api/session';
import { DataTable } from '~/components/data_table';
import { Notice } from '~/components/notice';
import { Check } from '~/forms/checks';
import { FileField } from '~/forms/file_field';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { Page } from '~/frame/page';
import { ImportHistory } from '~/import_page/import_history';
import { kind_texts } from '~/reference/kinds';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Outcome = AnswerOf<'/api/v1/imports', 'post'>;

export default function ImportPage() {
  const { t } = useTexts();
  const session = session_now();
  const [running, set_running] = useState(false);
  const kinds: string[] = !session
    ? []
    : has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN')
      ? ['contact']
      : has_role(session, 'REGISTRAR', 'LAWYER')
        ? ['reminder', 'complaint', 'authority-request']
        : [];
  return (
    <Page
      title={kinds.length > 0 ? t('web.import.title') : t('web.import.status')}
      lead={kinds.length > 0 ? t('web.import.lead') : t('web.import.status_lead')}
    >
      {kinds.length > 0 ? <Importing kinds={kinds} running={running} set_running={set_running} /> : null}
      <ImportHistory expecting={running} />
    </Page>
  );
}

function Importing({
  kinds,
  running,
  set_running,
}: {
  kinds: string[];
  running: boolean;
  set_running: (running: boolean) => void;
}) {
  const { t } = useTexts();
  const [kind, set_kind] = useState(kinds[0] ?? '');
  const [file, set_file] = useState<File>();
  const [mapping, set_mapping] = useState<File>();
  const [update, set_update] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const [outcome, set_outcome] = useState<Outcome>();
  const [missing, set_missing] = useState(false);

  async function run(dry_run: boolean) {
    set_missing(!file || !mapping);
    if (!file || !mapping) return;
    set_running(true);
    set_refusal(undefined);
    try {
      const body = {
        kind,
        mapping: await mapping.text(),
        file: await in_base64(file),
        dry_run,
        update,
        learn_codes: false,
      };
      set_outcome(await call('post', '/api/v1/imports', {}, { body }));
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_outcome(undefined);
      set_refusal(wrong);
    } finally {
      set_running(false);
    }
  }
  // What was tried is no longer what is chosen.
  const chosen =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set_outcome(undefined);
      set(value);
    };
  const tried = outcome?.dry_run === true;
  return (
    <>
      <div className="card narrow-form">
        <Form refusal={refusal} submit={() => run(true)}>
          {kinds.length > 1 ? (
            <SelectField
              name="kind"
              label={t('web.work_list.kind')}
              value={kind}
              change={chosen(set_kind)}
              options={kinds.map((one) => ({ value: one, label: t(kind_texts[one] ?? 'web.kind.contact') }))}
            />
          ) : null}
          <FileField
            name="file"
            label={t('web.import.file')}
            hint={t('web.import.file_hint')}
            accept=".csv,text/csv"
            change={chosen(set_file)}
            error={missing && !file ? t('web.import.choose') : undefined}
          />
          <FileField
            name="mapping"
            label={t('web.import.mapping')}
            hint={t('web.import.mapping_hint')}
            accept=".toml"
            change={chosen(set_mapping)}
            error={missing && !mapping ? t('web.import.choose') : undefined}
          />
          <Check
            name="update"
            label={t('web.import.update')}
            hint={t('web.import.update_hint')}
            value={update}
            change={chosen(set_update)}
          />
          <div className="form-end">
            <Button type="submit" variant={tried ? 'secondary' : 'default'} aria-disabled={running}>
              {running ? t('web.import.running') : t('web.import.try')}
            </Button>
            {tried ? (
              <Button aria-disabled={running} onClick={() => void run(false)}>
                {t('web.import.for_good')}
              </Button>
            ) : null}
          </div>
        </Form>
      </div>
      {outcome ? <Outcomes outcome={outcome} /> : null}
    </>
  );
}

function Outcomes({ outcome }: { outcome: Outcome }) {
  const { t, tn, number } = useTexts();
  const counts: [PlainTextId, string][] = [
    ['web.import.count.rows', outcome.rows],
    ['web.import.count.taken', outcome.taken],
    ['web.import.count.unchanged', outcome.unchanged],
    ['web.import.count.repeated', outcome.repeated_rows],
    ['web.import.count.changed', outcome.changed],
    ['web.import.count.corrected', outcome.corrected],
    ['web.import.count.rejected', outcome.rejected],
  ];
  return (
    <section className="stack" aria-labelledby="outcome">
      <h2 id="outcome">{outcome.dry_run ? t('web.import.outcome_tried') : t('web.import.outcome')}</h2>
      <Notice
        kind={outcome.dry_run ? 'info' : Number(outcome.rejected) > 0 ? 'warning' : 'success'}
        title={
          outcome.dry_run ? t('web.import.nothing_changed') : tn('web.import.done', Number(outcome.taken))
        }
      />
      <dl className="card counts">
        {counts.map(([id, count]) => (
          <div key={id}>
            <dt>{t(id)}</dt>
            <dd>{number(Number(count))}</dd>
          </div>
        ))}
      </dl>
      {outcome.rejects.length > 0 ? (
        <DataTable
          caption={t('web.import.rejects')}
          rows={outcome.rejects}
          row_key={(reject) => `${reject.line} ${reject.column} ${reject.reason}`}
          columns={[
            { head: t('web.import.line'), cell: (reject) => number(Number(reject.line)) },
            { head: t('web.import.column'), cell: (reject) => <code>{reject.column}</code> },
            { head: t('web.import.reason'), cell: (reject) => reject.reason },
          ]}
        />
      ) : null}
    </section>
  );
}

function in_base64(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
