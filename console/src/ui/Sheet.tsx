// A panel over the page: a drawer at its side, on a phone a sheet at its bottom.
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { words } from '../strings/shared';
import { useReturnedFocus } from './returnedFocus';
import { Layer, useLayer } from './shortcuts';
import { Staying, useStaying } from './staying';
import classes from './sheet.module.css';

const PHONE = '(max-width: 47.99em)';
const AS_SHEET = { height: 'auto', borderRadius: '12px 12px 0 0' }; // as high as what it holds

export interface SheetProps {
  title: ReactNode;
  onClose: () => void;
  /** The colour of its upper edge, as CSS has it. */
  edge?: string | undefined;
  /** Whether a press beside it closes it; not where something would be lost. */
  closesOutside?: boolean;
  /** SheetBody and SheetFooter. */
  children: ReactNode;
}

export function Sheet({ title, onClose, edge, closesOutside = true, children }: SheetProps) {
  useReturnedFocus();
  const layer = useLayer();
  const { stays, setStays, close } = useStaying(onClose);
  const isPhone = useIsPhone();
  return (
    <Drawer.Root
      opened
      onClose={close}
      closeOnClickOutside={closesOutside}
      position={isPhone ? 'bottom' : 'right'}
      size={600}
      {...(isPhone && { styles: { content: AS_SHEET } })}
      transitionProps={{ duration: 160 }}
    >
      <Drawer.Overlay backgroundOpacity={0.4} />
      <Drawer.Content>
        <div className={classes.sheet} style={{ borderTopColor: edge }}>
          <div className={classes.header}>
            <Drawer.Title className={classes.title}>{title}</Drawer.Title>
            {!stays && <Drawer.CloseButton aria-label={words.close} />}
          </div>
          <Staying value={setStays}>
            <Layer value={layer}>{children}</Layer>
          </Staying>
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Whether it is a sheet at the bottom. */
export const useIsPhone = () => useMediaQuery(PHONE, false, { getInitialValueInEffect: false });

/** What scrolls. */
export const SheetBody = ({ children }: { children: ReactNode }) => <div className={classes.body}>{children}</div>;

/** Buttons, which stay in sight. */
export const SheetFooter = ({ children }: { children: ReactNode }) => <div className={classes.footer}>{children}</div>;
