// A person as a small disc with two letters, and the whole name for those who point at it or hear it.
import { Tooltip, VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import { hueOf, initialsOf } from '../format/initials';
import classes from './ui.module.css';

/** `label` is what is told of the person: “Maintained by Ada”. */
export function Initials({ name, label }: { name: string; label: string }) {
  return (
    <Tooltip label={label}>
      <span className={classes.initials} style={{ '--hue': hueOf(name) } as CSSProperties}>
        <span aria-hidden>{initialsOf(name)}</span>
        <VisuallyHidden>{label}</VisuallyHidden>
      </span>
    </Tooltip>
  );
}
