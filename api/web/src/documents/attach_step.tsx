// Documents of a case: files chosen or dropped, each sent, looked at by the server and entered; or a paper that
// is kept elsewhere. What could not be attached stays here, and says why.
import '~/documents/documents.css';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { call } from '~/api/client';
import { touched } from '~/api/live_updates';
import { useRead } from '~/api/reading';
import { Refusal, Unreachable } from '~/api/refusal';
import { session_now } from '~/api/session';
import { upload } from '~/api/uploading';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of, name_of_maker, type Value } from '~/case_page/contents';
import { compact } from '~/case_steps/beginnings';
import { accepted, bytes_at_most, may_be_kept, title_of } from '~/documents/file_kinds';
import { useSize } from '~/documents/size';
import { Choice } from '~/forms/choice';
import { DateField } from '~/forms/date_field';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { useShortcut } from '~/frame/shortcuts';
import { toast } from '~/frame/toasts';
import { kind_paths } from '~/reference/kinds';
import { today, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Documents = '/api/v1/reminders/{id}/documents';
type One = '/api/v1/reminders/{id}';

interface Chosen {
  key: number;
  file: File;
  title: string;
  state: 'waiting' | 'sending' | 'done' | 'wrong';
  share: number;
  said: string; // why it could not be attached
}
interface Draft {
  paper: boolean;
  chosen: Chosen[];
  about: Value; // what the documents have in common, or all of a paper
}

// Chosen and not attached yet, of each case: there again when one comes back. Only in this tab's memory.
const kept = new Map<string, Draft>();
window.addEventListener('beforeunload', (event) => {
  if (kept.size > 0) event.preventDefault();
});
let next_key = 1;
const as_chosen = (files: Iterable<File>): Chosen[] =>
  [...files].map((file) => ({
    key: next_key++,
    file,
    title: title_of(file.name),
    state: 'waiting',
    share: 0,
    said: '',
  }));

const beginning = (page: CasePageAnswer): Draft => ({
  paper: false,
  chosen: [],
  about: { direction: 'incoming', dated_on: today(), party: name_of_maker(contents_of(page)) },
});

// Files that were dropped elsewhere on the page: the form finds them when it opens.
export function lay_down(page: CasePageAnswer, files: Iterable<File>) {
  const id = page.row?.case_id ?? '';
  const draft = kept.get(id) ?? beginning(page);
  kept.set(id, { ...draft, paper: false, chosen: [...draft.chosen, ...as_chosen(files)] });
}

export function AttachStep({ page, close }: { page: CasePageAnswer; close: () => void }) {
  const { t, tn, named } = useTexts();
  const size = useSize();
  const codes = useCodes();
  const organisation = useRead('/api/v1/reference/organisation', {});
  const most = bytes_at_most(organisation.data?.given?.attachment_bytes_max);
  const id = page.row?.case_id ?? '';
  const kind = kind_paths[page.row?.kind ?? ''] ?? 'reminders';
  const [draft, set_draft] = useState(() => kept.get(id) ?? beginning(page));
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const [sending, set_sending] = useState('');
  const stopping = useRef<AbortController>(undefined);
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    top.current?.focus();
    return () => stopping.current?.abort();
  }, []);

  const change = (with_it: (now: Draft) => Draft) =>
    set_draft((now) => {
      const next = with_it(now);
      kept.set(id, next);
      return next;
    });
  const about = (name: string) => String(draft.about[name] ?? '');
  const say = (name: string) => (value: string) =>
    change((now) => ({ ...now, about: { ...now.about, [name]: value } }));
  const put = (key: number, part: Partial<Chosen>) =>
    change((now) => ({
      ...now,
      chosen: now.chosen.map((one) => (one.key === key ? { ...one, ...part } : one)),
    }));
  // Read at once: the field that they were chosen in is emptied before the next drawing.
  const add = (files: Iterable<File>) => {
    const chosen = as_chosen(files);
    change((now) => ({ ...now, chosen: [...now.chosen, ...chosen] }));
  };

  const unfit = (file: File) =>
    file.size > most
      ? t('web.documents.too_large', { size: size(file.size), most: size(most) })
      : file.size === 0
        ? t('web.documents.empty')
        : may_be_kept(file.name)
          ? ''
          : t('web.documents.wrong_kind');

  const why = (wrong: unknown) =>
    wrong instanceof Refusal
      ? wrong.fields.map(({ message }) => message).join(' ') || wrong.detail || wrong.title
      : t('web.unreachable.text');

  // One document after the other: each is entered on the version that the one before has left.
  async function enter(version: string, body: Value): Promise<string> {
    const path = `/api/v1/${kind}/{id}/documents` as Documents;
    const key = crypto.randomUUID();
    for (let tries = 0; ; ++tries) {
      try {
        const taken = await call('post', path, { path: { id } }, { body, version, key });
        return taken.version;
      } catch (wrong) {
        // A document takes nothing from what somebody else has saved meanwhile.
        if (!(wrong instanceof Refusal) || !wrong.stale || tries > 2) throw wrong;
        version = (await call('get', `/api/v1/${kind}/{id}` as One, { path: { id } })).version;
      }
    }
  }

  const missing = () => {
    const fields = draft.paper ? ['title', 'party', 'dated_on'] : ['party', 'dated_on'];
    const lacks = fields.filter((name) => !about(name).trim());
    const untitled = draft.paper ? [] : fit.filter(({ title }) => !title.trim());
    return [
      ...(draft.paper || fit.length > 0
        ? []
        : [{ field: 'files', message: t('web.documents.choose_first') }]),
      ...untitled.map(({ key }) => ({ field: `title ${key}`, message: t('web.documents.needed') })),
      ...lacks.map((field) => ({ field, message: t('web.documents.needed') })),
    ];
  };

  const open = draft.chosen.filter(({ state }) => state !== 'done');
  const fit = open.filter(({ file }) => !unfit(file));

  async function send() {
    if (sending) return;
    const fields = missing();
    if (fields.length > 0)
      return set_refusal(new Refusal(422, 'invalid', t('web.documents.not_yet'), '', fields, undefined));
    set_refusal(undefined);
    const shared = compact(draft.about) as Value;
    const versions: string[] = [];
    let version = page.version;
    let failed = 0;
    const stop = new AbortController();
    stopping.current = stop;
    try {
      if (draft.paper) {
        set_sending(t('web.documents.saving'));
        version = await enter(version, shared);
        versions.push(version);
      }
      for (const [index, one] of (draft.paper ? [] : fit).entries()) {
        set_sending(t('web.documents.sending', { n: index + 1, of: fit.length }));
        put(one.key, { state: 'sending', share: 0, said: '' });
        try {
          const stored = await upload(`/api/v1/${kind}/${id}/attachments`, {
            file: one.file,
            progress: (share) => put(one.key, { share }),
            signal: stop.signal,
          });
          version = await enter(version, { ...shared, title: one.title.trim(), attachment: stored });
          versions.push(version);
          put(one.key, { state: 'done', share: 1 });
        } catch (wrong) {
          if (stop.signal.aborted) {
            put(one.key, { state: 'waiting', share: 0 });
            return;
          }
          if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
          ++failed;
          put(one.key, { state: 'wrong', said: why(wrong) });
        }
      }
    } catch (wrong) {
      if (wrong instanceof Refusal || wrong instanceof Unreachable) set_refusal(wrong);
      else throw wrong;
      return;
    } finally {
      set_sending('');
      stopping.current = undefined;
      touched(`/api/v1/${kind}/{id}/documents`, id);
    }
    if (versions.length > 0) await tell(versions);
    if (failed === 0 && open.length === fit.length) {
      kept.delete(id);
      close();
    } else {
      set_refusal(
        new Refusal(
          422,
          'invalid',
          t('web.documents.some_left', { done: versions.length, left: open.length - versions.length }),
          '',
          [],
          undefined,
        ),
      );
    }
  }

  // What was attached, and the way back: each is retracted.
  async function tell(versions: string[]) {
    const text = tn('web.documents.attached', versions.length);
    try {
      const now = await call('get', `/api/v1/${kind}/{id}` as One, { path: { id } });
      const entered = now.documents.filter((one) => versions.includes(String(one.version)));
      toast({ text, ...(entered.length > 0 ? { undo: () => void retract(entered) } : {}) });
    } catch {
      toast({ text });
    }
  }
  async function retract(entered: CasePageAnswer['documents']) {
    const path = `/api/v1/${kind}/{id}/retract-document` as '/api/v1/reminders/{id}/retract-document';
    try {
      for (const { document_id } of entered) {
        const { version } = await call('get', `/api/v1/${kind}/{id}` as One, { path: { id } });
        await call(
          'post',
          path,
          { path: { id } },
          { body: { document_id, reason: t('web.case.undone') }, version, key: crypto.randomUUID() },
        );
      }
      toast({ text: t('web.case.undone_now') });
    } catch (wrong) {
      toast({ text: why(wrong) });
    }
    touched(path, id);
  }

  const give_up = () => {
    stopping.current?.abort();
    kept.delete(id);
    close();
  };
  useShortcut('ctrl+enter', t('web.case.send_key'), () => void send());
  const untouched = draft.chosen.length === 0 && !draft.paper;
  return (
    <section className="card stack steps step-form on-screen" aria-labelledby="step">
      <div className="row spread">
        <h2 id="step" ref={top} tabIndex={-1}>
          {t('web.documents.attach_title')}
        </h2>
        <button type="button" className="plain-button" onClick={close}>
          {t('web.case.back_to_steps')}
        </button>
      </div>
      <Form refusal={refusal} submit={send}>
        <Choice
          name="paper"
          legend={t('web.documents.what')}
          value={draft.paper ? 'paper' : 'files'}
          change={(chosen) => change((now) => ({ ...now, paper: chosen === 'paper' }))}
          options={[
            ['files', t('web.documents.files')],
            ['paper', t('web.documents.paper')],
          ]}
        />
        {draft.paper ? (
          <TextField
            name="title"
            label={named('label.title')}
            value={about('title')}
            change={say('title')}
            required
          />
        ) : (
          <>
            <DropPlace add={add} most={size(most)} />
            {open.length > 0 ? (
              <ul className="chosen-files" aria-label={t('web.documents.chosen')}>
                {open.map((one) => (
                  <ChosenFile
                    key={one.key}
                    one={one}
                    wrong={unfit(one.file) || one.said}
                    unfit={unfit(one.file) !== ''}
                    change={(title) => put(one.key, { title, said: '', state: 'waiting' })}
                    take_away={() =>
                      change((now) => ({
                        ...now,
                        chosen: now.chosen.filter(({ key }) => key !== one.key),
                      }))
                    }
                  />
                ))}
              </ul>
            ) : null}
          </>
        )}
        <Choice
          name="direction"
          legend={named('label.direction')}
          value={about('direction')}
          change={(direction) =>
            change((now) => ({
              ...now,
              about: {
                ...now.about,
                direction,
                party:
                  direction === 'incoming'
                    ? name_of_maker(contents_of(page))
                    : (session_now()?.name ?? now.about.party),
              },
            }))
          }
          options={codes.options('direction').map(({ value, label }) => [value, label])}
        />
        <div className="pair">
          <TextField
            name="party"
            label={about('direction') === 'incoming' ? t('web.documents.sender') : t('web.documents.author')}
            value={about('party')}
            change={say('party')}
            required
          />
          <DateField
            name="dated_on"
            label={
              about('direction') === 'incoming' ? t('web.documents.arrived_on') : named('label.dated_on')
            }
            value={about('dated_on')}
            change={say('dated_on')}
            required
          />
        </div>
        <details>
          <summary>{t('web.documents.more')}</summary>
          <div className="stack more-of-document">
            <SelectField
              name="channel"
              label={named('label.channel')}
              value={about('channel')}
              change={say('channel')}
              none={t('web.case.none')}
              options={codes.options('channel')}
            />
            <TextField
              name="kept_at"
              label={t('web.documents.paper_at')}
              value={about('kept_at')}
              change={say('kept_at')}
            />
            <LongTextField
              name="secret_parts"
              label={named('label.secret_parts')}
              value={about('secret_parts')}
              change={say('secret_parts')}
            />
            <TextField
              name="secrecy_ground"
              label={named('label.secrecy_ground')}
              value={about('secrecy_ground')}
              change={say('secrecy_ground')}
            />
          </div>
        </details>
        <div className="row">
          <Button type="submit" aria-disabled={sending !== ''}>
            {draft.paper ? t('web.documents.enter') : tn('web.documents.attach', Math.max(fit.length, 1))}
          </Button>
          {sending && !draft.paper ? (
            <button type="button" className="plain-button" onClick={() => stopping.current?.abort()}>
              {t('web.documents.stop')}
            </button>
          ) : (
            <button type="button" className="plain-button" onClick={give_up}>
              {untouched ? t('web.case.cancel') : t('web.documents.give_up')}
            </button>
          )}
          <span className="quiet" role="status">
            {sending}
          </span>
        </div>
      </Form>
    </section>
  );
}

