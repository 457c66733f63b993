// Every version of a text, newest first: who wrote it when, what it changed, and a way to take it up again.
import { useEffect, useState } from 'react';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { Changes } from '~/publications/meeting';
import { useColleagues } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function TextVersions({
  id,
  section,
  language,
  now,
  restore,
  newest,
}: {
  id: string;
  section: string;
  language: string;
  now: string;
  restore?: (markdown: string) => void;
  newest?: (version: number, taken_out: boolean) => void;
}) {
  const { t, tn, moment } = useTexts();
  const people = useColleagues();
  const [shown, set_shown] = useState(0);
  const reading = useRead('/api/v1/publications/{id}/texts/{section}/{language}', {
    path: { id, section, language },
  });
  const versions = reading.data?.versions ?? [];
  const last = versions[0];
  useEffect(() => newest?.(last?.version ?? 0, last?.markdown === ''));
  if (reading.data && versions.length === 0) return null;
  return (
    <details>
      <summary>
        {reading.data ? tn('web.publications.versions', versions.length) : t('web.loading.text')}
      </summary>
      <Loaded reading={reading}>
        {() => (
          <ol className="versions">
            {versions.map((one, at) => (
              <li key={one.version} className="stack close">
                <p>
                  {t('web.publications.version', {
                    n: one.version,
                    who: people.name_of(one.written_by),
                    when: one.written_at ? moment(one.written_at) : '',
                  })}
                </p>
                <div className="row">
                  <button
                    type="button"
                    className="plain-button"
                    aria-expanded={shown === one.version}
                    onClick={() => set_shown(shown === one.version ? 0 : one.version)}
                  >
                    {shown === one.version
                      ? t('web.publications.version_hide')
                      : t('web.publications.version_show')}
                  </button>
                  {restore && one.markdown !== now ? (
                    <button type="button" className="plain-button" onClick={() => restore(one.markdown)}>
                      {t('web.publications.version_restore', { n: one.version })}
                    </button>
                  ) : null}
                </div>
                {shown === one.version ? (
                  <>
                    <p className="read-text version-text" lang={language}>
                      {one.markdown || t('web.publications.version_empty')}
                    </p>
                    <Changes before={versions[at + 1]?.markdown ?? ''} after={one.markdown} lang={language} />
                  </>
                ) : null}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </details>
  );
}
