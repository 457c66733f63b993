// A report as the server has made it, read in its place on this page: behind a shadow root, so that neither's
// style touches the other, in this application's colours. The page holds words, tables and drawings; whatever
// else stood in it, scripts, frames and styles on elements, is left out before it is shown.
import { useLayoutEffect, useRef } from 'react';
import { Loaded } from '~/components/loaded';
import drawing_style from '~/figures/drawing.css?inline';
import own_style from '~/reports/report_reader.css?inline';
import { useReportText } from '~/reports/report_text';

export function ReportReader({ url }: { url: string }) {
  const reading = useReportText(url);
  return <Loaded reading={reading}>{(html) => <Shown html={html} />}</Loaded>;
}

const left_out = 'script, style, link, meta, base, iframe, object, embed, form, img, .skip';

interface Readable {
  body: HTMLElement;
  style: string;
  language: string;
}

// Styles are taken out of the text itself: even in a page that is only read, the parser would hold them against
// this application's policy.
const styles = /<style>([\s\S]*?)<\/style>/g;
const tags = /<[a-z][^<>]*>/gi;
const style_attribute = / style="[^"]*"/g;

function readable(html: string): Readable {
  const style = [...html.matchAll(styles)].map(([, text]) => text).join('\n');
  const bare = html.replace(styles, '').replace(tags, (tag) => tag.replace(style_attribute, ''));
  const page = new DOMParser().parseFromString(bare, 'text/html');
  for (const node of page.querySelectorAll(left_out)) node.remove();
  for (const node of page.body.querySelectorAll('*')) {
    for (const { name } of [...node.attributes]) {
      if (name.startsWith('on')) node.removeAttribute(name);
    }
  }
  // Its title stands above as the heading of this page, which has one main part already.
  page.querySelector('h1')?.remove();
  const body = document.createElement('div');
  body.className = 'report drawing';
  for (const node of [...page.body.childNodes]) {
    const held = document.importNode(node, true);
    if (held instanceof HTMLElement && held.localName === 'main') {
      const middle = document.createElement('div');
      middle.append(...held.childNodes);
      body.append(middle);
    } else {
      body.append(held);
    }
  }
  for (const link of body.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (link.getAttribute('href')?.startsWith('#')) continue;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  return {
    body,
    // The page's own rules, for what stands here in the place of the page.
    style: style.replace(/:root(?=[\s,{])/g, '.report').replace(/(^|[\s,{}])body(?=[\s,{])/g, '$1.report'),
    language: page.documentElement.lang,
  };
}

function sheet(text: string) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

function Shown({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const host = place.current;
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const { body, style, language } = readable(html);
    body.lang = language;
    // Addresses within the report lead to its own parts, which the page's address cannot name.
    body.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      const to = link && root.getElementById((link.getAttribute('href') ?? '').slice(1));
      if (!(to instanceof HTMLElement)) return;
      event.preventDefault();
      to.scrollIntoView();
      to.tabIndex = -1;
      to.focus({ preventScroll: true });
    });
    root.adoptedStyleSheets = [sheet(style), sheet(drawing_style), sheet(own_style)];
    root.replaceChildren(body);
    const colours = () =>
      body.classList.toggle('dark', document.documentElement.dataset.appearance === 'dark');
    colours();
    const watching = new MutationObserver(colours);
    watching.observe(document.documentElement, { attributeFilter: ['data-appearance'] });
    return () => watching.disconnect();
  }, [html]);
  return <div ref={place} className="report-place card" />;
}
