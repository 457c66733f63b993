// Light or dark: as the system says, until the person says otherwise. One attribute of the document.
import { observed } from '~/observed';

export type Appearance = 'system' | 'light' | 'dark';

const key = 'vastine.appearance';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function remembered(): Appearance {
  const value = localStorage.getItem(key);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export const appearance = observed<Appearance>(remembered());

// Paper is light.
let on_paper = false;

function show() {
  const chosen = appearance.get();
  const shown = on_paper ? 'light' : chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen;
  document.documentElement.dataset.appearance = shown;
  document.documentElement.style.colorScheme = shown;
}

export function choose_appearance(chosen: Appearance) {
  if (chosen === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, chosen);
  appearance.set(chosen);
}

dark.addEventListener('change', show);
for (const [event, begins] of [
  ['beforeprint', true],
  ['afterprint', false],
] as const)
  window.addEventListener(event, () => {
    on_paper = begins;
    show();
  });
appearance.subscribe(show);
show();
