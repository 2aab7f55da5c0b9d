// The conditions of a rule, as one reads them and as one edits them.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { operatorWords } from '../../format/operators';
import { emptyClause, type Clause } from '../../format/steps';
import { paths } from '../../paths';
import { targetingWords as words } from '../../strings/targeting';
import { KeyPill } from '../../ui/KeyPill';
import { usePlace } from '../place';
import { ClauseEditor } from './ClauseEditor';
import classes from './targeting.module.css';

export interface ClauseLineProps {
  clause: Clause;
  isFirst: boolean;
  /** Whether it is of the environment of the page: its segments then open. */
  isHere?: boolean;
  /** How a value differs from what stands beside it. */
  toneOf?: (value: string) => 'added' | 'removed' | undefined;
}

export function ClauseLine({ clause, isFirst, isHere = false, toneOf }: ClauseLineProps) {
  const isSegment = clause.op === 'segmentMatch';
  return (
    <p className={classes.clause}>
      <span className={classes.join}>{isFirst ? words.if : words.and}</span>
      {isSegment ? (
        <span>{words.anyContext}</span>
      ) : (
        <>
          <b>{clause.contextKind}</b> <code>{clause.attribute}</code>
        </>
      )}
      <span>{operatorWords(clause)}</span>
      {clause.values.map((value, at) => (
        <span key={String(value)}>
          {at > 0 && <span className={classes.dim}>{words.or} </span>}
          {isSegment && isHere ? (
            <SegmentLink segment={String(value)} />
          ) : (
            <KeyPill tone={toneOf?.(String(value))}>{String(value)}</KeyPill>
          )}
        </span>
      ))}
    </p>
  );
}

function SegmentLink({ segment }: { segment: string }) {
  const { project, environment } = usePlace();
  return (
    <Link to={paths.segment(project.key, environment.key, segment)} className={classes.mono}>
      {segment}
    </Link>
  );
}

export function ClauseFields({ clauses, onChange }: { clauses: Clause[]; onChange: (clauses: Clause[]) => void }) {
  return (
    <>
      {clauses.map((clause, at) => (
        <ClauseEditor
          key={clause._id}
          clause={clause}
          isFirst={at === 0}
          onChange={(next) => onChange(clauses.map((one) => (one._id === next._id ? next : one)))}
          onRemove={clauses.length === 1 ? undefined : () => onChange(clauses.filter((one) => one._id !== clause._id))}
        />
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...clauses, emptyClause(clauses)])}
        >
          {words.addClause}
        </Button>
      </div>
    </>
  );
}
