// One handler for many cases: first what would happen to each and why some would stay, then what became of each,
// and the way back.

import { useEffect, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Dialog } from '~/components/dialog';
import { Notice, RefusalNotice } from '~/components/notice';
import { Subject } from '~/components/subject';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { LongTextField } from '~/forms/text_field';
import { kind_texts } from '~/reference/kinds';
import { useColleagues } from '~/reference/reference';
import { useTexts } from '~/texts/texts';
import { type Assigned, goes, undoable, useAssigning } from '~/work_list/assigning';
import type { Row } from '~/work_list/case_rows';

// As many as one looks through before doing it.
export const chosen_max = 1000;

export function BulkBar({
  chosen,
  choose,
  total,
  choose_all,
  end,
}: {
  chosen: Row[];
  choose: (rows: Row[]) => void;
  total: number;
  choose_all: () => Promise<void>;
  end: () => void;
}) {
  const { t, tn } = useTexts();
  const [open, set_open] = useState(false);
  const [fetching, set_fetching] = useState(false);
  const every = fetching
    ? t('web.bulk.fetching')
    : total > chosen_max
      ? t('web.bulk.first', { n: chosen_max })
      : t('web.bulk.all', { n: total });
  return (
    <div className="bulk-bar row on-screen">
      <span role="status">{tn('web.bulk.selected', chosen.length)}</span>
      <button
        type="button"
        className="plain-button"
        aria-disabled={fetching}
        onClick={() => {
          if (fetching) return;
          set_fetching(true);
          void choose_all().finally(() => set_fetching(false));
        }}
      >
        {every}
      </button>
      {chosen.length > 0 ? (
        <>
          <button type="button" className="plain-button" onClick={() => choose([])}>
            {t('web.bulk.none')}
          </button>
          <Button onClick={() => set_open(true)}>{t('web.bulk.assign')}</Button>
        </>
      ) : null}
      {open ? (
        <BulkDialog
          rows={chosen}
          close={(done) => {
            set_open(false);
            if (done) end();
          }}
        />
      ) : null}
    </div>
  );
}

