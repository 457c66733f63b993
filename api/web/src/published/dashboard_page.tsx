// For a board: how much, which way, why and in time, at once. Computed from nothing: every figure, word and
// drawing is a published table's own.
import '~/figures/figures.css';
import '~/forms/forms.css';
import '~/published/published.css';
import { Link } from 'wouter';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Drawing } from '~/figures/drawing';
import { Notes, PublishedTable, type TableOf } from '~/figures/published_table';
import { Select } from '~/forms/select';
import { Page } from '~/frame/page';
import { has_files, of_kind, type Publication, usePublished } from '~/published/published';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Answer = AnswerOf<'/api/v1/published/{id}/tables', 'get'>;
type Chart = Answer['charts'][number];
type Tables = Omit<Answer, 'publication'> & { publication: Publication };

export default function DashboardPage() {
  const { t } = useTexts();
  const reading = usePublished();
  return (
    <Page title={t('web.dashboard.title')} lead={<p>{t('web.dashboard.lead')}</p>}>
      <Loaded reading={reading}>{({ rows }) => <Chosen rows={rows} />}</Loaded>
    </Page>
  );
}

function Chosen({ rows }: { rows: Publication[] }) {
  const { t } = useTexts();
  const [chosen, choose] = useAddress(['annual', 'legal']);
  const annual = of_kind(rows, 'annual').filter(has_files);
  const legal = of_kind(rows, 'legal').filter(has_files);
  const one_of = (all: Publication[], id: string) => all.find((row) => row.publication_id === id) ?? all[0];
  const of_contacts = one_of(annual, chosen.annual);
  const of_cases = one_of(legal, chosen.legal);
  if (!of_contacts && !of_cases) {
    return (
      <Notice
        kind="info"
        title={rows.length > 0 ? t('web.dashboard.being_made') : t('web.dashboard.nothing')}
      />
    );
  }
  const options = (all: Publication[]) => all.map((row) => ({ value: row.publication_id, label: row.title }));
  return (
    <>
      {annual.length > 1 || legal.length > 1 ? (
        <div className="row on-screen choices">
          {annual.length > 1 ? (
            <Select
              label={t('web.published.kind.annual')}
              value={of_contacts?.publication_id ?? ''}
              options={options(annual)}
              change={(id) => choose({ annual: id })}
            />
          ) : null}
          {legal.length > 1 ? (
            <Select
              label={t('web.published.kind.legal')}
              value={of_cases?.publication_id ?? ''}
              options={options(legal)}
              change={(id) => choose({ legal: id })}
            />
          ) : null}
        </div>
      ) : null}
      <Both of_contacts={of_contacts} of_cases={of_cases} />
    </>
  );
}

// A dashboard without the other of the two reports is one all the same.
function Both({
  of_contacts,
  of_cases,
}: {
  of_contacts: Publication | undefined;
  of_cases: Publication | undefined;
}) {
  const { language } = useTexts();
  const tables_of = (row: Publication | undefined) => ({
    values: {
      path: { id: row?.publication_id ?? '' },
      query: { drawings: true, lang: language },
    } as never,
    how: { enabled: row !== undefined, keep: true },
  });
  const first = tables_of(of_contacts);
  const second = tables_of(of_cases);
  const contacts = useRead('/api/v1/published/{id}/tables', first.values, first.how);
  const cases = useRead('/api/v1/published/{id}/tables', second.values, second.how);
  const of = (publication: Publication, answer: Answer): Tables => ({ ...answer, publication });
  if (!of_cases) {
    return of_contacts ? (
      <Loaded reading={contacts}>{(one) => <Figures all={[of(of_contacts, one)]} />}</Loaded>
    ) : null;
  }
  if (!of_contacts) return <Loaded reading={cases}>{(one) => <Figures all={[of(of_cases, one)]} />}</Loaded>;
  return (
    <Loaded reading={contacts}>
      {(one) => (
        <Loaded reading={cases}>
          {(other) => <Figures all={[of(of_contacts, one), of(of_cases, other)]} />}
        </Loaded>
      )}
    </Loaded>
  );
}

// A chart or table that both reports have is the legal account's: it tells more of it.
// Of each figure the first that there is: in a first year there is no course yet.
const sections: { title: PlainTextId; text: PlainTextId; figures: string[][] }[] = [
  {
    title: 'web.dashboard.trends',
    text: 'web.dashboard.trends_text',
    figures: [
      ['contacts-by-year-chart', 'contacts-by-month-chart'],
      ['legal-by-kind-chart', 'legal-by-month-chart'],
      ['legal-by-department-chart'],
    ],
  },
  {
    title: 'web.dashboard.deadlines',
    text: 'web.dashboard.deadlines_text',
    figures: [['reminder-answers-by-year-chart', 'legal-answers'], ['legal-answer-bands-chart']],
  },
  {
    title: 'web.dashboard.causes',
    text: 'web.dashboard.causes_text',
    figures: [['cause-chart'], ['legal-cause-chart']],
  },
  {
    title: 'web.dashboard.systematic',
    text: 'web.dashboard.systematic_text',
    figures: [['concentration-chart']],
  },
];
// What is said of one year only shows no course; and of what is mostly kept back, nothing is seen.
const courses = new Set([
  'contacts-by-year-chart',
  'legal-by-kind-chart',
  'legal-by-department-chart',
  'reminder-answers-by-year-chart',
]);

const years_in = (table: TableOf) =>
  Math.max(
    table.rows.filter(({ id }) => /^\d{4}$/.test(id)).length,
    table.columns.filter(({ id }) => /^\d{4}$/.test(id)).length,
  );
