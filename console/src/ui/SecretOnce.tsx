// A secret that is shown once: it has to be copied, or said to be, before the panel can be left.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
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
  useStays(!clipboard.copied);
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
        <Button variant="default" onClick={onDone}>
          {words.secretCopied}
        </Button>
      </div>
    </div>
  );
}
