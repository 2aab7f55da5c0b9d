// A secret that may be shown again: masked until one asks for it, and copied without showing it.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { words } from '../strings/shared';
import classes from './ui.module.css';

const SHOWN = 4; // last characters, by which one knows it
const MASK = '•'.repeat(8);

export interface SecretProps {
  /** What it is: “SDK key”. */
  label: string;
  value: string;
  /** Whether it is public, and never masked. */
  isPublic?: boolean;
}

export function Secret({ label, value, isPublic = false }: SecretProps) {
  const [isShown, setShown] = useState(isPublic);
  const clipboard = useClipboard({ timeout: 1500 });
  const copyName = clipboard.copied ? words.copied : words.copyThing(label);
  const showName = (isShown ? words.hide : words.show)(label);
  const ending = value.slice(-SHOWN);
  return (
    <div className={classes.secret} role="group" aria-label={label}>
      {isShown ? <code>{value}</code> : <code title={words.hidden(ending)}>{MASK + ending}</code>}
      {!isPublic && (
        <Tooltip label={showName}>
          <ActionIcon size="xs" variant="subtle" color="gray" aria-label={showName} onClick={() => setShown(!isShown)}>
            {isShown ? <IconEyeOff size={14} /> : <IconEye size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={copyName}>
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={copyName} onClick={() => clipboard.copy(value)}>
          {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
