// What the client may take away: proof that this was registered, and when. It holds when the case is destroyed.
import type { CasePageAnswer } from '~/case_page/case_page';
import { kind_paths } from '~/reference/kinds';
import { languages, useTexts } from '~/texts/texts';

// Each in its own language, for it is the client's that counts.
const names = { fi: 'Suomi', sv: 'Svenska', en: 'English' } as const;

export function ReceiptCard({ page }: { page: CasePageAnswer }) {
  const { t } = useTexts();
  const kind = kind_paths[page.row?.kind ?? ''];
  if (!kind) return null;
  const address = `/api/v1/${kind}/${page.row?.case_id}/receipt`;
  return (
    <section className="card stack on-screen" aria-labelledby="receipt">
      <h2 id="receipt">{t('web.receipt.title')}</h2>
      <p>{t('web.receipt.about')}</p>
      <ul>
        {languages.map((one) => (
          <li key={one}>
            <span lang={one}>{names[one]}</span>:{' '}
            <a href={`${address}?format=pdf&lang=${one}`} aria-label={`PDF, ${names[one]}`} download>
              PDF
            </a>{' '}
            ·{' '}
            <a
              href={`${address}?format=text&lang=${one}`}
              aria-label={`${t('web.receipt.text')}, ${names[one]}`}
              download
            >
              {t('web.receipt.text')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