function ChosenFile({
  one,
  wrong,
  unfit,
  change,
  take_away,
}: {
  one: Chosen;
  wrong: string;
  unfit: boolean;
  change: (title: string) => void;
  take_away: () => void;
}) {
  const { t, named } = useTexts();
  const size = useSize();
  return (
    <li className="stack close">
      <div className="row spread">
        <span className="file-name">
          {one.file.name} <span className="small quiet">{size(one.file.size)}</span>
        </span>
        {one.state === 'sending' ? null : (
          <button
            type="button"
            className="plain-button"
            aria-label={t('web.documents.take_away', { name: one.file.name })}
            onClick={take_away}
          >
            {t('web.documents.leave_out')}
          </button>
        )}
      </div>
      {unfit ? null : (
        <TextField
          name={`title ${one.key}`}
          label={named('label.title')}
          value={one.title}
          change={change}
          required
        />
      )}
      {one.state === 'sending' ? (
        <progress
          value={one.share}
          max={1}
          aria-label={t('web.documents.progress', { name: one.file.name })}
        />
      ) : null}
      {wrong ? (
        <p className="field-error" role="alert">
          {wrong}
        </p>
      ) : null}
    </li>
  );
}

function DropPlace({ add, most }: { add: (files: Iterable<File>) => void; most: string }) {
  const { t } = useTexts();
  const id = useId();
  const [over, set_over] = useState(false);
  return (
    <div
      className={over ? 'drop-place over' : 'drop-place'}
      onDragOver={(event) => {
        event.preventDefault();
        set_over(true);
      }}
      onDragLeave={() => set_over(false)}
      onDrop={(event) => {
        event.preventDefault();
        set_over(false);
        add(event.dataTransfer.files);
      }}
    >
      <p className="drop-title" id={`${id}-drop`}>
        {t('web.documents.drop')}
      </p>
      <label htmlFor={id} className="button-link drop-choose">
        {t('web.documents.choose')}
      </label>
      <input
        className="out-of-sight-always"
        id={id}
        type="file"
        multiple
        accept={accepted}
        aria-describedby={`${id}-drop ${id}-limits`}
        onChange={(event) => {
          add(event.currentTarget.files ?? []);
          // The same file again is a choice too.
          event.currentTarget.value = '';
        }}
      />
      <p id={`${id}-limits`} className="small quiet">
        {t('web.documents.limits', { most })}
      </p>
    </div>
  );
}
