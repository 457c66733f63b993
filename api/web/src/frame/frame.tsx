// What stands around every page: the way past it, the header, the navigation, the page itself.
import '~/frame/frame.css';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { call, reached } from '~/api/client';
import { listen, stop_listening } from '~/api/live_updates';
import { queries } from '~/api/reading';
import { has_role, roles_of, type Session, session_now, sign_out } from '~/api/session';
import { Waiting } from '~/components/loaded';
import { Faulty } from '~/frame/faulty';
import { LanguageChoice } from '~/frame/language_choice';
import { NotFoundPage } from '~/frame/not_found_page';
import { PageHelp } from '~/frame/page';
import { ShortcutHelp, ShortcutsProvider, show_shortcuts, useShortcut } from '~/frame/shortcuts';
import { useObserved } from '~/observed';
import { in_navigation, type PageRow, pages } from '~/pages';
import { role_texts } from '~/reference/roles';
import { SearchBox, search_path } from '~/search/search_box';
import { type PlainTextId, useTexts } from '~/texts/texts';

const ContactDesk = lazy(() => import('~/contacts/contact_desk'));
const none: PlainTextId[] = [];
const lazy_pages = new Map(pages.map((row) => [row, lazy(row.load)]));

export function Frame({ session }: { session: Session }) {
  const { t } = useTexts();
  const own = useMemo(
    () => pages.filter((row) => row.roles === undefined || has_role(session, ...row.roles)),
    [session],
  );
  useEffect(() => {
    if (!has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'UNIT_HEAD')) return;
    listen();
    return stop_listening;
  }, [session]);
  const [desk_place, set_desk_place] = useState<HTMLElement | null>(null);
  const first = own.find((row) => in_navigation(row, session)) ?? own[0];
  return (
    <ShortcutsProvider>
      <a className="skip-link" href="#main">
        {t('web.frame.skip')}
      </a>
      <Header session={session} own={own} desk_place={set_desk_place} />
      <Away />
      <main id="main" tabIndex={-1}>
        <Switch>
          <Route path="/">{first ? <Redirect to={first.path} replace /> : null}</Route>
          {own.map((row) => {
            const Shown = lazy_pages.get(row);
            return (
              <Route key={row.path} path={row.path}>
                {(params) => (
                  <Faulty key={row.path}>
                    <Suspense fallback={<Waiting />}>
                      <PageHelp value={row.help ?? none}>
                        {Shown ? <Shown params={params as Record<string, string>} /> : null}
                      </PageHelp>
                    </Suspense>
                  </Faulty>
                )}
              </Route>
            );
          })}
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </main>
      {own.map((row) => (row.shortcut ? <GoTo key={row.path} row={row} /> : null))}
      {desk_place && has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN') ? (
        <Suspense fallback={null}>
          <ContactDesk session={session} place={desk_place} />
        </Suspense>
      ) : null}
      <ShortcutHelp />
    </ShortcutsProvider>
  );
}

const ask_again_ms = 3000;

// The server does not answer: what is on the page may be old. It is asked again until it does, and then for
// everything on the page.
function Away() {
  const { t } = useTexts();
  const away = !useObserved(reached);
  useEffect(() => {
    if (!away) return;
    const timer = setInterval(
      () => void call('get', '/api/v1/session', {}).catch(() => undefined),
      ask_again_ms,
    );
    return () => {
      clearInterval(timer);
      void queries.invalidateQueries({ predicate: ({ meta }) => !meta?.by_hand });
    };
  }, [away]);
  return (
    <div role="status" className="on-screen">
      {away ? <p className="away">{t('web.frame.away')}</p> : null}
    </div>
  );
}

function GoTo({ row }: { row: PageRow }) {
  const { t } = useTexts();
  const [, go] = useLocation();
  useShortcut(row.shortcut ?? '', t(row.title), () => go(row.path));
  return null;
}

function Header({
  session,
  own,
  desk_place,
}: {
  session: Session;
  own: PageRow[];
  desk_place: (place: HTMLElement | null) => void; // where an ombudsman has the next contact at hand
}) {
  const { t } = useTexts();
  const [location] = useLocation();
  const [open, set_open] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu
  useEffect(() => set_open(false), [location]);
  const shown = own.filter((row) => in_navigation(row, session));
  // The longest: what stands below another page is not that page.
  const current = shown
    .filter((row) => location === row.path || location.startsWith(`${row.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return (
    <header className="header on-screen">
      <div className="header-bar">
        <Link className="wordmark" href="/">
          <Mark />
          Vastine
        </Link>
        <div className="desk-place" ref={desk_place} />
        {own.some((row) => row.path === search_path) ? <SearchBox /> : null}
        <button
          type="button"
          className="menu-button"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => set_open(!open)}
        >
          {t('web.frame.menu')}
        </button>
        <div className="header-end">
          <LanguageChoice />
          <Account session={session} own={own} />
        </div>
      </div>
      <nav
        id="menu"
        className={open ? 'navigation open' : 'navigation'}
        aria-label={t('web.frame.navigation')}
      >
        <ul>
          {shown.map((row) => (
            <li key={row.path}>
              <Link href={row.path} aria-current={row === current ? 'page' : undefined}>
                {t(row.title)}
              </Link>
            </li>
          ))}
        </ul>
        <div className="navigation-end">
          <LanguageChoice />
          <p className="quiet">{session.name}</p>
          <AccountPages own={own} />
          <ShowShortcuts />
          <button type="button" className="plain-button" onClick={() => void sign_out()}>
            {t('web.frame.sign_out')}
          </button>
        </div>
      </nav>
    </header>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--brand-base)" />
      <path d="M7 9.5l7 14h4l7-14h-4.4L16 18.9 11.4 9.5z" fill="var(--white-base)" />
    </svg>
  );
}

function AccountPages({ own }: { own: PageRow[] }) {
  const { t } = useTexts();
  const session = session_now();
  return own
    .filter((row) => row.in_account_menu && !(session && in_navigation(row, session)))
    .map((row) => (
      <Link key={row.path} href={row.path}>
        {t(row.title)}
      </Link>
    ));
}

function ShowShortcuts() {
  const { t } = useTexts();
  return (
    <button type="button" className="plain-button" onClick={show_shortcuts}>
      {t('web.shortcuts.title')}
    </button>
  );
}

// Name, and what one does with one's own account. Closes with Escape and when one goes elsewhere.
function Account({ session, own }: { session: Session; own: PageRow[] }) {
  const { t } = useTexts();
  return (
    <Disclosure name={session.name}>
      <p className="small quiet">
        {roles_of(session)
          .map((role) => t(role_texts[role]))
          .join(', ')}
      </p>
      <AccountPages own={own} />
      <ShowShortcuts />
      <button type="button" className="plain-button" onClick={() => void sign_out()}>
        {t('web.frame.sign_out')}
      </button>
    </Disclosure>
  );
}

function Disclosure({ name, children }: { name: ReactNode; children: ReactNode }) {
  const [open, set_open] = useState(false);
  const [location] = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes it
  useEffect(() => set_open(false), [location]);
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) set_open(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
    };
  }, [open]);
  return (
    <div
      className="disclosure"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        set_open(false);
        button.current?.focus();
      }}
    >
      <button ref={button} type="button" aria-expanded={open} onClick={() => set_open(!open)}>
        {name}
        <span aria-hidden="true" className="chevron" />
      </button>
      {open ? <div className="disclosed">{children}</div> : null}
    </div>
  );
}
