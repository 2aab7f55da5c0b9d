// The clauses of a rule, each with what the context has there, and the segments that they ask for.
import { IconCheck, IconDots, IconExclamationMark, IconX } from '@tabler/icons-react';
import { createContext, useContext, type ReactNode } from 'react';
import type { TracedClause, TracedSegment } from '../../api/explaining';
import { operatorWords } from '../../format/operators';
import { shortValue } from '../../format/value';
import { tryWords as words } from '../../strings/trying';
import { KeyPill } from '../../ui/KeyPill';
import { ExplainedSplit } from './ExplainedSplit';
import classes from './trying.module.css';

const MARKS = { met: IconCheck, notMet: IconX, notNeeded: IconDots, notReached: IconDots, failed: IconExclamationMark };

/** The kinds that the context which is tried has parts of. */
export const TriedKinds = createContext<readonly string[]>([]);

export function ExplainedClauses({ clauses }: { clauses: TracedClause[] }) {
  return (
    <ul className={classes.clauses}>
      {clauses.map((clause, place) => (
        <li key={place} data-state={clause.state}>
          <Clause clause={clause} />
        </li>
      ))}
    </ul>
  );
}

function Clause({ clause }: { clause: TracedClause }) {
  const { contextKind, attribute, op, segments } = clause;
  if (op === 'segmentMatch') {
    return (
      <>
        <Marked state={clause.state}>
          {words.anyContext} {operatorWords(clause)} <Values values={clause.values} count={clause.valueCount} />
        </Marked>
        {segments.map((segment) => (
          <Segment key={segment.key} segment={segment} />
        ))}
      </>
    );
  }
  return (
    <Marked state={clause.state}>
      {contextKind} <code>{attribute}</code> {operatorWords(clause)}{' '}
      <Values values={clause.values} count={clause.valueCount} met={clause.metValue} />
      <span className={classes.dim}>
        {clause.problem ?? <Found clause={clause} />}
      </span>
    </Marked>
  );
}

function Found({ clause: { state, hasValue, contextKind, attribute, value } }: { clause: TracedClause }) {
  const kinds = useContext(TriedKinds);
  if (state === 'notNeeded' || state === 'notReached') return null;
  if (!hasValue && !kinds.includes(contextKind)) return <>{words.lacksKind(contextKind)}</>;
  if (!hasValue) return <>{words.lacks(contextKind, attribute)}</>;
  return (
    <>
      {words.has} <KeyPill>{shortValue(value)}</KeyPill>
    </>
  );
}

function Values({ values, count, met }: { values: unknown[]; count: number; met?: unknown }) {
  return (
    <>
      {values.map((value, place) => (
        <span key={place} className={classes.value} data-met={(met !== undefined && value === met) || undefined}>
          {place > 0 && <span className={classes.dim}>{words.or} </span>}
          <KeyPill>{shortValue(value)}</KeyPill>
        </span>
      ))}
      {count > values.length && <span className={classes.dim}>{words.moreValues(count - values.length)}</span>}
    </>
  );
}

function Marked({ state, children }: { state: TracedClause['state']; children: ReactNode }) {
  const Mark = MARKS[state];
  return (
    <span className={classes.line}>
      <Mark size={13} stroke={2} aria-hidden />
      {children}
      <span className={classes.state}>{words.states[state]}</span>
    </span>
  );
}

function Segment({ segment }: { segment: TracedSegment }) {
  const { key, exists, opened, listed, storeStatus, rules, state } = segment;
  const told = [
    !exists && words.segmentGone,
    words.listed[listed],
    storeStatus !== undefined && words.storeStatus(storeStatus),
    exists && !opened && words.openedElsewhere,
  ].filter(Boolean);
  return (
    <div className={classes.nested}>
      <Marked state={state}>
        <KeyPill>{key}</KeyPill>
        <span className={classes.dim}>{told.join(', ')}</span>
      </Marked>
      {rules.map((rule, place) => (
        <div key={rule.id || place} className={classes.nested}>
          <Marked state={rule.state}>
            {words.rule(place + 1)}{' '}
            <span className={classes.dim} dir="auto">
              {rule.description}
            </span>
          </Marked>
          {rule.state !== 'notReached' && <ExplainedClauses clauses={rule.clauses} />}
          {rule.split && <ExplainedSplit split={rule.split} />}
        </div>
      ))}
    </div>
  );
}
