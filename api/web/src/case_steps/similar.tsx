// Other cases that may be the same matter, and why they look so; each is looked at and then said to be what it
// is, which both cases keep: the same matter, one that belongs to it, or another one.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { useCommand } from '~/api/commanding';
import type { CasePageAnswer } from '~/case_page/case_page';
import { Dialog } from '~/components/dialog';
import { Notice } from '~/components/notice';
import { Choice } from '~/forms/choice';
import { Form } from '~/forms/form';
import { TextField } from '~/forms/text_field';
import { toast } from '~/frame/toasts';
import { kind_paths, kind_texts, path_of_case } from '~/reference/kinds';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Row = NonNullable<CasePageAnswer['similar'][number]['row']>;

// Where nothing can be recorded about it, one's own word holds while this tab is open.
const passed_over = new Set<string>();

export function Similar({ page }: { page: CasePageAnswer }) {
  const { t, named } = useTexts();
  const [asked, set_asked] = useState<{ row: Row; relation: string }>();
  const [, look_again] = useState(0);
  const id = page.row?.case_id ?? '';
  const may_link = page.possible.includes('link');
  const similar = page.similar.filter(({ row }) => row && !passed_over.has(`${id} ${row.case_id}`));
  if (similar.length === 0 && !asked) return null;
  return (
    <div className="on-screen">
      {similar.length > 0 ? (
        <Notice kind="warning" title={t('web.case.similar.title')}>
          <ul className="similar">
            {similar.map(({ row, why }) =>
              row ? (
                <li key={row.case_id} className="stack closest">
                  <span>
                    <Link href={path_of_case(row.kind, row.case_id)}>
                      {[row.diary_number, row.subject].filter(Boolean).join(' · ') ||
                        t('web.work_list.no_subject')}
                    </Link>
                  </span>
                  <span className="small">
                    {[t(kind_texts[row.kind] ?? 'web.case_page.title'), named(row.stage), why]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  <span className="row on-screen">
                    {may_link ? (
                      <button
                        type="button"
                        className="plain-button small"
                        aria-label={t('web.case.similar.belongs_to', { name: row.diary_number })}
                        onClick={() => set_asked({ row, relation: 'same-matter' })}
                      >
                        {t('web.case.similar.belongs')}
                      </button>
                    ) : null}
                    <button
                      type="button"
                      className="plain-button small"
                      aria-label={t('web.case.similar.another_than', { name: row.diary_number })}
                      onClick={() => {
                        if (may_link) return set_asked({ row, relation: 'separate' });
                        passed_over.add(`${id} ${row.case_id}`);
                        look_again((n) => n + 1);
                      }}
                    >
                      {t('web.case.similar.another')}
                    </button>
                  </span>
                </li>
              ) : null,
            )}
          </ul>
        </Notice>
      ) : null}
      {asked ? (
        <Say page={page} row={asked.row} relation={asked.relation} close={() => set_asked(undefined)} />
      ) : null}
    </div>
  );
}

function Say({
  page,
  row,
  relation: begun,
  close,
}: {
  page: CasePageAnswer;
  row: Row;
  relation: string;
  close: () => void;
}) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const [relation, set_relation] = useState(begun);
  const [note, set_note] = useState('');
  const kind = kind_paths[page.row?.kind ?? ''] ?? 'reminders';
  const save = useCommand(
    `/api/v1/${kind}/{id}/link` as '/api/v1/reminders/{id}/link',
    { path: { id: page.row?.case_id ?? '' }, version: page.version },
    {
      taken: () => {
        toast({ text: t('web.case.similar.said') });
        close();
      },
    },
  );
  return (
    <Dialog title={t('web.case.similar.what')} close={close}>
      <Form
        refusal={save.stale ? undefined : save.refusal}
        submit={() => save.send({ other: row.case_id, relation, ...(note ? { note } : {}) })}
      >
        <p>{[row.diary_number, row.subject].filter(Boolean).join(' · ')}</p>
        <Choice
          name="relation"
          legend={named('label.relation')}
          value={relation}
          change={set_relation}
          options={codes.options('relation').map(({ value, label }) => [value, label])}
        />
        <TextField name="note" label={named('label.note')} value={note} change={set_note} />
        {save.stale ? <Notice kind="warning" title={t('web.case.undo_again')} /> : null}
        <div>
          <Button type="submit" aria-disabled={save.sending}>
            {t('web.case.similar.keep')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
