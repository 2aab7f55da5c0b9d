// What a change does to the steps of a flag, each now and after, as the ladder shows them.
import { useMemo, type ReactNode } from 'react';
import type { Flag } from '../../api/flags';
import { compare, isReordered, pairsOf, type Config, type Line } from '../../format/comparison';
import type { Outcome } from '../../format/steps';
import { comparisonWords } from '../../strings/comparison';
import { reviewWords as words } from '../../strings/review';
import { PartCell, RuleCell } from '../comparison/ConfigCell';
import { readConfig, useRequired, type RequiredFlags } from '../comparison/configs';
import { usePlace } from '../place';
import { SplitBar } from './SplitBar';
import classes from './flags.module.css';

export interface ChangedPartsProps {
  before: Flag;
  after: Flag;
  environment: string;
}

export function ChangedParts({ before, after, environment }: ChangedPartsProps) {
  const { project } = usePlace();
  const [old, next] = [before.environments?.[environment], after.environments?.[environment]];
  const required = useRequired(project.key, [old, next]);
  const sides = useMemo(
    () => [before, after].map((flag) => readConfig(flag, environment, new Map())),
    [before, after, environment],
  );
  const [now, then] = sides;
  const all = useMemo(() => (now && then ? compare(now, then) : []), [now, then]);
  if (now === undefined || then === undefined) return null;
  const lines = all.filter((line) => !line.isSame);
  const isMoved = isReordered(pairsOf(all), then.rules);
  return (
    <div className={classes.parts}>
      {lines.map((line) => (
        <ChangedPart key={line.id} line={line} now={now} then={then} flag={after} required={required} />
      ))}
      {isMoved && <p className={classes.plainPart}>{words.reordered}</p>}
      {lines.length === 0 && !isMoved && <p className={classes.plainPart}>{words.noParts}</p>}
    </div>
  );
}

interface ChangedPartProps {
  line: Line;
  now: Config;
  then: Config;
  flag: Flag;
  required: RequiredFlags;
}

function ChangedPart({ line, now, then, flag, required }: ChangedPartProps) {
  const { of } = line;
  const { variations } = flag;
  const split = (outcome: Outcome | undefined) =>
    outcome?.rollout && <SplitBar rollout={outcome.rollout} variations={variations} />;
  if (typeof of === 'string') {
    const cell = (config: Config, other: Config, tone: 'added' | 'removed') => (
      <>
        {of === 'fallthrough' && split(config.fallthrough)}
        <PartCell part={of} config={config} other={other} tone={tone} flag={flag} required={required} />
      </>
    );
    return <Sides name={comparisonWords.parts[of]} now={cell(now, then, 'removed')} after={cell(then, now, 'added')} />;
  }
  const { from, to } = of;
  const rule = to ?? from;
  const { description = '' } = rule ?? {};
  const place = (to ? then : now).rules.findIndex(({ _id }) => _id === rule?._id);
  return (
    <Sides
      name={description === '' ? comparisonWords.rule(place + 1) : description}
      now={from && <>{split(from)}<RuleCell rule={from} variations={variations} against={{ rule: to, tone: 'removed' }} /></>}
      after={to && <>{split(to)}<RuleCell rule={to} variations={variations} against={{ rule: from, tone: 'added' }} /></>}
    />
  );
}

function Sides({ name, now, after }: { name: string; now: ReactNode; after: ReactNode }) {
  return (
    <div className={classes.part}>
      <span className={classes.partName} dir="auto">
        {name}
      </span>
      <div>
        <Side name={words.now}>{now ?? comparisonWords.none}</Side>
        <Side name={words.after}>{after ?? words.removed}</Side>
      </div>
    </div>
  );
}

function Side({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.side}>
      <span className={classes.sideName}>{name}</span>
      <div className={classes.sideShown}>{children}</div>
    </div>
  );
}
