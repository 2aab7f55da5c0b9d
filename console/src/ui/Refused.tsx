// Why something stayed as it was, beside what one tried it with, until one goes on.
import { Tooltip } from '@mantine/core';
import { useClickOutside, useWindowEvent } from '@mantine/hooks';
import { useState, type ReactNode, type RefObject } from 'react';
import { present } from '../format/failure';
import { words } from '../strings/shared';
import classes from './ui.module.css';

export interface RefusedProps {
  target: RefObject<HTMLElement | null>;
  /** Why, or what the server answered. */
  why: { text: ReactNode } | { error: unknown };
  onClose: () => void;
}

export default function Refused({ target, why, onClose }: RefusedProps) {
  const [box, setBox] = useState<HTMLElement | null>(null);
  useClickOutside(onClose, null, [box]);
  useWindowEvent('keydown', ({ key }) => key === 'Escape' && onClose());
  return (
    <Tooltip
      target={target}
      opened
      interactive
      position="bottom-start"
      className={classes.refused}
      label={
        <span ref={setBox} role="alert">
          {'text' in why ? why.text : <Answer error={why.error} />}
        </span>
      }
    />
  );
}

function Answer({ error }: { error: unknown }) {
  const { message, request } = present(error);
  return (
    <>
      {message} {request !== '' && <span className={classes.mono}>{words.requestId(request)}</span>}
    </>
  );
}
