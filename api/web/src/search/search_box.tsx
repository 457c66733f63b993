// The way to a search from anywhere: a field in the header where there is room for one, a sign elsewhere, and
// one key. On the page of results its own field takes their place.
import '~/search/search_box.css';
import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useShortcut } from '~/frame/shortcuts';
import { search_for } from '~/search/searched';
import { useTexts } from '~/texts/texts';

export const search_path = '/search';

export function SearchBox() {
  const { t } = useTexts();
  const [location, go] = useLocation();
  const [typed, set_typed] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const here = location === search_path;
  useShortcut(here ? '' : '/', t('web.search.title'), () => {
    if (input.current?.offsetParent) input.current.select();
    else go(search_path);
  });
  if (here) return <div className="search-box" />;
  return (
    <search className="search-box">
      <form
        className="search-form"
        onSubmit={(event) => {
          event.preventDefault();
          search_for(typed);
          set_typed('');
          go(search_path);
        }}
      >
        <SearchInput
          label={t('web.search.short')}
          label_hidden
          value={typed}
          change={set_typed}
          input={input}
        />
        <button type="submit" className="search-button" aria-label={t('web.search.send')}>
          <Magnifier />
        </button>
      </form>
      <Link
        href={search_path}
        className="search-link"
        aria-label={t('web.search.title')}
        onClick={() => search_for('')}
      >
        <Magnifier />
      </Link>
    </search>
  );
}

// A browser is not to remember what is typed here, nor to send it to anybody who checks spelling.
export function SearchInput({
  label,
  label_hidden = false,
  value,
  change,
  input,
  wrong,
  key_down,
}: {
  label: string;
  label_hidden?: boolean; // then it stands in the field while that is empty
  value: string;
  change: (value: string) => void;
  input: React.Ref<HTMLInputElement>;
  wrong?: string | undefined; // id of what says why
  key_down?: (event: React.KeyboardEvent) => void;
}) {
  return (
    <label className="search-input">
      <span className={label_hidden ? 'out-of-sight' : undefined}>{label}</span>
      <input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        placeholder={label_hidden ? label : undefined}
        value={value}
        aria-keyshortcuts="/"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={key_down}
      />
    </label>
  );
}

function Magnifier() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true" focusable="false">
      <circle cx="10.5" cy="10.5" r="6.5" fill="none" stroke="currentcolor" strokeWidth="2.2" />
      <path d="M15.4 15.4l5.1 5.1" stroke="currentcolor" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
