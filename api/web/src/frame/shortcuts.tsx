// Keys that do something, registered by whoever is on the screen and listed by "?". Single keys are for
// when nothing is being typed, and can be switched off (WCAG 2.1.4); ones with Control or Alt work always.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react';
import { Dialog } from '~/components/dialog';
import { observed, useObserved } from '~/observed';
import { useTexts } from '~/texts/texts';

interface Shortcut {
  keys: string; // "n", "g w" one after the other, "ctrl+enter"
  text: string;
  run: () => void;
}
type Registry = Map<symbol, Shortcut>;
const Shortcuts = createContext<Registry>(new Map());

const memory_key = 'vastine.single-keys';
const sequence_ms = 1200;

export const single_keys = observed(localStorage.getItem(memory_key) !== 'off');
export function use_single_keys(on: boolean) {
  if (on) localStorage.removeItem(memory_key);
  else localStorage.setItem(memory_key, 'off');
  single_keys.set(on);
}

// Works for as long as the component is on the screen.
export function useShortcut(keys: string, text: string, run: () => void) {
  const registry = useContext(Shortcuts);
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!keys) return;
    const id = Symbol(keys);
    registry.set(id, { keys, text, run: () => latest.current() });
    return () => void registry.delete(id);
  }, [registry, keys, text]);
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type));

function pressed(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  return `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo<Registry>(() => new Map(), []);
  useEffect(() => {
    let before = '';
    let at = 0;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const key = pressed(event);
      const single = !/^(ctrl|alt)\+/.test(key);
      if (single && (typing(event.target) || !single_keys.get())) return;
      const sequence = event.timeStamp - at < sequence_ms && before ? `${before} ${key}` : '';
      const all = [...registry.values()].reverse();
      const found = all.find((one) => one.keys === sequence) ?? all.find((one) => one.keys === key);
      before = found ? '' : key;
      at = event.timeStamp;
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [registry]);
  return <Shortcuts value={registry}>{children}</Shortcuts>;
}

const help_open = observed(false);
export const show_shortcuts = () => help_open.set(true);

export function ShortcutHelp() {
  const { t } = useTexts();
  const registry = useContext(Shortcuts);
  const on = useObserved(single_keys);
  const open = useObserved(help_open);
  useShortcut('?', t('web.shortcuts.help'), show_shortcuts);
  if (!open) return null;
  const all = [...registry.values()].sort((a, b) => a.keys.localeCompare(b.keys));
  return (
    <Dialog title={t('web.shortcuts.title')} close={() => help_open.set(false)}>
      <dl className="shortcut-list">
        {all.map((one) => (
          <Row key={one.keys} keys={one.keys} text={one.text} />
        ))}
      </dl>
      <p className="small quiet">{t('web.shortcuts.about')}</p>
      <p>
        <button type="button" className="plain-button" onClick={() => use_single_keys(!on)}>
          {on ? t('web.shortcuts.off') : t('web.shortcuts.on')}
        </button>
      </p>
    </Dialog>
  );
}

function Row({ keys, text }: { keys: string; text: string }) {
  const { t } = useTexts();
  return (
    <>
      <dt>
        {keys.split(' ').map((key, index) => (
          <span key={key}>
            {index > 0 ? ` ${t('web.shortcuts.then')} ` : null}
            <kbd>{key.replace('ctrl+', 'Ctrl + ').replace('alt+', 'Alt + ').replace('enter', 'Enter')}</kbd>
          </span>
        ))}
      </dt>
      <dd>{text}</dd>
    </>
  );
}
