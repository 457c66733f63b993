// Examples are composed, never copied from a case: a second person confirms that nobody can be known in one.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { session_now } from '~/api/session';
import { ButtonAbout } from '~/components/button_about';
import { Dialog } from '~/components/dialog';
import { SelectField } from '~/forms/select_field';
import { CommandForm, useCommandName } from '~/publications/command_form';
import {
  type Example,
  language_texts,
  languages_of,
  type PublicationAnswer,
  type Words,
} from '~/publications/publication';
import { WordsFields } from '~/publications/words_fields';
import { useCodes, useColleagues } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Doing =
  | { command: 'examples' }
  | { command: 'change-example' | 'confirm-example' | 'withdraw-example'; of: Example };

export function Examples({ page }: { page: PublicationAnswer }) {
  const { t } = useTexts();
  const [doing, set_doing] = useState<Doing>();
  const may_write = page.possible.includes('examples');
  if (page.examples.length === 0 && !may_write) return null;
  return (
    <section className="card stack" aria-labelledby="examples">
      <h2 id="examples">{t('web.publications.examples')}</h2>
      <p className="small quiet">{t('web.publications.examples.text')}</p>
      {page.examples.length === 0 ? <p className="quiet">{t('web.publications.examples.none')}</p> : null}
      <ul className="items">
        {page.examples.map((example) => (
          <OneExample key={example.example_id} page={page} example={example} act={set_doing} />
        ))}
      </ul>
      {may_write ? (
        <div>
          <Button variant="secondary" onClick={() => set_doing({ command: 'examples' })}>
            {t('web.publications.examples.add')}
          </Button>
        </div>
      ) : null}
      {doing ? <Acting page={page} doing={doing} close={() => set_doing(undefined)} /> : null}
    </section>
  );
}

function OneExample({
  page,
  example,
  act,
}: {
  page: PublicationAnswer;
  example: Example;
  act: (doing: Doing) => void;
}) {
  const { t } = useTexts();
  const codes = useCodes();
  const people = useColleagues();
  const drafting = page.possible.includes('change-example');
  const own = example.composed_by === session_now()?.user_id;
  return (
    <li className="stack close">
      <p className="item-head">
        <strong>{t('web.publications.example', { n: example.example_id })}</strong>
        <span className="small quiet">{codes.label('report_section', example.section)}</span>
        {example.confirmed_by ? (
          <span className="tag">
            ✓ {t('web.publications.confirmed_by', { who: people.name_of(example.confirmed_by) })}
          </span>
        ) : (
          <span className="tag ending">{t('web.publications.unconfirmed')}</span>
        )}
      </p>
      <InAllLanguages words={example.text} languages={languages_of(page.row ?? { languages: [] })} />
      <p className="small quiet">
        {t('web.publications.composed_by', { who: people.name_of(example.composed_by) })}
      </p>
      {drafting ? (
        <div className="row on-screen">
          {example.may_confirm ? (
            <Button variant="secondary" onClick={() => act({ command: 'confirm-example', of: example })}>
              {t('web.publications.confirm')}
            </Button>
          ) : !example.confirmed_by && own ? (
            <span className="small quiet">{t('web.publications.confirm_by_another')}</span>
          ) : null}
          <ButtonAbout
            text={t('web.publications.change')}
            what={t('web.publications.example', { n: example.example_id })}
            press={() => act({ command: 'change-example', of: example })}
          />
          <ButtonAbout
            text={t('web.publications.take_out')}
            what={t('web.publications.example', { n: example.example_id })}
            press={() => act({ command: 'withdraw-example', of: example })}
          />
        </div>
      ) : null}
    </li>
  );
}

export function InAllLanguages({
  words,
  languages,
}: {
  words: Words | undefined;
  languages: ('fi' | 'sv' | 'en')[];
}) {
  const { t } = useTexts();
  return (
    <dl className="in-languages">
      {languages.map((language) => (
        <div key={language}>
          <dt>{t(language_texts[language])}</dt>
          <dd lang={words?.[language] ? language : undefined}>
            {words?.[language] || <span className="lacking">{t('web.publications.lacking')}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Acting({ page, doing, close }: { page: PublicationAnswer; doing: Doing; close: () => void }) {
  const { t, named } = useTexts();
  const name_of = useCommandName();
  const codes = useCodes();
  const languages = languages_of(page.row ?? { languages: [] });
  // As it stands now: somebody may have changed it since the dialog was opened.
  const of =
    'of' in doing
      ? (page.examples.find((one) => one.example_id === doing.of.example_id) ?? doing.of)
      : undefined;
  const form = {
    id: page.row?.publication_id ?? '',
    command: doing.command,
    version: page.version,
    languages,
    close,
    done: close,
  };
  if (!of)
    return (
      <Dialog title={name_of('examples')} close={close} wide>
        <CommandForm
          {...form}
          known={{ section: '', text: {} }}
          lead={<p>{t('web.publications.examples.lead')}</p>}
          fields={(value, change) => (
            <>
              <SelectField
                name="section"
                label={named('label.section')}
                value={String(value.section ?? '')}
                none={t('web.case.choose')}
                change={(section) => change({ section })}
                options={page.sections.map((section) => ({
                  value: section,
                  label: codes.label('report_section', section),
                }))}
                required
              />
              <WordsFields
                name="text"
                label={named('label.text')}
                value={(value.text ?? {}) as Words}
                change={(text) => change({ text })}
                languages={languages}
                required
              />
            </>
          )}
        />
      </Dialog>
    );
  const words = <InAllLanguages words={of.text} languages={languages} />;
  return (
    <Dialog
      title={t('web.publications.of_example', { step: name_of(doing.command), n: of.example_id })}
      close={close}
      wide
    >
      <CommandForm
        {...form}
        about={of.example_id}
        known={{
          example_id: of.example_id,
          ...(doing.command === 'change-example' ? { text: of.text } : {}),
        }}
        without={['example_id']}
        changed={words}
        lead={
          doing.command === 'confirm-example' ? (
            <>
              <p>{t('web.publications.confirm.lead')}</p>
              {words}
            </>
          ) : doing.command === 'withdraw-example' ? (
            words
          ) : (
            <p>{t('web.publications.examples.changed')}</p>
          )
        }
      />
    </Dialog>
  );
}
