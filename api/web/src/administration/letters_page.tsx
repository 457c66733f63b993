// Letters that are filled from a case: those in force, those to come, those taken out of use.
import { Link } from 'wouter';
import { Validity } from '~/administration/validity';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { kind_of_enumeration, kind_texts } from '~/reference/kinds';
import { Name } from '~/reference/names';
import { today, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export type Letters = AnswerOf<'/api/v1/reference/letters', 'get'>;
export type Letter = Letters['letters'][number];

// Of each template the version that counts: the newest, which may be one to come.
export function newest_letters({ letters, other_versions }: Letters): Letter[] {
  const newest = new Map<string, Letter>();
  for (const one of [...letters, ...other_versions]) {
    const id = one.given?.template_id ?? '';
    if (one.version >= (newest.get(id)?.version ?? 0)) newest.set(id, one);
  }
  return [...newest.values()];
}

export default function LettersPage() {
  const { t, tn } = useTexts();
  const codes = useCodes();
  const reading = useRead('/api/v1/reference/letters', {});
  return (
    <Page
      title={t('web.letter_templates.title')}
      lead={t('web.letter_templates.lead')}
      beside={
        <Link className="button-link" href="/administration/letters/new">
          {t('web.letter_templates.new')}
        </Link>
      }
    >
      <Loaded reading={reading}>
        {(letters) => (
          <DataTable
            caption={t('web.letter_templates.title')}
            rows={newest_letters(letters).sort(
              (a, b) => Number(a.given?.withdrawn) - Number(b.given?.withdrawn),
            )}
            row_key={({ given }) => given?.template_id ?? ''}
            columns={[
              {
                head: t('web.letter_templates.name'),
                cell: ({ given }) => (
                  <Link href={`/administration/letters/${encodeURIComponent(given?.template_id ?? '')}`}>
                    <Name of={given?.name} otherwise={given?.template_id ?? ''} />
                  </Link>
                ),
              },
              {
                head: t('web.letter_templates.letter'),
                cell: ({ given }) => codes.label('letter', given?.letter ?? ''),
              },
              {
                head: t('web.letter_templates.for_kinds'),
                cell: ({ given }) =>
                  (given?.for_kinds ?? [])
                    .map((kind) => t(kind_texts[kind_of_enumeration(kind)] ?? 'web.kind.contact'))
                    .join(', '),
              },
              {
                head: t('web.units.validity'),
                cell: ({ given, version }) => (
                  <>
                    <span className="small quiet">{tn('web.policies.version', version)}</span>{' '}
                    {given?.withdrawn && given.valid_from <= today() ? (
                      <span className="tag">{t('web.letter_templates.withdrawn')}</span>
                    ) : (
                      <Validity from={given?.valid_from ?? ''} until="" />
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
