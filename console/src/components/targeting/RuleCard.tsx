// A rule: a sentence until it is edited.
import { Button, TextInput } from '@mantine/core';
import type { Flag } from '../../api/flags';
import type { Rule } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import { ClauseFields, ClauseLine } from './Clauses';
import { OutcomeEditor } from './OutcomeEditor';
import { OutcomeLine } from './OutcomeLine';
import { RuleMenu } from './RuleMenu';
import { Tracking } from './Tracking';
import type { Ordered } from './ruleOrder';
import classes from './targeting.module.css';

export interface RuleCardProps extends Ordered {
  rule: Rule;
  variations: Flag['variations'];
  isEdited: boolean;
  isChanged: boolean;
  onEdit: (isEdited: boolean) => void;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
  /** The rule as it is saved. */
  base: Rule | undefined;
}

export function RuleCard(props: RuleCardProps) {
  const { rule, place, variations, isEdited, isChanged, onEdit, handle } = props;
  const { description = '' } = rule;
  const title = description === '' ? words.rule(place) : description;
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={words.rule(place)}>
      <div className={classes.cardHead}>
        {handle}
        <h2 dir="auto">{title}</h2>
        {rule.trackEvents && <span className={classes.dim}>{words.tracked}</span>}
        <span className={classes.space} />
        {!isEdited && <OutcomeLine outcome={rule} variations={variations} />}
        <Button
          size="xs"
          variant="subtle"
          aria-label={`${isEdited ? words.done : words.edit} ${title}`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onClick={() => onEdit(!isEdited)}
        >
          {isEdited ? words.done : words.edit}
        </Button>
        <RuleMenu {...props} title={title} />
      </div>
      {isEdited ? <RuleFields {...props} /> : rule.clauses.map((clause, at) => <ClauseLine key={clause._id} clause={clause} isFirst={at === 0} />)}
    </section>
  );
}

function RuleFields({ rule, base, variations, onChange }: RuleCardProps) {
  return (
    <div className={classes.fields}>
      <TextInput
        label={`${words.name} (${words.optional})`}
        maw={420}
        value={rule.description ?? ''}
        onChange={(event) => onChange({ ...rule, description: event.currentTarget.value })}
      />
      <ClauseFields clauses={rule.clauses} onChange={(clauses) => onChange({ ...rule, clauses })} />
      <OutcomeEditor
        label={words.outcome}
        outcome={rule}
        base={base}
        variations={variations}
        onChange={({ variation, rollout }) => onChange({ ...rule, variation, rollout })}
      />
      <Tracking label={words.track} isOn={rule.trackEvents} onChange={(trackEvents) => onChange({ ...rule, trackEvents })} />
    </div>
  );
}
