// A publication: where it stands on its way and what comes next, its words, its proposals, its files.
import '~/case_page/case_page.css';
import '~/case_steps/case_steps.css';
import '~/components/data_table.css';
import '~/publications/publications.css';
import { Link } from 'wouter';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Page } from '~/frame/page';
import { EarlierProposals, Proposals } from '~/publications/draft_proposals';
import { Examples } from '~/publications/examples';
import { Files } from '~/publications/files';
import { usePublication } from '~/publications/live_publication';
import { NextStep } from '~/publications/next_step';
import type { PublicationAnswer } from '~/publications/publication';
import { Sections } from '~/publications/sections';
import { Way } from '~/publications/way';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export default function PublicationPage({ params }: { params: Record<string, string> }) {
  const { id = '' } = params;
  const { t } = useTexts();
  const { reading, percent } = usePublication(id);
  return (
    <div className="stack">
      <p className="on-screen">
        <Link href="/publications">{t('web.publications.back')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.publications.single')}>
        {(page) => <Shown page={page} percent={percent} />}
      </Loaded>
    </div>
  );
}

function Shown({ page, percent }: { page: PublicationAnswer; percent: number }) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const row = page.row;
  if (!row) return null;
  const writes = page.possible.includes('texts');
  const drafts = page.texts.length > 0 || page.examples.length > 0 || writes;
  return (
    <Page
      title={row.title}
      lead={[
        named(row.stage),
        row.edition > 1 ? t('web.publications.edition', { n: row.edition }) : '',
        codes.label('area', row.area),
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      <Way page={page} />
      <NextStep page={page} />
      {row.files_waiting ? <BeingMade percent={percent} /> : null}
      <Files page={page} />
      {drafts ? <Sections page={page} /> : null}
      {drafts ? <Examples page={page} /> : null}
      <Proposals page={page} />
      <EarlierProposals page={page} />
      <History page={page} />
    </Page>
  );
}

function BeingMade({ percent }: { percent: number }) {
  const { t } = useTexts();
  return (
    <Notice kind="info" title={t('web.publications.files.being_made')}>
      <progress
        max={100}
        {...(percent > 0 ? { value: percent } : {})}
        aria-label={t('web.publications.files.progress')}
      />
      <p className="small">
        {percent > 0
          ? t('web.publications.files.percent', { n: percent })
          : t('web.publications.files.in_turn')}
      </p>
    </Notice>
  );
}

function History({ page }: { page: PublicationAnswer }) {
  const { t, date } = useTexts();
  if (page.steps.length === 0) return null;
  const several = page.steps.some((step) => step.edition > 1);
  return (
    <section className="card stack" aria-labelledby="history">
      <div className="row spread">
        <h2 id="history">{t('web.publications.history')}</h2>
        <span className="small quiet">{t('web.case_page.newest')}</span>
      </div>
      <ol className="timeline">
        {[...page.steps].reverse().map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <li key={at}>
            <article className="stack close">
              <h3>{step.title}</h3>
              <p className="small quiet">
                {[
                  step.on ? date(step.on) : '',
                  step.actor_name,
                  several ? t('web.publications.edition', { n: step.edition }) : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {step.text ? <p>{step.text}</p> : null}
            </article>
          </li>
        ))}
      </ol>
    </section>
  );
}
