// A figure for a text, found by any words of its table, row or column; it is put in by its name, so that it is
// right on the day the report is signed.
import { useState } from 'react';
import { Dialog } from '~/components/dialog';
import { Waiting } from '~/components/loaded';
import type { Figure } from '~/publications/figures';
import { useTexts } from '~/texts/texts';

const shown_at_most = 40;

export function FigureChoice({
  figures,
  ready,
  choose,
  close,
}: {
  figures: Figure[];
  ready: boolean;
  choose: (name: string) => void;
  close: () => void;
}) {
  const { t, tn } = useTexts();
  const [sought, set_sought] = useState('');
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const found = figures.filter((figure) => {
    const text = `${figure.table} ${figure.label} ${figure.name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <Dialog title={t('web.publications.figure.title')} close={close} wide>
      <p className="small quiet">{t('web.publications.figure.text')}</p>
      <label className="figure-search">
        <span>{t('web.publications.figure.search')}</span>
        <input
          type="search"
          value={sought}
          onChange={(event) => set_sought(event.currentTarget.value)}
          autoComplete="off"
        />
      </label>
      {ready ? null : <Waiting />}
      <p className="small quiet" role="status">
        {ready ? tn('web.publications.figure.found', found.length) : ''}
        {found.length > shown_at_most ? ` ${t('web.publications.figure.narrow')}` : ''}
      </p>
      <ul className="figure-list">
        {found.slice(0, shown_at_most).map((figure) => (
          <li key={figure.name}>
            <button type="button" onClick={() => choose(figure.name)}>
              <span>
                {figure.label}
                <span className="small quiet block">{figure.table}</span>
              </span>
              <strong>{figure.written}</strong>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
