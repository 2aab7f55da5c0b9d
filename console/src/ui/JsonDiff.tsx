// Two JSON documents, line by line: what was removed and added, with what is the same folded away.
import { Switch, VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import { diffJson, foldSame, isChange, type DiffLine } from '../format/jsonDiff';
import { diffWords as words } from '../strings/diff';
import classes from './diff.module.css';

const SIGNS = { added: '+', removed: '−', same: '' };

export function JsonDiff({ before, after, label }: { before: unknown; after: unknown; label: string }) {
  const [isWhole, setWhole] = useState(false);
  const [quiet, whole] = useMemo(() => [diffJson(before, after), diffJson(before, after, true)], [before, after]);
  const hidden = whole.filter(isChange).length - quiet.filter(isChange).length;
  return (
    <>
      <Lines lines={isWhole ? whole : quiet} label={label} />
      {hidden > 0 && (
        <Switch
          size="xs"
          mt={8}
          label={words.noise(hidden)}
          checked={isWhole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
      )}
    </>
  );
}

function Lines({ lines: all, label }: { lines: DiffLine[]; label: string }) {
  const lines = useMemo(() => foldSame(all), [all]);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it has to be reached by keyboard
    <div className={classes.diff} role="region" aria-label={label} tabIndex={0}>
      <div className={classes.lines}>
        {lines.map((line, place) =>
          line.kind === 'fold' ? (
            <div key={place} className={classes.fold}>
              {words.same(line.count)}
            </div>
          ) : (
            <Line key={place} line={line} />
          ),
        )}
      </div>
    </div>
  );
}

function Line({ line: { kind, text, before, after } }: { line: DiffLine }) {
  return (
    <div className={classes.line} data-kind={kind}>
      <span className={classes.number} aria-hidden>
        {before}
      </span>
      <span className={classes.number} aria-hidden>
        {after}
      </span>
      <span className={classes.sign} aria-hidden>
        {SIGNS[kind]}
      </span>
      <code>
        {kind !== 'same' && <VisuallyHidden>{kind === 'added' ? words.added : words.removed} </VisuallyHidden>}
        {text}
      </code>
    </div>
  );
}

/** A document as it is, in the same frame. */
export function JsonText({ value, label }: { value: unknown; label: string }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it has to be reached by keyboard
    <div className={classes.diff} role="region" aria-label={label} tabIndex={0}>
      <pre className={classes.text}>{JSON.stringify(value, null, 2)}</pre>
    </div>
  );
}
