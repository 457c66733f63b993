// What an event holds, as its command gave it: each field under its label, codes and ids in words.
import { useMemo } from 'react';
import { field_contents } from '#generated/commands';
import { read_value } from '~/case_page/contents';
import { useAuthorities, useCodes, useColleagues, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Value = string | number | boolean | Value[] | { [name: string]: Value };
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

// What is said otherwise: the file by its links, a draft by where it stands.
const left_out = ['attachment', 'draft_id'];

export function EventDetails({ json }: { json: string }) {
  const given = useMemo(() => {
    const { given } = read_value(json) as { given?: { [name: string]: Value } };
    return Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => !left_out.includes(name)));
  }, [json]);
  return <Fields of={given} />;
}

// `bare`: without the names, where they stand beside.
export function Fields({ of, bare }: { of: { [name: string]: Value }; bare?: boolean }) {
  const { named } = useTexts();
  const say = useValue();
  const shown = Object.entries(of)
    .map(([name, value]) => ({ name, value, words: typeof value === 'object' ? '' : say(name, value) }))
    .filter(({ value, words }) => words !== '' || typeof value === 'object');
  if (shown.length === 0) return null;
  return (
    <dl className="facts">
      {shown.map(({ name, value, words }) => (
        <div key={name} className={typeof value === 'object' && !plain_list(value) ? 'nested' : undefined}>
          <dt className={bare ? 'out-of-sight' : undefined}>{named(`label.${name}`)}</dt>
          {Array.isArray(value) ? (
            plain_list(value) ? (
              <dd>{value.map((one) => say(name, one as string)).join(', ')}</dd>
            ) : (
              value.map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: of an event, which never changes
                <dd key={index}>
                  <Fields of={one as { [name: string]: Value }} />
                </dd>
              ))
            )
          ) : (
            <dd>{typeof value === 'object' ? <Fields of={value} /> : words}</dd>
          )}
        </div>
      ))}
    </dl>
  );
}

const plain_list = (value: Value) => Array.isArray(value) && value.every((one) => typeof one !== 'object');

function useValue() {
  const { t, date, moment, number } = useTexts();
  const units = useUnits();
  const people = useColleagues();
  const authorities = useAuthorities();
  const codes = useCodes();
  return (name: string, value: string | number | boolean): string => {
    if (typeof value === 'boolean') return value ? t('web.case_page.yes') : '';
    if (typeof value === 'number') return number(value);
    const contents = field_contents[name] ?? [];
    const sets = contents.filter((one) => one.startsWith('code:')).map((one) => one.slice(5));
    if (name === 'mother_tongue') return codes.label('language', value);
    if (contents.includes('date')) return date(value);
    if (contents.includes('date-time')) return moment(value);
    if (contents.includes('unit')) return units.name_of(value);
    if (contents.includes('authority')) return authorities.name_of(value);
    if (contents.includes('user') && uuid.test(value)) return people.name_of(value);
    if (sets.length > 0) return codes.label(sets, value);
    return uuid.test(value) ? '' : value;
  };
}
