import { describe, expect, it } from 'vitest';
import { contrast, cssColor, isVisible } from './color';

describe('a colour', () => {
  it.each([
    ['B9402A', '#B9402A'],
    ['#b9402a', '#b9402a'],
    ['abc', '#abc'],
    ['url(x)', 'var(--fs-strong)'],
    ['', 'var(--fs-strong)'],
  ])('%j is drawn as %s', (given, css) => expect(cssColor(given)).toBe(css));

  it('has the contrast that WCAG computes', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#0C6E70', '#ffffff')).toBeCloseTo(6.03, 1);
    expect(contrast('#fff', '#ffffff')).toBe(1);
  });

  it('close to the surface needs an edge', () => {
    expect([isVisible('fafafa', 'light'), isVisible('fafafa', 'dark'), isVisible('B9402A', 'light')]).toEqual([false, true, true]);
  });
});
