// Colours that users gave, which may be anything.

const SURFACES = { light: '#ffffff', dark: '#13181a' };

/** The colour of an environment as CSS; grey for what is none. The API gives it without `#`. */
export function cssColor(color: string): string {
  const hex = color.replace(/^#/, '');
  return /^([0-9a-f]{3}|[0-9a-f]{6})$/i.test(hex) ? `#${hex}` : 'var(--fs-strong)';
}

/** Whether it stands out from the surface enough (3:1) to be seen without an edge. */
export function isVisible(color: string, scheme: 'light' | 'dark'): boolean {
  const css = cssColor(color);
  return !css.startsWith('#') || contrast(css, SURFACES[scheme]) >= 3;
}

/** The contrast of two colours as WCAG 2 computes it. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(css: string): number {
  const hex = css.length === 4 ? css.slice(1).replace(/./g, '$&$&') : css.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