function BulkDialog({ rows, close }: { rows: Row[]; close: (done: boolean) => void }) {
  const { t, tn } = useTexts();
  const people = useColleagues();
  const [handler, set_handler] = useState('');
  const [note, set_note] = useState('');
  const [asked, set_asked] = useState(false);
  const { step, cases, done, wrong, ...assigning } = useAssigning(rows);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it is closed, nothing more is sent
  useEffect(() => assigning.stop, []);

  const will = cases.filter((one) => goes(one, handler));
  const moved = cases.filter((one) => one.moved);
  const back = cases.filter(undoable);
  const undone = cases.filter((one) => one.undone).length;
  const busy = step === 'looking' || step === 'sending' || step === 'undoing';
  const left = step === 'sent' && cases.some((one) => goes(one, handler) && one.moved === undefined);
  const said = () => {
    if (step === 'looking') return t('web.bulk.looking', { done, all: rows.length });
    if (step === 'sending') return t('web.bulk.sending', { done, all: done + unsent(cases, handler) });
    if (step === 'undoing') return t('web.bulk.undoing', { done, all: done + back.length });
    if (step === 'sent')
      return [
        tn('web.bulk.result', moved.length),
        undone > 0 ? tn('web.bulk.undone_count', undone) : '',
      ].join(' ');
    const stay = cases.length - will.length;
    return [tn('web.bulk.will', will.length), stay > 0 ? tn('web.bulk.will_not', stay) : ''].join(' ');
  };
  return (
    <Dialog wide title={t('web.bulk.title')} close={() => close(step === 'sent')}>
      {step === 'choosing' ? (
        <Form
          refusal={wrong}
          submit={() => {
            set_asked(true);
            if (handler) void assigning.look(handler, note);
          }}
        >
          <p>{tn('web.bulk.selected', rows.length)}</p>
          <SelectField
            name="handler"
            label={t('web.work_list.handler')}
            value={handler}
            change={set_handler}
            none={t('web.case.choose')}
            options={people.options()}
            required
            error={asked && !handler ? t('web.bulk.no_handler') : undefined}
          />
          <LongTextField name="note" label={t('web.bulk.note')} value={note} change={set_note} />
          <p className="small quiet">{t('web.bulk.about')}</p>
          <div>
            <Button type="submit">{t('web.bulk.preview')}</Button>
          </div>
        </Form>
      ) : (
        <>
          <p role="status" className="bulk-said">
            {said()}
          </p>
          {wrong && !busy ? <RefusalNotice refusal={wrong} /> : null}
          {step === 'looked' ? (
            <div className="row">
              {will.length > 0 ? (
                <Button onClick={() => void assigning.send(handler, note)}>
                  {tn('web.bulk.do', will.length)}
                </Button>
              ) : null}
              <Button variant="secondary" onClick={assigning.choose_again}>
                {t('web.bulk.back')}
              </Button>
            </div>
          ) : null}
          {busy ? (
            <div>
              <Button variant="secondary" onClick={assigning.stop}>
                {t('web.bulk.stop')}
              </Button>
            </div>
          ) : null}
          {step === 'sent' ? (
            <div className="row">
              <Button onClick={() => close(true)}>{t('web.dialog.close')}</Button>
              {left ? (
                <Button variant="secondary" onClick={() => void assigning.send(handler, note)}>
                  {t('web.bulk.again')}
                </Button>
              ) : null}
              {back.length > 0 ? (
                <Button variant="secondary" onClick={() => void assigning.undo()}>
                  {tn('web.bulk.undo', back.length)}
                </Button>
              ) : null}
            </div>
          ) : null}
          {step === 'sent' && moved.some((one) => one.before === '') ? (
            <Notice kind="info" title={t('web.bulk.nobody_before')} />
          ) : null}
          <Cases cases={cases} handler={handler} after={step === 'sent'} no_answer={wrong !== undefined} />
        </>
      )}
    </Dialog>
  );
}

const unsent = (cases: Assigned[], handler: string) =>
  cases.filter((one) => goes(one, handler) && one.moved === undefined).length;

// Those that stay come first: they are what one has to do something about.
function Cases({
  cases,
  handler,
  after,
  no_answer,
}: {
  cases: Assigned[];
  handler: string;
  after: boolean; // it has been done
  no_answer: boolean;
}) {
  const { t } = useTexts();
  const people = useColleagues();
  const name = (id: string) => people.name_of(id) || t('web.work_list.nobody');
  const happens = (one: Assigned) => {
    const change = { before: name(one.before), after: name(handler) };
    if (one.undone === true) return t('web.bulk.undone', change);
    if (one.undone === false) return t('web.bulk.not_undone', { why: one.refusal });
    if (one.moved === true) return t('web.bulk.moved', change);
    if (one.moved === false) return t('web.bulk.stayed', { why: one.refusal });
    if (one.before === handler) return t('web.bulk.already');
    if (one.refusal) return one.refusal;
    if (after) return t(no_answer ? 'web.bulk.no_answer' : 'web.bulk.not_reached');
    return t('web.bulk.changes', change);
  };
  const stays = (one: Assigned) => one.moved === false || one.undone === false || !goes(one, handler);
  const shown = [...cases.filter(stays), ...cases.filter((one) => !stays(one))];
  if (shown.length === 0) return null;
  return (
    <table className="bulk-list">
      <thead>
        <tr>
          <th scope="col">{t('web.bulk.case')}</th>
          <th scope="col">{t('web.bulk.what')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.row.case_id} className={stays(one) ? 'stays' : undefined}>
            <th scope="row">
              <Subject of={one.row} otherwise={t('web.work_list.no_subject')} />
              <span className="quiet block">
                {[t(kind_texts[one.row.kind] ?? 'web.kind.reminder'), one.row.diary_number]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </th>
            <td>{happens(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
