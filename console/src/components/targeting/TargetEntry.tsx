// Keys that are typed, pasted or read from a file: compared with what is there, then added, moved, or kept alone.
import { Button, FileButton, Textarea } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import type { Flag } from '../../api/flags';
import { readKeys } from '../../format/keyLines';
import { count } from '../../format/number';
import type { Target } from '../../format/steps';
import { addKeys, compareKeys, keysInFile, removeKeys, type KeysOf } from '../../format/targetKeys';
import { targetingWords as words } from '../../strings/targeting';
import { TakenKeys } from './TakenKeys';
import classes from './targetKeys.module.css';

interface TargetEntryProps {
  of: KeysOf;
  targets: Target[];
  variations: Flag['variations'];
  onChange: (targets: Target[]) => void;
}

export function TargetEntry({ of, targets, variations, onChange }: TargetEntryProps) {
  const [text, setText] = useState('');
  const keys = readKeys(useDeferredValue(text));
  const { fresh, here, elsewhere, missing } = compareKeys(targets, of, keys);
  const read = (file: File | null) => {
    if (file !== null) void file.text().then((found) => setText(keysInFile(found).join('\n')));
  };
  return (
    <div className={classes.entry}>
      <Textarea
        label={words.addOrCompare}
        description={words.keysHint}
        classNames={{ input: classes.mono }}
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {keys.length > 0 && (
        <p className={classes.told} role="status">
          {words.comparedKeys({ fresh: count(fresh.length), here: count(here.length), missing: count(missing.length) })}
        </p>
      )}
      <TakenKeys taken={elsewhere} of={of} targets={targets} variations={variations} onChange={onChange} />
      <div className={classes.acts}>
        <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={read}>
          {(button) => (
            <Button {...button} size="xs" variant="subtle" color="gray" className={classes.file}>
              {words.fromFile}
            </Button>
          )}
        </FileButton>
        {keys.length > 0 && missing.length > 0 && here.length > 0 && (
          <Button size="xs" variant="default" onClick={() => onChange(removeKeys(targets, of, missing))}>
            {words.removeOthers(count(missing.length))}
          </Button>
        )}
        <Button size="xs" disabled={fresh.length === 0} onClick={() => onChange(addKeys(targets, of, fresh))}>
          {words.addFresh(count(fresh.length))}
        </Button>
      </div>
    </div>
  );
}
