// The members of a small segment: lists of keys and rules, edited until the changes are reviewed.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Access } from '../../api/may';
import type { Environment } from '../../api/places';
import type { Segment, SegmentPlace } from '../../api/segments';
import { emptySegmentRule, type SegmentRule } from '../../format/segmentSteps';
import { same } from '../../format/steps';
import { segmentWords as words } from '../../strings/segments';
import { targetingWords as targeting } from '../../strings/targeting';
import { Keys } from '../../ui/KeyPill';
import { Locked, Refusal } from '../../ui/Locked';
import { useShortcuts } from '../../ui/shortcuts';
import { usePlace } from '../place';
import { useReviewing } from '../reviewing';
import { useRuleOrder } from '../targeting/ruleOrder';
import ladder from '../targeting/targeting.module.css';
import { UnsavedBar } from '../targeting/UnsavedBar';
import { nameOf, useSegmentDraft } from './drafts';
import { KeyLists } from './KeyLists';
import { SegmentReview } from './SegmentReview';
import { SegmentRuleCard } from './SegmentRuleCard';
import classes from './segments.module.css';

/** What is asked for to change its members: its lists of keys, and its rules. */
export const SEGMENT_ACTIONS = ['updateIncluded', 'updateExcluded', 'updateRules'];

export interface SegmentMembersProps {
  place: SegmentPlace;
  segment: Segment;
  environment: Environment;
  access: Access;
}

export function SegmentMembers({ place, segment, environment, access: { refusal, missing } }: SegmentMembersProps) {
  const { project } = usePlace();
  const review = useReviewing();
  const draft = useSegmentDraft(nameOf(place), segment);
  const { membership, base, set } = draft;
  const { rules } = membership;
  const setRules = (next: SegmentRule[]) => set({ rules: next });
  const addRule = () => setRules([...rules, emptySegmentRule(rules)]);
  const noRules = refusal('updateRules');
  const order = useRuleOrder(rules, noRules !== undefined, setRules);
  useShortcuts(noRules === undefined ? [{ keys: 'r', label: targeting.addRule, run: addRule }] : []);
  return (
    <>
      <Refusal why={missing(...SEGMENT_ACTIONS)} />
      <Locked isTold refusal={refusal('updateIncluded')}>
        <KeyLists
          title={words.included}
          lists={membership.included}
          isChanged={!same(membership.included, base.included)}
          onChange={(included) => set({ included })}
        />
      </Locked>
      <Locked isTold refusal={refusal('updateExcluded')}>
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
      {order.said}
      <Locked isTold refusal={noRules}>
        <div className={classes.main}>
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
        </div>
      </Locked>
      {draft.steps.length > 0 && (
        <UnsavedBar
          environment={environment}
          draft={draft}
          onReview={review.open}
          history={{ spec: `proj/${project.key}:env/${environment.key}:segment/${segment.key}` }}
        />
      )}
      {review.isOpen && draft.steps.length > 0 && (
        <SegmentReview
          change={{ ...place, instructions: draft.steps }}
          segment={segment}
          environment={environment}
          onClose={review.close}
          onSaved={draft.clear}
        />
      )}
    </>
  );
}
