// Markdown as it will look, with the figures that it names. Parsed to a tree and drawn from it: nothing of what
// is typed becomes markup. What a report drops (HTML, pictures, other addresses) is dropped here too.
import { fromMarkdown } from 'mdast-util-from-markdown';
import { Fragment, type ReactNode, useMemo } from 'react';
import { useTexts } from '~/texts/texts';

interface Tree {
  type: string;
  value?: string;
  alt?: string | null;
  url?: string;
  depth?: number;
  ordered?: boolean | null;
  start?: number | null;
  children?: Tree[];
}

const safe_address = /^(https:|mailto:)/i;

export function Markdown({
  text,
  lang,
  figure_of,
}: {
  text: string;
  lang: string;
  figure_of: (name: string) => string | undefined; // as it is written; undefined: the report has none
}) {
  const { t } = useTexts();
  const tree = useMemo(() => fromMarkdown(text) as unknown as Tree, [text]);
  const words = (value: string): ReactNode =>
    value.split(/(\{\{[^{}]*\}\})/).map((piece, at) => {
      const name = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(piece)?.[1];
      if (name === undefined) return piece;
      const written = figure_of(name);
      return written === undefined ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no name but their place
        <strong key={at} className="unknown-figure">
          {piece}
          <span className="out-of-sight"> {t('web.publications.figure.unknown')}</span>
        </strong>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no name but their place
        <span key={at} className="figure-in-text" title={name}>
          {written}
        </span>
      );
    });
  const inside = (of: Tree): ReactNode =>
    of.children?.map((child, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no name but their place
      <Fragment key={at}>{shown(child)}</Fragment>
    ));
  const shown = (of: Tree): ReactNode => {
    switch (of.type) {
      case 'paragraph':
        return <p>{inside(of)}</p>;
      case 'heading':
        return (of.depth ?? 1) === 1 ? <h4>{inside(of)}</h4> : <h5>{inside(of)}</h5>;
      case 'list':
        return of.ordered ? <ol start={of.start ?? 1}>{inside(of)}</ol> : <ul>{inside(of)}</ul>;
      case 'listItem':
        return <li>{inside(of)}</li>;
      case 'blockquote':
        return <blockquote>{inside(of)}</blockquote>;
      case 'strong':
        return <strong>{inside(of)}</strong>;
      case 'emphasis':
        return <em>{inside(of)}</em>;
      case 'link':
        return safe_address.test(of.url ?? '') ? (
          <a href={of.url} target="_blank" rel="noreferrer">
            {inside(of)}
          </a>
        ) : (
          inside(of)
        );
      case 'break':
        return <br />;
      case 'image':
        return of.alt;
      case 'text':
      case 'inlineCode':
        return words(of.value ?? '');
      case 'code':
        return <p>{words(of.value ?? '')}</p>;
      case 'html':
      case 'thematicBreak':
      case 'definition':
        return null;
      default:
        return inside(of);
    }
  };
  return (
    <div className="prose" lang={lang}>
      {inside(tree)}
    </div>
  );
}
