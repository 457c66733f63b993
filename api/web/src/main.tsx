import '@fontsource/source-sans-3/latin-400.css';
import '@fontsource/source-sans-3/latin-600.css';
import '@fontsource/source-sans-3/latin-ext-400.css';
import '@fontsource/source-sans-3/latin-ext-600.css';
import '~/theme/theme.css';
import '~/theme/appearance';
import { createRoot } from 'react-dom/client';
import { look_again } from '~/api/session';
import { Application } from '~/application';
import { come_back } from '~/device/coming_back';
import { pages } from '~/pages';
import { first_language, speak } from '~/texts/texts';

const root = document.getElementById('root');
if (!root) throw new Error('no #root');
// The page that is gone to is on its way meanwhile.
void pages
  .find((row) => row.path === location.pathname)
  ?.load()
  .catch(() => undefined);
// What it says and who is here are asked for at the same time; without an answer the frame says so.
void Promise.all([
  speak(first_language()),
  look_again().catch(() => come_back().catch(() => undefined)),
]).then(() => createRoot(root).render(<Application />));
