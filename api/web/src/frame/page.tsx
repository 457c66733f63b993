// A page's heading. It takes the focus, so that a screen reader begins there, and names the tab. Nothing personal goes into the tab's name: browsers remember it.
import { createContext, type ReactNode, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { type PlainTextId, useTexts } from '~/texts/texts';

let shown_before = false;

// What the page's row says of it in pages.ts.
export const PageHelp = createContext<PlainTextId[]>([]);

function Help() {
  const { t } = useTexts();
  const sentences = useContext(PageHelp);
  if (sentences.length === 0) return null;
  return (
    <details className="page-help on-screen">
      <summary>{t('web.help.title')}</summary>
      <ul>
        {sentences.map((id) => (
          <li key={id}>{t(id)}</li>
        ))}
      </ul>
    </details>
  );
}

export function Page({
  title,
  tab_title,
  lead,
  beside,
  children,
}: {
  title: ReactNode;
  tab_title?: string; // when the heading is personal
  lead?: ReactNode;
  beside?: ReactNode; // buttons on the heading's line
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const named = tab_title ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = named ? `${named} – Vastine` : 'Vastine';
  }, [named]);
  useLayoutEffect(() => {
    // Unless somebody types already: into the header's field, or a dialog over the page.
    if (!document.activeElement?.matches('input, textarea, select'))
      heading.current?.focus({ preventScroll: true });
    if (shown_before) window.scrollTo(0, 0);
    shown_before = true;
  }, []);
  return (
    <div className="stack wide">
      <div className="row spread">
        <div className="stack close">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead ? <div className="quiet">{lead}</div> : null}
          <Help />
        </div>
        {beside ? <div className="row on-screen">{beside}</div> : null}
      </div>
      {children}
    </div>
  );
}
