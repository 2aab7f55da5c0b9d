// A rule of a segment: a sentence until it is edited.
import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { percent } from '../../format/number';
import type { SegmentRule } from '../../format/segmentSteps';
import { isNew } from '../../format/steps';
import { segmentWords as words } from '../../strings/segments';
import { targetingWords as shared } from '../../strings/targeting';
import { ClauseFields, ClauseLine } from '../targeting/Clauses';
import { useNewFocus } from '../targeting/newFocus';
import { RuleHead } from '../targeting/RuleHead';
import type { Ordered } from '../targeting/ruleOrder';
import classes from '../targeting/targeting.module.css';

const PERCENT = 1000; // thousandths of a percent

export interface SegmentRuleCardProps extends Ordered {
  rule: SegmentRule;
  isChanged: boolean;
  onChange: (rule: SegmentRule) => void;
  onRemove: () => void;
}

export function SegmentRuleCard({ rule, isChanged, onChange, ...order }: SegmentRuleCardProps) {
  const [isEdited, setEdited] = useState(isNew(rule._id));
  const { description } = rule;
  const title = description === undefined || description === null || description === '' ? words.rule(order.place) : description;
  const { weight } = rule;
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={words.rule(order.place)}>
      <RuleHead
        {...order}
        title={title}
        note={typeof weight === 'number' ? words.share(percent(weight)) : words.everyone}
        isEdited={isEdited}
        onEdit={setEdited}
      />
      {isEdited ? (
        <Fields rule={rule} onChange={onChange} />
      ) : (
        rule.clauses.map((clause, at) => <ClauseLine key={clause._id} clause={clause} isFirst={at === 0} isHere />)
      )}
    </section>
  );
}

function Fields({ rule, onChange }: Pick<SegmentRuleCardProps, 'rule' | 'onChange'>) {
  const { weight } = rule;
  const begin = useNewFocus(rule._id);
  const setWeight = (share: number | string) =>
    onChange({ ...rule, weight: share === '' ? undefined : Math.round(Number(share) * PERCENT) });
  return (
    <div className={classes.fields}>
      <TextInput
        ref={begin}
        label={`${shared.name} (${shared.optional})`}
        maw={420}
        value={rule.description ?? ''}
        onChange={(event) => onChange({ ...rule, description: event.currentTarget.value })}
      />
      <ClauseFields clauses={rule.clauses} onChange={(clauses) => onChange({ ...rule, clauses })} />
      <NumberInput
        label={words.shareLabel}
        description={words.shareHint}
        maw={260}
        min={0}
        max={100}
        decimalScale={3}
        suffix="%"
        hideControls
        value={typeof weight === 'number' ? weight / PERCENT : ''}
        onChange={setWeight}
      />
      {typeof weight === 'number' && (
        <TextInput
          label={words.shareKind}
          maw={260}
          value={rule.rolloutContextKind ?? 'user'}
          onChange={(event) => onChange({ ...rule, rolloutContextKind: event.currentTarget.value.trim() })}
        />
      )}
    </div>
  );
}
