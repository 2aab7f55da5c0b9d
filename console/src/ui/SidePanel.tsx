// A panel that comes in from the right (from below on a phone) over the page, which stays where it is.
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { words } from '../strings/shared';
import classes from './panel.module.css';

export interface SidePanelProps {
  title: string;
  onClose: () => void;
  /** Whether a press beside it closes it; not where something would be lost. */
  closesOutside?: boolean;
  children: ReactNode;
}

const PHONE = '(max-width: 47.99em)';

export function SidePanel({ title, onClose, closesOutside = true, children }: SidePanelProps) {
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  return (
    <Drawer.Root
      opened
      onClose={onClose}
      closeOnClickOutside={closesOutside}
      position={isPhone ? 'bottom' : 'right'}
      size={isPhone ? '90%' : 600}
    >
      <Drawer.Overlay backgroundOpacity={0.4} />
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title className={classes.title} dir="auto">
            {title}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={words.close} />
        </div>
        <div className={classes.body}>{children}</div>
      </Drawer.Content>
    </Drawer.Root>
  );
}