const shows_something = (table: TableOf) => {
  const cells = table.rows.flatMap((row) => row.cells);
  return cells.filter((cell) => cell.suppressed || cell.unknown).length * 2 < cells.length;
};

interface Figure {
  id: string;
  chart: Chart | undefined;
  table: TableOf;
  of: Tables;
}

function figure_of(id: string, all: Tables[]): Figure | undefined {
  for (const of of [...all].reverse()) {
    const chart = of.charts.find((one) => one.chart === id);
    const table = of.tables.find((one) => one.table === (chart?.table ?? id));
    if (!table || !shows_something(table)) continue;
    if (courses.has(id) && years_in(table) < 2) continue;
    return { id, chart, table, of };
  }
  return undefined;
}

function Figures({ all }: { all: Tables[] }) {
  const { t } = useTexts();
  return (
    <>
      {all.map((of) => (
        <Headline key={of.publication.publication_id} of={of} others={all.filter((one) => one !== of)} />
      ))}
      {sections.map(({ title, text, figures: wanted }) => {
        const figures = wanted
          .map((ids) => ids.map((id) => figure_of(id, all)).find((one) => one !== undefined))
          .filter((one) => one !== undefined);
        if (figures.length === 0) return null;
        return (
          <section key={title} className="stack" aria-labelledby={title}>
            <div className="stack close">
              <h2 id={title}>{t(title)}</h2>
              <p className="quiet">{t(text)}</p>
            </div>
            {figures.map((figure) => (
              <OneFigure key={figure.id} figure={figure} />
            ))}
          </section>
        );
      })}
      <AnyTable all={all} />
    </>
  );
}

// The report's own key figures; those that another report here also says are said once.
function Headline({ of, others }: { of: Tables; others: Tables[] }) {
  const { t, date } = useTexts();
  const { publication } = of;
  const elsewhere = new Set(
    publication.publication_kind === 'legal'
      ? []
      : others.flatMap((one) => one.key_figures.map(({ key_figure }) => key_figure)),
  );
  const figures = of.key_figures.filter(
    ({ key_figure }) =>
      !elsewhere.has(key_figure) && !(elsewhere.size > 0 && key_figure === 'reminders-and-complaints'),
  );
  const id = `of-${publication.publication_id}`;
  return (
    <section className="card stack" aria-labelledby={id}>
      <div className="row spread">
        <h2 id={id}>{publication.title}</h2>
        <Link href={`/editions/${publication.publication_id}/${of.edition}`}>{t('web.dashboard.read')}</Link>
      </div>
      <dl className="headline" lang={of.language}>
        {figures.map((figure) => (
          <div key={figure.key_figure}>
            <dt>{figure.label}</dt>
            <dd>
              <span className="value">
                {figure.written}
                {figure.suppressed ? (
                  <span className="out-of-sight"> {t('web.figures.suppressed')}</span>
                ) : null}
              </span>
              {figure.note ? <span className="block">{figure.note}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">
        {t('web.dashboard.published_on', { date: date(publication.published_on) })}{' '}
        {publication.threshold > 0 ? t('web.dashboard.suppression', { n: publication.threshold }) : null}
      </p>
    </section>
  );
}

function OneFigure({ figure: { chart, table, of } }: { figure: Figure }) {
  const { t } = useTexts();
  const title = chart?.title ?? table.caption;
  const shown = <PublishedTable table={table} without_notes={chart !== undefined} />;
  return (
    <figure className="card figure">
      <figcaption>
        <h3 lang={of.language}>{title}</h3>
        <span className="small quiet">{of.publication.title}</span>
      </figcaption>
      {chart ? (
        <>
          <div className="drawn">
            <Drawing svg={chart.drawing} label={title} language={of.language} />
            <div lang={of.language}>
              <Notes table={table} />
            </div>
          </div>
          <details>
            <summary>{t('web.figures.as_table')}</summary>
            <div lang={of.language}>{shown}</div>
          </details>
        </>
      ) : (
        <div lang={of.language}>{shown}</div>
      )}
    </figure>
  );
}

// Whatever else the reports tell.
function AnyTable({ all }: { all: Tables[] }) {
  const { t } = useTexts();
  const [{ table: chosen }, change] = useAddress(['table']);
  const options = all.flatMap((of) =>
    of.tables.map((table) => ({
      value: `${of.publication.publication_kind}.${table.table}`,
      label: table.caption,
      of,
      table,
    })),
  );
  const found = options.find(({ value }) => value === chosen);
  return (
    <section className="card stack any-table" aria-labelledby="any-table">
      <h2 id="any-table">{t('web.dashboard.any_table')}</h2>
      <div className="select">
        <label htmlFor="table-chosen">{t('web.dashboard.table')}</label>
        <select
          id="table-chosen"
          value={found?.value ?? ''}
          onChange={(event) => change({ table: event.currentTarget.value })}
        >
          <option value="">{t('web.dashboard.choose_table')}</option>
          {all.map((of) => (
            <optgroup key={of.publication.publication_id} label={of.publication.title}>
              {options
                .filter((option) => option.of === of)
                .map(({ value, label }) => (
                  <option key={value} value={value} lang={of.language}>
                    {label}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      {found ? (
        <div className="figure" lang={found.of.language}>
          {found.of.charts
            .filter((chart) => chart.table === found.table.table)
            .map((chart) => (
              <Drawing key={chart.chart} svg={chart.drawing} label={chart.title} />
            ))}
          <PublishedTable table={found.table} />
        </div>
      ) : null}
    </section>
  );
}
