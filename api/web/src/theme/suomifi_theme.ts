// The design system's theme with every colour a custom property of theme.css, so that light and dark are
// one attribute of the document.
import { type SuomifiTheme, suomifiDesignTokens } from 'suomifi-ui-components';

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const named = (name: string) => `var(--${dashed(name)})`;

const colours = Object.fromEntries(
  Object.keys(suomifiDesignTokens.colors).map((name) => [name, named(name)]),
);

const focus_ring = '0 0 0 2px var(--accent-secondary)';

export const suomifi_theme = {
  colors: colours,
  // Plain colours: calmer, and they turn dark like the rest.
  gradients: {
    highlightBaseToHighlightDark1: named('highlightBase'),
    highlightLight1ToHighlightBase: named('highlightLight1'),
    depthLight1ToDepthBase: named('depthLight1'),
    whiteBaseNegative: 'transparent',
    whiteBaseToDepthLight2: named('whiteBase'),
    whiteBaseToDepthLight1: named('depthLight3'),
    highlightLight3ToHighlightLight2: named('highlightLight3'),
    depthLight3ToDepthLight2: named('depthLight3'),
    depthSecondaryToDepthSecondaryDark1: named('depthSecondary'),
    highlightLight4ToDepthSecondary: named('highlightLight4'),
  },
  shadows: {
    invertTextShadow: 'none',
    menuShadow: '0 2px 3px 0 var(--shadow)',
    panelShadow: '0 1px 2px 0 var(--shadow), 0 1px 5px 0 var(--shadow)',
    actionElementBoxShadow: 'none',
    wideBoxShadow: '0 4px 8px 0 var(--shadow)',
  },
  focuses: {
    absoluteFocus: `content: '';position: absolute;pointer-events: none;top: -2px;right: -2px;bottom: -2px;left: -2px;border-radius: 2px;background-color: transparent;border: 0px solid var(--white-base);box-sizing: border-box;box-shadow: ${focus_ring};z-index: 9999;`,
    boxShadowFocus: `border-radius: 2px;box-shadow: ${focus_ring};outline: 0;`,
  },
} as unknown as SuomifiTheme;
