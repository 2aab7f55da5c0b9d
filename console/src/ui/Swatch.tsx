// The colour of an environment, which its people chose: only ever a small square or a line, never text.
import { useComputedColorScheme } from '@mantine/core';
import { cssColor, isVisible } from '../format/color';
import classes from './ui.module.css';

export function Swatch({ color }: { color: string }) {
  const scheme = useComputedColorScheme('light');
  return (
    <span
      className={classes.swatch}
      style={{ background: cssColor(color) }}
      data-edge={isVisible(color, scheme) ? undefined : true}
      aria-hidden
    />
  );
}
