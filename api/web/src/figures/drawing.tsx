// A chart as the server has drawn it: the same drawing as in the published report, in this page's colours.
import '~/figures/drawing.css';
import { useLayoutEffect, useRef } from 'react';

export function Drawing({ svg, label, language }: { svg: string; label: string; language?: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    place.current?.replaceChildren(document.importNode(drawn, true));
  }, [svg]);
  // On a narrow screen it keeps its size and is scrolled, by keyboard too.
  return (
    <div
      ref={place}
      className="drawing sideways"
      role="group"
      aria-label={label}
      lang={language}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by keys
      tabIndex={0}
    />
  );
}
