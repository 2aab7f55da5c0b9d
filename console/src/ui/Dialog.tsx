// A question or a form over the page. Its head is no banner, which Mantine's own would be.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnedFocus } from './returnedFocus';
import { Layer, useLayer } from './shortcuts';
import { words } from '../strings/shared';
import classes from './ui.module.css';

export interface DialogProps {
  title: string;
  onClose: () => void;
  /** Whether a press beside it closes it; not where something would be lost. */
  closesOutside?: boolean;
  children: ReactNode;
}

export function Dialog({ title, onClose, closesOutside = true, children }: DialogProps) {
  useReturnedFocus();
  const layer = useLayer();
  return (
    <Modal.Root opened onClose={onClose} centered closeOnClickOutside={closesOutside}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        <div className={classes.dialogHead}>
          <Modal.Title className={classes.dialogTitle} dir="auto">{title}</Modal.Title>
          <Modal.CloseButton aria-label={words.close} />
        </div>
        <Modal.Body px="lg" pb="lg">
          <Layer value={layer}>{children}</Layer>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
