// A person as a small disc with two letters, and the whole name for those who point at it or hear it.
import { VisuallyHidden } from '@mantine/core';
import type { CSSProperties } from 'react';
import { hueOf, initialsOf } from '../format/initials';
import { Hint } from './Hint';
import classes from './ui.module.css';

export interface InitialsProps {
  name: string;
  /** What is told of the person: “Maintained by Ada”. */
  label: string;
  /** Where the name stands beside it. */
  isSilent?: boolean;
}

export function Initials({ name, label, isSilent = false }: InitialsProps) {
  return (
    <Hint label={() => label}>
      <span className={classes.initials} style={{ '--hue': hueOf(name) } as CSSProperties}>
        <span aria-hidden>{initialsOf(name)}</span>
        {!isSilent && <VisuallyHidden>{label}</VisuallyHidden>}
      </span>
    </Hint>
  );
}
