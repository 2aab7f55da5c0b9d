// A panel with the parts of one thing over the page, which stays where it is.
import type { ReactNode } from 'react';
import classes from './panel.module.css';
import { Sheet, SheetBody } from './Sheet';

export interface SidePanelProps {
  title: string;
  onClose: () => void;
  /** Whether a press beside it closes it; not where something would be lost. */
  closesOutside?: boolean;
  children: ReactNode;
}

export function SidePanel({ title, children, ...sheet }: SidePanelProps) {
  const shown = (
    <span className={classes.title} dir="auto">
      {title}
    </span>
  );
  return (
    <Sheet {...sheet} title={shown} edge="transparent">
      <SheetBody>
        <div className={classes.body}>{children}</div>
      </SheetBody>
    </Sheet>
  );
}
