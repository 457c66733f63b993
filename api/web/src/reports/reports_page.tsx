// Reports for those who make them: chosen, read on the screen, reconciled, fetched in any form.
import '~/reports/reports.css';
import { useEffect, useMemo, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { has_role, session_now } from '~/api/session';
import { useAddress } from '~/components/address';
import { Notice, RefusalNotice } from '~/components/notice';
import { Choice } from '~/forms/choice';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { Page } from '~/frame/page';
import { useObserved } from '~/observed';
import { today } from '~/reference/reference';
import { form_texts, forms, language_texts } from '~/reports/forms';
import { month_options, months, type Part, part_of, part_texts, parts, years } from '~/reports/periods';
import { begin, give_up, is_over, type Order, type Rendering, renderings } from '~/reports/renderings';
import { ReportReader } from '~/reports/report_reader';
import { useSize } from '~/reports/size';
import { type PlainTextId, useTexts } from '~/texts/texts';

// A summary is of either area; who works in one makes that area's.
const choices = {
  annual: { kind: 'annual', area: undefined, text: 'web.reports.kind.annual' },
  legal: { kind: 'legal', area: undefined, text: 'web.reports.kind.legal' },
  'summary-ombudsman': { kind: 'summary', area: 'ombudsman', text: 'web.reports.kind.summary_ombudsman' },
  'summary-legal': { kind: 'summary', area: 'legal', text: 'web.reports.kind.summary_legal' },
} as const satisfies Record<string, { kind: string; area: string | undefined; text: PlainTextId }>;
type Which = keyof typeof choices;

function open_to_me(): Which[] {
  const session = session_now();
  if (!session) return [];
  const own: Which[] = [];
  if (has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN')) own.push('annual', 'summary-ombudsman');
  if (has_role(session, 'REGISTRAR', 'LAWYER')) own.push('legal', 'summary-legal');
  return own;
}

interface Asked {
  which: Which;
  from: string;
  to: string;
  language: string;
  level: 'internal' | 'public';
}

function order_of(asked: Asked, format: string, reconcile = false): Order {
  const { kind, area } = choices[asked.which];
  return {
    kind,
    ...(area === undefined ? {} : { area }),
    from: asked.from,
    to: asked.to,
    language: asked.language,
    level: reconcile ? 'internal' : asked.level,
    format,
    reconcile,
  };
}

export default function ReportsPage() {
  const { t, language } = useTexts();
  const [address, change] = useAddress(['report', 'from', 'to', 'lang', 'level']);
  const own = useMemo(open_to_me, []);
  const this_year = Number(today().slice(0, 4));
  const asked: Asked = {
    which: own.find((one) => one === address.report) ?? own[0] ?? 'annual',
    from: address.from || `${this_year - 1}-01`,
    to: address.to || `${this_year - 1}-12`,
    language: address.lang || language,
    level: address.level === 'public' ? 'public' : 'internal',
  };
  const [read_key, set_read_key] = useState('');
  const all = useObserved(renderings);
  const read = all.find(({ key }) => key === read_key);
  const name = useName();
  const show = (reconcile: boolean) => {
    if (read) void give_up(read.key);
    set_read_key(begin(order_of(asked, 'html', reconcile), name(asked, 'html', reconcile)));
  };
  return (
    <Page
      title={t('web.reports.title')}
      lead={
        <p>
          {t('web.reports.lead')} <Link href="/editions">{t('web.editions.title')}</Link>
        </p>
      }
    >
      <div className="report-choice on-screen">
        <section className="card" aria-label={t('web.reports.choose')}>
          <Form refusal={read?.wrong} submit={() => show(false)}>
            <Fields asked={asked} own={own} this_year={this_year} change={change} />
            <div className="row">
              <Button type="submit">{t('web.reports.show')}</Button>
              <Button type="button" variant="secondary" onClick={() => show(true)}>
                {t('web.reports.reconcile')}
              </Button>
            </div>
          </Form>
        </section>
        <section className="card stack" aria-labelledby="files">
          <h2 id="files">{t('web.reports.files')}</h2>
          <p className="small quiet">{name(asked, '', false)}</p>
          <div className="row">
            {forms.map((form) => (
              <Button
                key={form}
                variant="secondary"
                onClick={() => begin(order_of(asked, form), name(asked, form, false), save)}
              >
                {t(form_texts[form] ?? 'web.reports.form.pdf')}
              </Button>
            ))}
          </div>
          <ul className="renderings">
            {all
              .filter(({ order }) => order.format !== 'html')
              .map((one) => (
                <OneRendering key={one.key} rendering={one} />
              ))}
          </ul>
        </section>
      </div>
      {read && !read.wrong ? <Reading rendering={read} stop={() => void give_up(read.key)} /> : null}
    </Page>
  );
}

// What was asked, in words.
function useName() {
  const { t, language } = useTexts();
  // Months have small letters within a sentence, but not in English.
  const within = (name: string) => (language === 'en' ? name : name.charAt(0).toLowerCase() + name.slice(1));
  return (asked: Asked, form: string, reconcile: boolean) => {
    const [part, year] = part_of(asked.from, asked.to);
    const options = part === 'months' ? month_options(Number(asked.to.slice(0, 4)) || 0, language) : [];
    const month = (value: string) => options.find((one) => one.value === value)?.label ?? value;
    const period =
      part === 'months'
        ? `${month(asked.from)} – ${month(asked.to)}`
        : part === 'year'
          ? year
          : `${within(t(part_texts[part]))} ${year}`;
    return [
      t(choices[asked.which].text),
      period,
      t(language_texts[asked.language] ?? 'web.reports.language.fi'),
      reconcile
        ? t('web.reports.reconciliation')
        : t(asked.level === 'public' ? 'web.reports.level.public' : 'web.reports.level.internal'),
      form && form !== 'html' ? t(form_texts[form] ?? 'web.reports.form.pdf') : '',
    ]
      .filter(Boolean)
      .join(', ');
  };
}

function Fields({
  asked,
  own,
  this_year,
  change,
}: {
  asked: Asked;
  own: Which[];
  this_year: number;
  change: (changed: { report?: string; from?: string; to?: string; lang?: string; level?: string }) => void;
}) {
  const { t, language } = useTexts();
  const [named, year] = part_of(asked.from, asked.to);
  const [free, set_free] = useState(named === 'months');
  const part: Part = free ? 'months' : named;
  const set = (next: Part, of: string) => {
    set_free(next === 'months');
    if (next === 'months') return;
    const [from, to] = months(next, of);
    change({ from, to });
  };
  const all_months = month_options(this_year, language);
  return (
    <>
      <Choice
        name="report"
        legend={t('web.reports.which')}
        value={asked.which}
        options={own.map((one): [Which, string] => [one, t(choices[one].text)])}
        change={(which) => change({ report: which })}
      />
      <div className="row top">
        <SelectField
          name="part"
          label={t('web.reports.part.title')}
          value={part}
          options={parts.map((one) => ({ value: one, label: t(part_texts[one]) }))}
          change={(next) => set(next as Part, year)}
        />
        {part === 'months' ? (
          <>
            <SelectField
              name="from"
              label={t('web.reports.from')}
              value={asked.from}
              options={all_months}
              change={(from) => change({ from })}
            />
            <SelectField
              name="to"
              label={t('web.reports.to')}
              value={asked.to}
              options={all_months}
              change={(to) => change({ to })}
            />
          </>
        ) : (
          <SelectField
            name="from"
            label={t('web.reports.year')}
            value={year}
            options={years(this_year).map((one) => ({ value: one, label: one }))}
            change={(of) => set(part, of)}
          />
        )}
      </div>
      <Choice
        name="language"
        legend={t('web.reports.language_of')}
        value={asked.language}
        options={Object.entries(language_texts).map(([code, text]): [string, string] => [code, t(text)])}
        change={(lang) => change({ lang })}
      />
      <Choice
        name="level"
        legend={t('web.reports.level.title')}
        value={asked.level}
        options={[
          ['internal', t('web.reports.level.internal')],
          ['public', t('web.reports.level.public')],
        ]}
        change={(level) => change({ level })}
      />
      <p className="small quiet">
        {t(asked.level === 'public' ? 'web.reports.level.public_text' : 'web.reports.level.internal_text')}
      </p>
    </>
  );
}

const state_texts: Record<string, PlainTextId> = {
  waiting: 'web.reports.state.waiting',
  counting: 'web.reports.state.counting',
  protecting: 'web.reports.state.protecting',
  rendering: 'web.reports.state.rendering',
  done: 'web.reports.state.done',
};

function Progress({ rendering }: { rendering: Rendering }) {
  const { t } = useTexts();
  const { view, title } = rendering;
  return (
    <div className="row" role="status">
      <progress aria-label={title} max={100} value={Number(view?.percent ?? 0)} />
      <span className="small">{t(state_texts[view?.state ?? 'waiting'] ?? 'web.reports.state.waiting')}</span>
    </div>
  );
}

// What went wrong: the request was refused, or the making failed.
function Wrong({ rendering: { view, wrong } }: { rendering: Rendering }) {
  const { t } = useTexts();
  if (wrong) return <RefusalNotice refusal={wrong} />;
  if (view?.state !== 'failed') return null;
  return (
    <Notice kind="error" title={t('web.reports.failed')}>
      <p>{view.text}</p>
    </Notice>
  );
}

function save({ url, file_name }: { url: string; file_name: string }) {
  const link = document.createElement('a');
  link.href = url;
  link.download = file_name;
  link.click();
}

function OneRendering({ rendering }: { rendering: Rendering }) {
  const { t } = useTexts();
  const size = useSize();
  const { view, title, key, order, wrong } = rendering;
  const failed = wrong !== undefined || view?.state === 'failed';
  return (
    <li className="stack close">
      <span>{title}</span>
      {!is_over(rendering) ? <Progress rendering={rendering} /> : null}
      <Wrong rendering={rendering} />
      <div className="row">
        {view?.state === 'done' ? (
          <a href={view.url} download={view.file_name}>
            {t('web.reports.fetch')} <span className="quiet">({size(Number(view.size))})</span>
          </a>
        ) : null}
        {failed ? (
          <button
            type="button"
            className="plain-button"
            onClick={() => {
              void give_up(key);
              begin(order, title, save);
            }}
          >
            {t('web.reports.again')}
          </button>
        ) : null}
        <button type="button" className="plain-button" onClick={() => void give_up(key)}>
          {is_over(rendering) ? t('web.reports.remove') : t('web.reports.cancel')}
        </button>
      </div>
    </li>
  );
}

function Reading({ rendering, stop }: { rendering: Rendering; stop: () => void }) {
  const { t } = useTexts();
  const { view, title } = rendering;
  const done = view?.state === 'done';
  useEffect(() => {
    if (done) document.getElementById('reading')?.focus();
  }, [done]);
  return (
    <section className="stack" aria-labelledby="reading">
      <div className="row spread">
        <h2 id="reading" tabIndex={-1}>
          {title}
        </h2>
        <div className="row on-screen">
          {done ? (
            <a href={view.url} target="_blank" rel="noopener noreferrer">
              {t('web.reports.own_tab')}
            </a>
          ) : null}
          <button type="button" className="plain-button" onClick={stop}>
            {done ? t('web.reports.close') : t('web.reports.cancel')}
          </button>
        </div>
      </div>
      {done ? <ReportReader url={view.url} /> : null}
      {is_over(rendering) ? <Wrong rendering={rendering} /> : <Progress rendering={rendering} />}
    </section>
  );
}
