// The settings of a flag in all environments: the one to copy from, the one to copy to, and the others beside them.
import { Checkbox, VisuallyHidden } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import type { Flag } from '../../api/flags';
import { isCopyable, pairRules, pairsOf, type Config, type Line, type RulePair } from '../../format/comparison';
import { counted } from '../../format/number';
import type { Rule } from '../../format/steps';
import { comparisonWords as words } from '../../strings/comparison';
import { RelativeTime } from '../../ui/RelativeTime';
import { EnvironmentName } from '../shell/EnvironmentPicker';
import { ComparisonLine } from './ComparisonLine';
import { RuleCell } from './ConfigCell';
import classes from './comparison.module.css';
import type { Column, RequiredFlags } from './configs';

export interface ComparisonProps {
  flag: Flag;
  lines: Line[];
  from: Column;
  to: Column;
  others: Column[];
  required: RequiredFlags;
  picked: ReadonlySet<string>;
  /** Told how what is picked changes, since several may be picked before the first is drawn. */
  onPick: (change: (before: ReadonlySet<string>) => Iterable<string>) => void;
  onlyDifferences: boolean;
}

const SCROLLED = { tabIndex: 0, role: 'region', 'aria-label': words.table }; // by keyboard, too

export function Comparison(props: ComparisonProps) {
  const { flag, lines, from, to, others, required, picked, onPick, onlyDifferences } = props;
  const rules = pairsOf(lines);
  const elsewhere = new Map(others.map(({ environment, config }) => [environment.key, matchRules(rules, config)]));
  const pick = (id: string) => (isPicked: boolean) =>
    onPick((before) => (isPicked ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <div {...SCROLLED} className={classes.scroll}>
      <div className={classes.table} role="table" aria-label={words.table} style={{ '--others': others.length } as CSSProperties}>
        <Heads {...props} />
        {lines
          .filter((line) => !onlyDifferences || !line.isSame)
          .map((line) => (
            <ComparisonLine
              key={line.id}
              line={line}
              from={from}
              to={to}
              others={others}
              flag={flag}
              required={required}
              ruleOf={(key) => (typeof line.of === 'string' ? undefined : elsewhere.get(key)?.found.get(line.of))}
              isPicked={picked.has(line.id)}
              onPick={pick(line.id)}
            />
          ))}
        {[...elsewhere.values()].some(({ more }) => more.length > 0) && (
          <OtherRules flag={flag} rules={others.map(({ environment: { key } }) => elsewhere.get(key)?.more ?? [])} />
        )}
      </div>
    </div>
  );
}

/** Which rule of another environment stands beside each pair, and those that stand beside none. */
function matchRules(pairs: RulePair[], config: Config | undefined): { found: Map<RulePair, Rule>; more: Rule[] } {
  const shown = new Map(pairs.map((pair) => [pair.to ?? pair.from, pair]));
  const found = new Map<RulePair, Rule>();
  const more: Rule[] = [];
  for (const { from, to } of pairRules([...shown.keys()].filter((rule) => rule !== undefined), config?.rules ?? [])) {
    const pair = shown.get(from);
    if (to !== undefined && pair !== undefined) found.set(pair, to);
    else if (to !== undefined) more.push(to);
  }
  return { found, more };
}

function Heads({ lines, from, to, others, picked, onPick }: ComparisonProps) {
  const differences = lines.filter(({ isSame }) => !isSame);
  const copyable = differences.filter(isCopyable).map(({ id }) => id);
  return (
    <div role="row" className={`${classes.row} ${classes.heads}`}>
      <div role="columnheader" className={classes.head}>
        {words.differences(counted(differences.length, words.difference), counted(lines.length - differences.length, words.onePart))}
      </div>
      <EnvironmentHead kind="from" column={from} />
      <div role="columnheader" className={classes.pick}>
        <IconArrowRight size={14} aria-hidden />
        <VisuallyHidden>{words.copying}</VisuallyHidden>
        {copyable.length > 0 && (
          <Checkbox
            label={<VisuallyHidden>{words.copyAll}</VisuallyHidden>}
            checked={picked.size === copyable.length}
            indeterminate={picked.size > 0 && picked.size < copyable.length}
            onChange={(event) => onPick(event.currentTarget.checked ? () => copyable : () => [])}
          />
        )}
      </div>
      <EnvironmentHead kind="to" column={to} />
      {others.map((column) => (
        <EnvironmentHead key={column.environment.key} kind="other" column={column} />
      ))}
    </div>
  );
}

function EnvironmentHead({ kind, column }: { kind: string; column: Column }) {
  const { environment, version, changed } = column;
  return (
    <div role="columnheader" className={classes.cell} data-kind={kind}>
      <span className={classes.name}>
        <EnvironmentName environment={environment} />
      </span>
      {changed !== undefined && (
        <span className={classes.hint}>
          {words.version(version)}, <RelativeTime at={changed} />
        </span>
      )}
    </div>
  );
}

/** Rules that only environments beside the two have. */
function OtherRules({ flag, rules }: { flag: Flag; rules: Rule[][] }) {
  return (
    <div role="row" className={`${classes.row} ${classes.beyond}`}>
      <div role="rowheader" className={classes.head}>
        {words.otherRules}
      </div>
      {(['from', 'pick', 'to'] as const).map((kind) => (
        <div key={kind} role="cell" className={kind === 'pick' ? classes.pick : classes.cell} data-kind={kind} data-same>
          {kind !== 'pick' && words.none}
        </div>
      ))}
      {rules.map((list, at) => (
        <div key={at} role="cell" className={classes.cell} data-kind="other" data-same={list.length === 0 || undefined}>
          {list.length === 0 && words.none}
          {list.map((rule) => (
            <RuleCell key={rule._id} rule={rule} variations={flag.variations} />
          ))}
        </div>
      ))}
    </div>
  );
}
