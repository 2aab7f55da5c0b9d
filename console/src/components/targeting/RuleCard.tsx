// A rule: a sentence until it is edited.
import { TextInput } from '@mantine/core';
import { memo } from 'react';
import type { Flag } from '../../api/flags';
import type { Access } from '../../api/may';
import { isNew, same, type Rule } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import { Locked } from '../../ui/Locked';
import { ClauseFields, ClauseLine } from './Clauses';
import { useNewFocus } from './newFocus';
import { OutcomeEditor } from './OutcomeEditor';
import { OutcomeLine } from './OutcomeLine';
import { RuleHead } from './RuleHead';
import { Tracking } from './Tracking';
import type { Ordered } from './ruleOrder';
import classes from './targeting.module.css';

export interface RuleCardProps extends Ordered, Pick<Access, 'refusal'> {
  rule: Rule;
  variations: Flag['variations'];
  isEdited: boolean;
  onEdit: (rule: string, isEdited: boolean) => void;
  onChange: (rule: Rule) => void;
  onRemove: (rule: string) => void;
  /** The rule as it is saved. */
  base: Rule | undefined;
}

/**
 * Of hundreds of rules only those are drawn again that are others: `onEdit`, `onChange`, `onRemove` and those of the
 * order do the same whenever they were made, and what may not be done is compared by its words.
 */
export const RuleCard = memo(Card, (before, after) => {
  const locks = ({ refusal }: RuleCardProps) => RULE_ACTIONS.map((action) => refusal(action)).join();
  const seen = ({ rule, base, place, count, isEdited, variations }: RuleCardProps) => [rule, base, place, count, isEdited, variations];
  const now = seen(after);
  return seen(before).every((one, at) => one === now[at]) && locks(before) === locks(after);
});

function Card({ onEdit, onRemove, ...rest }: RuleCardProps) {
  const { rule, base, place, variations, isEdited, refusal } = rest;
  const props = { ...rest, onEdit: (isOpen: boolean) => onEdit(rule._id, isOpen), onRemove: () => onRemove(rule._id) };
  const isChanged = !same(rule, base);
  const { description = '' } = rule;
  const title = description === '' ? words.rule(place) : description;
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={words.rule(place)}>
      <RuleHead
        {...props}
        title={title}
        refusal={refusal('updateRules')}
        {...(rule.trackEvents && { note: words.tracked })}
        outcome={!isEdited && <OutcomeLine outcome={rule} variations={variations} />}
      />
      {isEdited ? (
        <RuleFields {...props} />
      ) : (
        rule.clauses.map((clause, at) => <ClauseLine key={clause._id} clause={clause} isFirst={at === 0} isHere />)
      )}
    </section>
  );
}

/** What is asked for to change each part of a rule; a new one is sent whole. */
export const RULE_ACTIONS = ['updateRules', 'updateFlagRuleDescription', 'updateTrackEvents'];

function RuleFields({ rule, base, variations, refusal, onChange }: Omit<RuleCardProps, 'onEdit' | 'onRemove'>) {
  const begin = useNewFocus(rule._id);
  const refusalOf = (action: string) => refusal(isNew(rule._id) ? 'updateRules' : action);
  return (
    <div className={classes.fields}>
      <Locked isTold refusal={refusalOf('updateFlagRuleDescription')}>
        <TextInput
          ref={begin}
          label={`${words.name} (${words.optional})`}
          maw={420}
          value={rule.description ?? ''}
          onChange={(event) => onChange({ ...rule, description: event.currentTarget.value })}
        />
      </Locked>
      <Locked isTold refusal={refusal('updateRules')}>
        <div className={classes.parts}>
          <ClauseFields clauses={rule.clauses} onChange={(clauses) => onChange({ ...rule, clauses })} />
        </div>
      </Locked>
      <Locked isTold refusal={refusal('updateRules')}>
        <OutcomeEditor
          label={words.outcome}
          outcome={rule}
          base={base}
          variations={variations}
          step={`rule ${rule._id}`}
          onChange={({ variation, rollout }) => onChange({ ...rule, variation, rollout })}
        />
      </Locked>
      <Tracking
        label={words.track}
        refusal={refusalOf('updateTrackEvents')}
        isOn={rule.trackEvents}
        onChange={(trackEvents) => onChange({ ...rule, trackEvents })}
      />
    </div>
  );
}
