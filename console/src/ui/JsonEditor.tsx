// A JSON value that is edited: checked while one types, said with line and column.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { count } from '../format/number';
import { jsonWords as words } from '../strings/json';
import type { JsonCodeProps } from './JsonCode';
import { LoadingState } from './States';
import classes from './ui.module.css';
import { readLate } from './readLate';

const JsonCode = lazy(() => readLate(() => import('./JsonCode')));

/** `problem` is what keeps it from being saved; nothing is said where it is undefined. */
export function JsonEditor({ problem, ...code }: Omit<JsonCodeProps, 'isInvalid'> & { problem?: string | undefined }) {
  const { value, onChange, isReadOnly } = code;
  const format = () => onChange(JSON.stringify(JSON.parse(value), null, 2));
  return (
    <div className={classes.json}>
      <Suspense fallback={<LoadingState rows={2} height={32} />}>
        <JsonCode {...code} isInvalid={problem !== undefined} />
      </Suspense>
      <div className={classes.jsonFoot}>
        {problem !== undefined && (
          <span className={classes.jsonProblem} role="status">
            <IconAlertTriangle size={14} stroke={1.6} aria-hidden /> {problem}
          </span>
        )}
        <span className={classes.jsonSize}>{words.bytes(count(new Blob([value]).size))}</span>
        {isReadOnly !== true && (
          <Button size="xs" variant="default" disabled={problem !== undefined || value.trim() === ''} onClick={format}>
            {words.format}
          </Button>
        )}
      </div>
    </div>
  );
}
