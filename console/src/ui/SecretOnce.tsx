// A secret that is shown once: it has to be copied, or said to be, before the panel or the page can be left.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { NavigationType, useBeforeUnload, useBlocker } from 'react-router';
import { words } from '../strings/shared';
import { useStays } from './staying';
import classes from './ui.module.css';

export interface SecretOnceProps {
  /** What it is: “Access token terraform-ci”. */
  label: string;
  secret: string;
  onDone: () => void;
  /** Another line than the usual one below it. */
  hint?: string;
}

export function SecretOnce({ label, secret, onDone, hint = words.secretOnce }: SecretOnceProps) {
  const clipboard = useClipboard({ timeout: 60_000 });
  const done = useRef<HTMLButtonElement>(null);
  useStays(!clipboard.copied);
  useHeld(!clipboard.copied, () => done.current?.focus());
  const copyName = clipboard.copied ? words.copied : words.copyThing(label);
  return (
    <div role="group" aria-label={label}>
      <div className={classes.secret}>
        <code>{secret}</code>
        <Tooltip label={copyName}>
          <ActionIcon variant="subtle" aria-label={copyName} onClick={() => clipboard.copy(secret)}>
            {clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.row} style={{ marginTop: 8, justifyContent: 'space-between' }}>
        <span>{hint}</span>
        <Button ref={done} variant="default" onClick={onDone}>
          {words.secretCopied}
        </Button>
      </div>
    </div>
  );
}

/** Neither going back nor a reload takes it away; `tell` is called where somebody has tried. */
function useHeld(isHeld: boolean, tell: () => void): void {
  const blocker = useBlocker(({ historyAction }) => isHeld && historyAction === NavigationType.Pop);
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    blocker.reset();
    tell();
  });
  useBeforeUnload((event) => {
    if (isHeld) event.preventDefault();
  });
}
