// The way of a publication as a line: what is done, by whom and when, what comes next, what may be left out.
import { event_of_step, type PublicationAnswer, step_texts } from '~/publications/publication';
import { useTexts } from '~/texts/texts';

export interface Stop {
  path: string;
  taken: boolean;
  required: boolean;
}

// The draft and the steps after it, and which of them comes next.
export function stops_of(page: PublicationAnswer): { stops: Stop[]; next: string } {
  const stops = [
    { path: 'draft', taken: page.way[0]?.taken ?? false, required: true },
    ...page.way.map(({ path, taken, required }) => ({ path, taken, required })),
  ];
  const last_required = stops.findLastIndex((stop) => stop.taken && stop.required);
  const next = stops.find((stop, at) => at > last_required && stop.required && !stop.taken)?.path ?? '';
  return { stops, next: next === 'draft' ? 'sign' : next };
}

export function Way({ page }: { page: PublicationAnswer }) {
  const { t, date } = useTexts();
  const row = page.row;
  if (!row || page.way.length === 0) return null;
  const { stops, next } = stops_of(page);
  const abandoned = row.stage === 'publication.stage.abandoned';
  const taken_as = (path: string) =>
    page.steps.filter((step) => step.what === event_of_step[path] && step.edition === row.edition).at(-1);
  return (
    <section className="card way-card" aria-labelledby="way">
      <h2 id="way" className="out-of-sight">
        {t('web.publications.way')}
      </h2>
      <ol className="way">
        {stops.map((stop) => {
          const step = stop.taken ? taken_as(stop.path) : undefined;
          const state = stop.taken
            ? 'taken'
            : !abandoned && stop.path === (next === 'sign' ? 'draft' : next)
              ? 'next'
              : 'later';
          const name = step_texts[stop.path];
          return (
            <li key={stop.path} className={state} aria-current={state === 'next' ? 'step' : undefined}>
              <span className="way-name">{name ? t(name) : stop.path}</span>
              <span className="small quiet">
                {step
                  ? [step.on ? date(step.on) : '', step.actor_name].filter(Boolean).join(', ')
                  : stop.taken
                    ? t('web.publications.way.done')
                    : state === 'next' && stop.path === 'draft'
                      ? t('web.publications.way.being_written')
                      : stop.path === next && !abandoned
                        ? t('web.publications.way.next')
                        : stop.required
                          ? ''
                          : t('web.publications.way.optional')}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
