// The next version of a code set, whole: earlier ones stay readable for earlier dates. A code that ends says
// which ones go on in its place, so that figures can be followed over the change.
import '~/administration/administration.css';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import { NameFields, no_names } from '~/administration/name_fields';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { Validity } from '~/administration/validity';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { Checks } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { type Code, type CodeSet, today, useNames } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const list = '/administration/codes';

export default function CodeSetPage({ params }: { params: Record<string, string> }) {
  const { t, tn } = useTexts();
  const name = useNames();
  const reading = useRead('/api/v1/reference/codes', {});
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.codes.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.codes.single')}>
        {({ code_sets, version }) => {
          const last = code_sets.filter((set) => set.given?.code_set === params.id).at(-1);
          return (
            <Page
              title={last?.given ? name(last.given.name, last.given.code_set) : t('web.not_found.title')}
              lead={last ? tn('web.codes.next_version', last.version) : ''}
            >
              {last?.given ? <CodeSetForm last={last.given} version={version} /> : null}
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

// As two sets are compared: each code under its own name, those that are new here apart.
interface Compared {
  valid_from: string;
  codes: Record<string, Code>;
  added: Code[];
}
const compared = (last: CodeSet): Compared => ({
  valid_from: last.valid_from > today() ? last.valid_from : today(),
  codes: Object.fromEntries(last.codes.map((code) => [code.code, code])),
  added: [],
});
const codes_of = ({ codes, added }: Compared): Code[] => [
  ...Object.values(codes),
  ...added.filter((one) => !(one.code in codes)),
];

function CodeSetForm({ last, version }: { last: CodeSet; version: string }) {
  const { t } = useTexts();
  const name = useNames();
  const draft = useDraft(compared(last));
  const { valid_from, added } = draft.mine;
  const codes = codes_of(draft.mine);
  const known = new Set(Object.keys(draft.mine.codes));
  const save = useSaving('/api/v1/reference/codes/code-sets', { version }, list);
  const change = (at: number, changed: Partial<Code>) => {
    const code = { ...codes[at], ...changed } as Code;
    const in_added = at - known.size;
    if (in_added >= 0) draft.set({ added: added.map((one, index) => (index === in_added ? code : one)) });
    else draft.set({ codes: { ...draft.mine.codes, [code.code]: code } });
  };
  const add = () =>
    draft.set({
      added: [
        ...added,
        {
          code: '',
          name: no_names,
          national_code: '',
          valid_from,
          valid_until: '',
          successors: [],
          applies_to: [],
        },
      ],
    });
  const name_of = (code: string) => name(codes.find((one) => one.code === code)?.name, code);
  return (
    <SavedForm
      save={save}
      draft={draft}
      back={list}
      body_of={(mine) => ({
        code_set: last.code_set,
        name: last.name,
        valid_from: mine.valid_from,
        codes: codes_of(mine),
      })}
      labels={{ valid_from: t('web.codes.valid_from'), codes: t('web.codes.codes') }}
      said={([of, , field], value) =>
        of === 'codes' && field === 'successors' ? (value as string[]).map(name_of).join(', ') : undefined
      }
    >
      <DateField
        name="valid_from"
        label={t('web.codes.valid_from')}
        value={valid_from}
        change={(from) => draft.set({ valid_from: from })}
        required
      />
      <div className="code-list">
        {codes.map((code, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a code's place is its name in the server's words
          <details key={at} className="code" open={!known.has(code.code)}>
            <summary>
              {name(code.name, code.code || t('web.codes.new'))}{' '}
              <Validity from={code.valid_from} until={code.valid_until} />
            </summary>
            <div className="stack">
              {known.has(code.code) ? (
                <p className="small quiet">
                  {t('web.administration.id')}: <code>{code.code}</code>
                </p>
              ) : (
                <TextField
                  name={`codes[${at}].code`}
                  label={t('web.administration.id')}
                  value={code.code}
                  change={(value) => change(at, { code: value })}
                  required
                  spellCheck={false}
                />
              )}
              <NameFields
                name={`codes[${at}].name`}
                value={code.name ?? no_names}
                change={(names) => change(at, { name: names })}
              />
              <div className="field-pair">
                <DateField
                  name={`codes[${at}].valid_from`}
                  label={t('web.administration.valid_from')}
                  value={code.valid_from}
                  change={(value) => change(at, { valid_from: value })}
                />
                <DateField
                  name={`codes[${at}].valid_until`}
                  label={t('web.administration.valid_until')}
                  value={code.valid_until}
                  change={(value) => change(at, { valid_until: value })}
                />
                <TextField
                  name={`codes[${at}].national_code`}
                  label={t('web.codes.national_code')}
                  value={code.national_code}
                  change={(value) => change(at, { national_code: value })}
                />
              </div>
              {code.valid_until ? (
                <Checks
                  name={`codes[${at}].successors`}
                  label={t('web.codes.successors')}
                  hint={t('web.codes.successors_hint')}
                  value={code.successors}
                  change={(successors) => change(at, { successors })}
                  options={codes
                    .filter((one) => one.code && one.code !== code.code)
                    .map((one) => ({ value: one.code, label: name(one.name, one.code) }))}
                />
              ) : null}
            </div>
          </details>
        ))}
      </div>
      <div>
        <Button variant="secondary" onClick={add}>
          {t('web.codes.add')}
        </Button>
      </div>
    </SavedForm>
  );
}
