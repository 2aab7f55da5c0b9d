// A question or a form over the page. Its head is no banner, which Mantine's own would be.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnedFocus } from './returnedFocus';
import { Layer, useLayer } from './shortcuts';
import { words } from '../strings/shared';
import { Staying, useStaying } from './staying';
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
  const { stays, setStays, close } = useStaying(onClose);
  return (
    <Modal.Root opened onClose={close} centered closeOnClickOutside={closesOutside}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content>
        <div className={classes.dialogHead}>
          <Modal.Title className={classes.dialogTitle} dir="auto">{title}</Modal.Title>
          {!stays && <Modal.CloseButton aria-label={words.close} />}
        </div>
        <Modal.Body px="lg" pb="lg">
          <Staying value={setStays}>
            <Layer value={layer}>{children}</Layer>
          </Staying>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
