// One part of what a flag is set to in one environment, as one reads it.
import type { Flag } from '../../api/flags';
import { ownKeys, type Config, type Part } from '../../format/comparison';
import { count } from '../../format/number';
import type { Rule } from '../../format/steps';
import { comparisonWords as words } from '../../strings/comparison';
import { words as shared } from '../../strings/shared';
import { targetingWords } from '../../strings/targeting';
import { KeyPill, Tag } from '../../ui/KeyPill';
import { ClauseLine } from '../targeting/Clauses';
import { Chip, OutcomeLine } from '../targeting/OutcomeLine';
import classes from './comparison.module.css';
import type { RequiredFlags } from './configs';

type Tone = 'added' | 'removed';

const SHOWN = 4; // keys of a target, first those that the other environment lacks

export interface PartCellProps {
  part: Part;
  config: Config;
  /** What it is laid beside. */
  other: Config | undefined;
  /** What keys are that the other lacks. */
  tone?: Tone | undefined;
  flag: Flag;
  required: RequiredFlags;
}

export function PartCell({ part, config, other, tone, flag: { variations }, required }: PartCellProps) {
  if (part === 'on') return <OnOff on={config.on} />;
  if (part === 'fallthrough') {
    return (
      <>
        <OutcomeLine outcome={config.fallthrough} variations={variations} />
        <Tracked isOn={config.trackEventsFallthrough} isOnBeside={other?.trackEventsFallthrough} tone={tone} />
      </>
    );
  }
  if (part === 'trackEvents') {
    return config.trackEvents ? <Tracked isOn isOnBeside={other?.trackEvents} tone={tone} /> : words.counted;
  }
  if (part === 'checkRatio') return targetingWords.compared(config.checkRatio ?? undefined);
  if (part === 'targets') return <Targets targets={config.targets} others={other?.targets ?? []} tone={tone} variations={variations} />;
  if (part === 'offVariation') {
    return config.offVariation === undefined ? words.codeDefault : <Chip index={config.offVariation} variations={variations} />;
  }
  if (config.prerequisites.length === 0) return words.none;
  return config.prerequisites.map(({ key, variation }) => (
    <span key={key} className={classes.line}>
      <KeyPill>{key}</KeyPill> <Chip index={variation} variations={required.get(key)?.variations ?? []} />
    </span>
  ));
}

interface TrackedProps {
  isOn: boolean | undefined;
  /** In what it is laid beside. */
  isOnBeside: boolean | undefined;
  tone: Tone | undefined;
}

/** That SDKs send single events besides the counts, where they do. */
function Tracked({ isOn = false, isOnBeside = false, tone }: TrackedProps) {
  if (!isOn) return null;
  return (
    <span className={classes.line}>
      <Tag tone={isOnBeside ? undefined : tone}>{words.tracked}</Tag>
    </span>
  );
}

function OnOff({ on }: { on: boolean }) {
  return (
    <span className={classes.line}>
      <span className={classes.dot} data-on={on || undefined} aria-hidden /> {on ? shared.on : shared.off}
    </span>
  );
}

interface TargetsProps {
  targets: Config['targets'];
  others: Config['targets'];
  tone: Tone | undefined;
  variations: Flag['variations'];
}

function Targets({ targets, others, tone, variations }: TargetsProps) {
  const held = targets.filter(({ values }) => values.length > 0);
  if (held.length === 0) return words.none;
  return held.map((target) => {
    const own = ownKeys(target, others);
    const keys = [...own, ...target.values.filter((value) => !own.includes(value))];
    return (
      <span key={`${target.variation} ${target.contextKind}`} className={classes.line}>
        <Chip index={target.variation} variations={variations} /> {target.contextKind}
        {keys.slice(0, SHOWN).map((key) => (
          <KeyPill key={key} tone={own.includes(key) ? tone : undefined}>
            {key}
          </KeyPill>
        ))}
        {keys.length > SHOWN && words.moreKeys(count(keys.length - SHOWN))}
      </span>
    );
  });
}

export interface RuleCellProps {
  rule: Rule;
  variations: Flag['variations'];
  /** On a side of the comparison: the rule on the other, and what values are that it lacks. */
  against?: { rule: Rule | undefined; tone: Tone };
}

export function RuleCell({ rule, variations, against }: RuleCellProps) {
  const known = new Set(against?.rule?.clauses.flatMap(({ values }) => values.map(String)));
  const toneOf = (value: string) => (against === undefined || known.has(value) ? undefined : against.tone);
  return (
    <>
      {rule.clauses.map((clause, at) => (
        <ClauseLine key={clause._id} clause={clause} isFirst={at === 0} toneOf={toneOf} />
      ))}
      <OutcomeLine outcome={rule} variations={variations} />
      <Tracked isOn={rule.trackEvents} isOnBeside={against?.rule?.trackEvents} tone={against?.tone} />
    </>
  );
}
