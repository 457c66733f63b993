// Stands in for `polished` in the design system, which computes colours while it writes styles. Ours are
// custom properties, known only to the browser: so the browser computes them.

interface Colour {
  css: string;
  alpha?: number;
}

const faded = (css: string, share: number) =>
  `color-mix(in srgb, ${css} ${Math.round(share * 100)}%, transparent)`;

export const parseToRgb = (css: string): Colour => ({ css });
export const toColorString = ({ css, alpha = 1 }: Colour): string => faded(css, alpha);
export const transparentize = (amount: number, css: string): string => faded(css, 1 - amount);
export const math = (formula: string): string => `calc(${formula})`;
