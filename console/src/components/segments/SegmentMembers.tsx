// The members of a small segment: lists of keys and rules, edited until the changes are reviewed.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Environment } from '../../api/places';
import type { Segment, SegmentInstruction } from '../../api/segments';
import { emptySegmentRule, type SegmentRule } from '../../format/segmentSteps';
import { same } from '../../format/steps';
import { segmentWords as words } from '../../strings/segments';
import { targetingWords as targeting } from '../../strings/targeting';
import { Keys } from '../../ui/KeyPill';
import { Locked } from '../../ui/Locked';
import { useShortcuts } from '../../ui/shortcuts';
import { usePlace } from '../place';
import { useRuleOrder } from '../targeting/ruleOrder';
import ladder from '../targeting/targeting.module.css';
import { UnsavedBar } from '../targeting/UnsavedBar';
import { useSegmentDraft } from './drafts';
import { KeyLists } from './KeyLists';
import { SegmentRuleCard } from './SegmentRuleCard';
import classes from './segments.module.css';

export interface SegmentMembersProps {
  /** Whose draft it is. */
  name: string;
  segment: Segment;
  environment: Environment;
  /** Why the reader may not change its keys, or its rules. */
  refusals: { keys: string | undefined; rules: string | undefined };
  /** `done` forgets what was edited, once it is saved. */
  onReview: (instructions: SegmentInstruction[], done: () => void) => void;
}

export function SegmentMembers({ name, segment, environment, refusals, onReview }: SegmentMembersProps) {
  const { project } = usePlace();
  const draft = useSegmentDraft(name, segment);
  const { membership, base, set } = draft;
  const { rules } = membership;
  const setRules = (next: SegmentRule[]) => set({ rules: next });
  const addRule = () => setRules([...rules, emptySegmentRule(rules)]);
  const order = useRuleOrder(rules, (refusals.keys ?? refusals.rules) !== undefined, setRules);
  useShortcuts(refusals.rules === undefined ? [{ keys: 'r', label: targeting.addRule, run: addRule }] : []);
  return (
    <>
      <Locked refusal={refusals.keys}>
      <KeyLists
        title={words.included}
        lists={membership.included}
        isChanged={!same(membership.included, base.included)}
        onChange={(included) => set({ included })}
      />
      <KeyLists
        title={words.excluded}
        lists={membership.excluded}
        isChanged={!same(membership.excluded, base.excluded)}
        onChange={(excluded) => set({ excluded })}
      />
      </Locked>
      <h2 className={classes.part}>
        {words.rules} <span>{words.rulesHint} {words.listHint}</span>
      </h2>
      <Locked refusal={refusals.keys === undefined ? refusals.rules : refusals.rules && words.rulesToo}>
      {order.said}
      {rules.length > 0 && (
        <ol className={classes.ruleList}>
          {rules.map((rule, at) => (
            <li key={rule._id} className={ladder.movable} {...order.itemOf(at)}>
              <SegmentRuleCard
                rule={rule}
                {...order.partsOf(at)}
                isChanged={!same(rule, base.rules.find((one) => one._id === rule._id))}
                onChange={(next) => setRules(rules.map((one) => (one._id === next._id ? next : one)))}
                onRemove={() => setRules(rules.filter((one) => one._id !== rule._id))}
              />
            </li>
          ))}
        </ol>
      )}
      <div>
        <Button variant="default" leftSection={<IconPlus size={14} />} rightSection={<Keys keys="r" />} onClick={addRule}>
          {targeting.addRule}
        </Button>
      </div>
      </Locked>
      {draft.steps.length > 0 && (
        <UnsavedBar
          environment={environment}
          draft={draft}
          onReview={() => onReview(draft.steps, draft.clear)}
          history={{ spec: `proj/${project.key}:env/${environment.key}:segment/${segment.key}` }}
        />
      )}
    </>
  );
}
