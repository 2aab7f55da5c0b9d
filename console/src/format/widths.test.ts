import { expect, it } from 'vitest';
import { usualColumns } from './columns';
import { NARROWEST, WIDEST, withWidth } from './widths';

it.each([
  [200.6, 201],
  [3, NARROWEST],
  [99_999, WIDEST],
])('a column of %f pixels is %i wide, and can be as usual again', (asked, width) => {
  const wide = withWidth(withWidth(usualColumns, 'on', 80), 'served', asked);
  expect(wide.widths).toEqual({ on: 80, served: width });
  expect(withWidth(wide, 'served', undefined).widths).toEqual({ on: 80 });
});
