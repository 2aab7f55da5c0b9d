// A line of the comparison: one part in the environments beside each other, and picking it to be copied.
import { Checkbox, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Flag } from '../../api/flags';
import { isCopyable, isPartSame, isRuleSame, type Line, type RulePair } from '../../format/comparison';
import type { Rule } from '../../format/steps';
import { comparisonWords as words } from '../../strings/comparison';
import { PartCell, RuleCell } from './ConfigCell';
import classes from './comparison.module.css';
import type { Column, RequiredFlags } from './configs';

export interface ComparisonLineProps {
  line: Line;
  from: Column;
  to: Column;
  others: Column[];
  flag: Flag;
  required: RequiredFlags;
  /** The rule of another environment that is most like the one of this line. */
  ruleOf: (environment: string) => Rule | undefined;
  isPicked: boolean;
  onPick: (isPicked: boolean) => void;
}

export function ComparisonLine({ line, isPicked, onPick, ...cells }: ComparisonLineProps) {
  const { from, to, others } = cells;
  const { title, hint } = titleOf(line, from, to);
  return (
    <div role="row" className={classes.row} data-differs={!line.isSame || undefined}>
      <div role="rowheader" className={classes.head}>
        <span dir="auto">{title}</span>
        {hint !== undefined && <span className={classes.hint}>{hint}</span>}
      </div>
      <Cell kind="from" of={cells} line={line} column={from} />
      <div role="cell" className={classes.pick}>
        {line.isSame ? (
          words.same
        ) : (
          <Checkbox
            label={<VisuallyHidden>{words.copy(title, from.environment.name, to.environment.name)}</VisuallyHidden>}
            checked={isPicked}
            disabled={!isCopyable(line)}
            title={line.refusal}
            onChange={(event) => onPick(event.currentTarget.checked)}
          />
        )}
      </div>
      <Cell kind="to" of={cells} line={line} column={to} isPicked={isPicked} />
      {others.map((column) => (
        <Cell key={column.environment.key} kind="other" of={cells} line={line} column={column} />
      ))}
    </div>
  );
}

function titleOf({ of }: Line, from: Column, to: Column): { title: string; hint?: string } {
  if (typeof of === 'string') return { title: words.parts[of] };
  const rule = of.from ?? of.to;
  const holder = of.from ? from : to;
  const place = holder.config?.rules.findIndex(({ _id }) => _id === rule?._id) ?? 0;
  const { description = '' } = rule ?? {};
  const title = description === '' ? words.rule(place + 1) : description;
  if (of.from && of.to) return { title };
  return { title, hint: words.onlyIn(holder.environment.name) };
}

interface CellProps {
  kind: 'from' | 'to' | 'other';
  of: Pick<ComparisonLineProps, 'from' | 'to' | 'flag' | 'required' | 'ruleOf'>;
  line: Line;
  column: Column;
  isPicked?: boolean;
}

function Cell({ kind, of: { from, to, flag, required, ruleOf }, line, column, isPicked = false }: CellProps) {
  const { config } = column;
  const beside = kind === 'from' ? to : from;
  let shown: ReactNode = words.notShown;
  let isSame = line.isSame;
  if (config !== undefined && typeof line.of === 'string') {
    shown = <PartCell part={line.of} config={config} other={beside.config} tone={TONES[kind]} flag={flag} required={required} />;
    if (kind === 'other') isSame = to.config !== undefined && isPartSame(line.of, config, to.config);
  } else if (config !== undefined && typeof line.of !== 'string') {
    const rule = kind === 'other' ? ruleOf(column.environment.key) : line.of[kind];
    shown = <RuleOrNot kind={kind} rule={rule} pair={line.of} isPicked={isPicked} variations={flag.variations} />;
    if (kind === 'other') isSame = isRuleAsIn(line.of.to, rule);
  }
  return (
    <div role="cell" className={classes.cell} data-kind={kind} data-same={isSame || undefined}>
      {kind === 'other' && !isSame && <VisuallyHidden>{words.differs}: </VisuallyHidden>}
      {shown}
    </div>
  );
}

/** What stands only in the source comes with copying; what stands only in the target goes. */
const TONES = { from: 'added', to: 'removed', other: undefined } as const;

const isRuleAsIn = (target: Rule | undefined, rule: Rule | undefined) =>
  target === undefined || rule === undefined ? target === rule : isRuleSame(target, rule);

interface RuleOrNotProps {
  kind: CellProps['kind'];
  rule: Rule | undefined;
  pair: RulePair;
  isPicked: boolean;
  variations: Flag['variations'];
}

function RuleOrNot({ kind, rule, pair, isPicked, variations }: RuleOrNotProps) {
  if (rule === undefined) return <span className={classes.none}>{isPicked ? words.willBeAdded : words.none}</span>;
  const tone = TONES[kind];
  const against = tone && { rule: kind === 'from' ? pair.to : pair.from, tone };
  return (
    <>
      {isPicked && pair.from === undefined && <span className={classes.removed}>{words.willBeRemoved}</span>}
      <RuleCell rule={rule} variations={variations} {...(against && { against })} />
    </>
  );
}
