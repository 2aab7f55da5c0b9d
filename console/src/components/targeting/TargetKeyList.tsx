// A list of keys of any length, of which only those in sight are in the document.
import { ActionIcon, Button, ScrollArea, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ShownKey } from '../../format/targetKeys';
import { targetingWords as words } from '../../strings/targeting';
import { KeyPill } from '../../ui/KeyPill';
import { RowMenu } from '../../ui/RowMenu';
import classes from './targetKeys.module.css';

const HEIGHT = { mouse: 36, finger: 48 };
const AHEAD = 8; // rows kept above and below those in sight

interface TargetKeyListProps {
  label: string;
  keys: ShownKey[];
  isLocked: boolean;
  /** The variations that a key can be moved to. */
  moves: { name: string; run: (key: string) => void }[];
  onAdd: (key: string) => void;
  onRemove: (key: string) => void;
}

export function TargetKeyList({ label, keys, ...acts }: TargetKeyListProps) {
  const height = HEIGHT[useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false }) ? 'finger' : 'mouse'];
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: AHEAD,
  });
  return (
    <ScrollArea
      className={classes.scroller}
      offsetScrollbars="y"
      viewportRef={scroller}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
    >
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const shown = keys[index];
          return (
            shown && (
              <li key={shown.key} aria-setsize={keys.length} aria-posinset={index + 1} style={{ height, transform: `translateY(${start}px)` }}>
                <KeyRow {...acts} shown={shown} />
              </li>
            )
          );
        })}
      </ul>
    </ScrollArea>
  );
}

function KeyRow({ shown: { key, tone }, isLocked, moves, onAdd, onRemove }: Omit<TargetKeyListProps, 'label' | 'keys'> & { shown: ShownKey }) {
  return (
    <>
      <span className={classes.key}>
        <KeyPill tone={tone} isUnsaved>
          {key}
        </KeyPill>
      </span>
      {!isLocked && tone === 'removed' && (
        <Button size="xs" variant="subtle" onClick={() => onAdd(key)}>
          {words.putBack}
          <VisuallyHidden> {key}</VisuallyHidden>
        </Button>
      )}
      {!isLocked && tone !== 'removed' && (
        <>
          <RowMenu label={words.actions(key)} acts={moves.map(({ name, run }) => ({ label: words.moveTo(name), run: () => run(key) }))} />
          <ActionIcon size="xs" variant="subtle" color="gray" aria-label={words.removeKey(key)} onClick={() => onRemove(key)}>
            <IconX size={14} />
          </ActionIcon>
        </>
      )}
    </>
  );
}
