// Names as they stand on a page: one that lacks the page's language is marked with its own.
import { language_of, useAuthorities, useNames, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Named = { fi: string; sv: string; en: string } | undefined;

export function Name({ of, otherwise }: { of: Named; otherwise: string }) {
  const name = useNames();
  const { language } = useTexts();
  const lang = language_of(of, language);
  const words = name(of, otherwise);
  return lang ? <span lang={lang}>{words}</span> : words;
}

export function UnitName({ id }: { id: string }) {
  const units = useUnits();
  return <Name of={units.all.find((one) => one.unit_id === id)?.name} otherwise={id} />;
}

export function UnitNames({ ids }: { ids: string[] }) {
  return ids.map((id, at) => (
    <span key={id}>
      {at > 0 ? ', ' : ''}
      <UnitName id={id} />
    </span>
  ));
}

export function AuthorityName({ id }: { id: string }) {
  const authorities = useAuthorities();
  return <Name of={authorities.all.find((one) => one.authority_id === id)?.name} otherwise={id} />;
}
