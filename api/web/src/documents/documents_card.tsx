// The documents of a case: what each is, from whom and when, who entered it; to be saved or looked at, or taken
// back. Files dropped here are on their way to be attached.
import '~/documents/documents.css';
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import type { CasePageAnswer } from '~/case_page/case_page';
import type { KeptDocument } from '~/case_page/contents';
import { UndoDialog } from '~/case_steps/undo';
import { lay_down } from '~/documents/attach_step';
import { shown_in_browser } from '~/documents/file_kinds';
import { useSize } from '~/documents/size';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function DocumentsCard({ page, attach }: { page: CasePageAnswer; attach: () => void }) {
  const { t } = useTexts();
  const [over, set_over] = useState(false);
  const may_attach = page.possible.includes('documents');
  if (!may_attach && page.documents.length === 0) return null;
  const drop = may_attach
    ? {
        onDragOver: (event: React.DragEvent) => {
          event.preventDefault();
          set_over(true);
        },
        onDragLeave: () => set_over(false),
        onDrop: (event: React.DragEvent) => {
          event.preventDefault();
          set_over(false);
          lay_down(page, event.dataTransfer.files);
          attach();
        },
      }
    : {};
  return (
    <section className={over ? 'card stack drop-over' : 'card stack'} aria-labelledby="documents" {...drop}>
      <h2 id="documents">{t('web.documents.title')}</h2>
      {page.documents.length === 0 ? (
        <p className="quiet">{t('web.documents.none')}</p>
      ) : (
        <ul className="related documents">
          {page.documents.map((one) => (
            <Kept key={one.document_id} page={page} one={one} />
          ))}
        </ul>
      )}
      {may_attach ? (
        <div className="on-screen">
          <Button variant="secondary" onClick={attach}>
            {t('web.documents.attach_title')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Kept({ page, one }: { page: CasePageAnswer; one: KeptDocument }) {
  const { t, date, moment } = useTexts();
  const codes = useCodes();
  const [retracting, set_retracting] = useState(false);
  const entry = page.timeline.find(({ version }) => String(version) === String(one.version));
  return (
    <li className="stack closest">
      <span>{one.title}</span>
      <span className="small quiet">
        {[codes.label('direction', one.direction), date(one.dated_on), one.party].filter(Boolean).join(' · ')}
      </span>
      {entry ? (
        <span className="small quiet">
          {t('web.documents.entered', {
            who: entry.actor_name,
            when: entry.recorded_at ? moment(entry.recorded_at) : '',
          })}
          {one.late ? ` · ${t('web.documents.late')}` : ''}
        </span>
      ) : null}
      {one.kept_at ? (
        <span className="small quiet">{t('web.documents.at', { place: one.kept_at })}</span>
      ) : null}
      <span className="row document-row">
        <FileLinks one={one} />
        {page.possible.includes('retract-document') ? (
          <button
            type="button"
            className="plain-button small on-screen"
            aria-label={t('web.documents.retract_that', { title: one.title })}
            onClick={() => set_retracting(true)}
          >
            {t('web.documents.retract')}
          </button>
        ) : null}
      </span>
      {retracting ? (
        <UndoDialog
          page={page}
          title={one.title}
          undo={{ command: 'retract-document', body: { document_id: one.document_id }, reason: 'reason' }}
          close={() => set_retracting(false)}
        />
      ) : null}
    </li>
  );
}

// Looked at in a tab of its own, where the server lets nothing of it run; or saved.
export function FileLinks({ one }: { one: KeptDocument }) {
  const { t } = useTexts();
  const size = useSize();
  if (!one.url) return null;
  return (
    <>
      {shown_in_browser(one.media_type) ? (
        <a
          className="small on-screen"
          href={`${one.url}?inline=true`}
          target="_blank"
          rel="noreferrer"
          aria-label={t('web.documents.look_at', { name: one.file_name })}
        >
          {t('web.documents.look')}
        </a>
      ) : null}
      <a
        className="small on-screen"
        href={one.url}
        download={one.file_name}
        aria-label={t('web.documents.save_that', { name: one.file_name })}
      >
        {t('web.documents.save')}
      </a>
      <span className="small quiet">
        {one.file_name}, {size(Number(one.size))}
      </span>
    </>
  );
}
