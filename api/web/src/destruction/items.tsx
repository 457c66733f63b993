// The items of a list, or of what a list would be: grouped by what becomes of them, each with its reasons.
import '~/components/data_table.css';
import { useState } from 'react';
import { Link } from 'wouter';
import { DataTable } from '~/components/data_table';
import { fates, type ListedItem } from '~/destruction/destruction';
import { kind_texts, path_of_case } from '~/reference/kinds';
import { useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const shown_first = 25;

export function Items({
  items,
  action,
}: {
  items: ListedItem[];
  action?: (item: ListedItem) => { label: string; choose: () => void } | undefined;
}) {
  const { t } = useTexts();
  if (items.length === 0) return <p className="card">{t('web.destruction.nothing')}</p>;
  return fates.map(([of, title, text]) => {
    const own = items.filter((item) => of.includes(item.fate));
    return own.length > 0 ? (
      <section key={title} className="card stack" aria-labelledby={title}>
        <h2 id={title}>
          {t(title)} ({own.length})
        </h2>
        <p className="small quiet">{t(text)}</p>
        <Group title={t(title)} items={own} action={action} />
      </section>
    ) : null;
  });
}

function Group({
  title,
  items,
  action,
}: {
  title: string;
  items: ListedItem[];
  action: ((item: ListedItem) => { label: string; choose: () => void } | undefined) | undefined;
}) {
  const { t } = useTexts();
  const [all, set_all] = useState(false);
  const shown = all ? items : items.slice(0, shown_first);
  const acts = action && shown.some((item) => action(item));
  return (
    <>
      <DataTable
        caption={title}
        rows={shown}
        row_key={(item) => item.item_id}
        columns={[
          { head: t('web.destruction.item'), cell: (item) => <ItemName item={item} /> },
          { head: t('web.destruction.why'), cell: (item) => <Why item={item} /> },
          ...(acts
            ? [
                {
                  head: t('web.destruction.action'),
                  cell: (item: ListedItem) => {
                    const possible = action(item);
                    return possible ? (
                      <button type="button" className="plain-button" onClick={possible.choose}>
                        {possible.label}
                        <span className="out-of-sight"> {item.item_id}</span>
                      </button>
                    ) : null;
                  },
                },
              ]
            : []),
        ]}
      />
      {items.length > shown.length ? (
        <p>
          <button type="button" className="plain-button" onClick={() => set_all(true)}>
            {t('web.destruction.show_all', { n: items.length })}
          </button>
        </p>
      ) : null}
    </>
  );
}

export function ItemName({ item }: { item: ListedItem }) {
  const { t } = useTexts();
  const codes = useCodes();
  const kind = kind_texts[item.subject];
  const name = kind ? t(kind) : codes.label('retention_subject', item.subject);
  // A case by the beginning of its id, which is all that stays of it; a log by its month.
  const short = kind ? item.item_id.slice(0, 8) : item.item_id.slice(-7);
  return (
    <>
      {item.may_open ? <Link href={path_of_case(item.subject, item.item_id)}>{name}</Link> : name}
      <span className="small quiet block">{short}</span>
    </>
  );
}

function Why({ item }: { item: ListedItem }) {
  const { t } = useTexts();
  return (
    <div className="stack close small">
      {item.why.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {item.reason ? <p>{t('web.destruction.reason_given', { reason: item.reason })}</p> : null}
    </div>
  );
}
