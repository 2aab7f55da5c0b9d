// The tags for which a list has no room, over it.
import { Popover } from '@mantine/core';
import { useEffect } from 'react';
import { Tag } from '../ui/KeyPill';
import classes from './name.module.css';

export interface RestOfTagsProps {
  tags: string[];
  onClose: () => void;
}

/** Stands below what it is rendered in, which has the same words for those who do not see it. */
export function RestOfTags({ tags, onClose }: RestOfTagsProps) {
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onClose();
    };
    document.addEventListener('keydown', escape, { capture: true });
    return () => document.removeEventListener('keydown', escape, { capture: true });
  });
  return (
    <Popover opened onDismiss={onClose} position="bottom" offset={0} shadow="md" withRoles={false} transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <span className={classes.anchor} />
      </Popover.Target>
      <Popover.Dropdown className={classes.card ?? ''} aria-hidden>
        {tags.map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
