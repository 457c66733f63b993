import '~/frame/frame.css';
import { type ReactNode, useEffect } from 'react';
import { Mark } from '~/frame/frame';
import { LanguageChoice } from '~/frame/language_choice';

// A page before the frame: one thing to do.
export function Entrance({
  title,
  below,
  children,
}: {
  title: string;
  below?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} – Vastine`;
  }, [title]);
  return (
    <div className="entrance">
      <header className="entrance-top">
        <span className="wordmark">
          <Mark />
          Vastine
        </span>
        <LanguageChoice />
      </header>
      <main className="entrance-middle">
        <div className="card stack">
          <h1>{title}</h1>
          {children}
        </div>
        {below ? <div className="quiet small">{below}</div> : null}
      </main>
    </div>
  );
}
