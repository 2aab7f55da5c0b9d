// The steps that decide what a context gets, in the order of evaluation.
import { Button } from '@mantine/core';
import { IconLink, IconPlus, IconTarget, IconUsers } from '@tabler/icons-react';
import { useMemo, useState, type HTMLAttributes, type ReactNode } from 'react';
import type { Flag } from '../../api/flags';
import { emptyRule, same, type Rule, type Targeting } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import { Keys } from '../../ui/KeyPill';
import { Locked } from '../../ui/Locked';
import { useShortcuts } from '../../ui/shortcuts';
import { useSteady } from '../../ui/steady';
import { useAccess } from '../flags/access';
import { EVERYONE_ACTIONS, EveryoneElse } from './EveryoneElse';
import { NewRequirement, Requirement } from './Requirements';
import { RULE_ACTIONS, RuleCard } from './RuleCard';
import { RuleJump } from './RuleJump';
import { useRuleOrder } from './ruleOrder';
import { SharesHead, StepShare } from './StepShare';
import { TargetsCard } from './TargetsCard';
import classes from './targeting.module.css';

const TARGETS = 'targets';
const FALLTHROUGH = 'fallthrough';

export interface LadderProps {
  flag: Flag;
  base: Targeting;
  targeting: Targeting;
  /** Whether none of it decides now. */
  isOff: boolean;
  onChange: (change: Partial<Targeting>) => void;
}

export function Ladder({ flag, base, targeting, isOff, onChange }: LadderProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [isAdding, setAdding] = useState(false);
  const { variations } = flag;
  const { refusal } = useAccess('here');
  const [noTargets, noRules, noRequirements] = [refusal('updateTargets'), refusal('updateRules'), refusal('updatePrerequisites')];
  const edit = (id: string) => (isEdited: boolean) =>
    setOpen((before) => new Set(isEdited ? [...before, id] : [...before].filter((one) => one !== id)));
  const { rules } = targeting;
  const setRules = (next: Rule[]) => onChange({ rules: next });
  const order = useRuleOrder(rules, noRules !== undefined, setRules);
  const saved = useMemo(() => new Map(base.rules.map((rule) => [rule._id, rule])), [base.rules]);
  const editRule = useSteady((id: string, isEdited: boolean) => edit(id)(isEdited));
  const changeRule = useSteady((next: Rule) => setRules(rules.map((one) => (one._id === next._id ? next : one))));
  const removeRule = useSteady((id: string) => setRules(rules.filter((one) => one._id !== id)));
  const addRule = () => {
    const rule = emptyRule(rules);
    setRules([...rules, rule]);
    edit(rule._id)(true);
  };
  useShortcuts([
    ...(noRules === undefined ? [{ keys: 'r', label: words.addRule, run: addRule }] : []),
    ...(noTargets === undefined ? [{ keys: 'a', label: words.editTargets, run: () => edit(TARGETS)(true) }] : []),
  ]);
  return (
    <>
      {order.said}
      <RuleJump count={rules.length} />
      <SharesHead />
      <ol aria-label={words.steps} className={classes.ladder} data-off={isOff || undefined}>
        <Requirements
          flagKey={flag.key}
          refusal={noRequirements}
          base={base}
          targeting={targeting}
          onChange={onChange}
          isAdding={isAdding}
          onAdded={() => setAdding(false)}
        />
        <Step mark={<IconTarget size={14} />} name="targets">
          <TargetsCard
            targets={targeting.targets}
            base={base.targets}
            refusal={noTargets}
            variations={variations}
            isChanged={!same(targeting.targets, base.targets)}
            isEdited={open.has(TARGETS)}
            onEdit={edit(TARGETS)}
            onChange={(targets) => onChange({ targets })}
          />
        </Step>
        {rules.map((rule, at) => (
          <Step key={rule._id} mark={at + 1} name={`rule ${rule._id}`} item={order.itemOf(at)} refusal={refusal(...RULE_ACTIONS)}>
            <RuleCard
              rule={rule}
              {...order.partsOf(at)}
              refusal={refusal}
              variations={variations}
              isEdited={open.has(rule._id)}
              base={saved.get(rule._id)}
              onEdit={editRule}
              onChange={changeRule}
              onRemove={removeRule}
            />
          </Step>
        ))}
        <Step>
          <div className={classes.outcome}>
            <Locked isTold refusal={noRules}>
              <Button variant="default" leftSection={<IconPlus size={14} />} rightSection={<Keys keys="r" />} onClick={addRule}>
                {words.addRule}
              </Button>
            </Locked>
            <Locked isTold refusal={noRequirements}>
              <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
                {words.addRequirement}
              </Button>
            </Locked>
          </div>
        </Step>
        <Step mark={<IconUsers size={14} />} name="fallthrough" refusal={refusal(...EVERYONE_ACTIONS)}>
          <EveryoneElse
            flag={flag}
            targeting={targeting}
            base={base}
            refusal={refusal}
            isEdited={open.has(FALLTHROUGH)}
            onEdit={edit(FALLTHROUGH)}
            onChange={onChange}
          />
        </Step>
      </ol>
    </>
  );
}

interface StepProps {
  mark?: ReactNode;
  /** What its share is known by. */
  name?: string;
  item?: HTMLAttributes<HTMLLIElement>;
  /** Why it cannot be changed. */
  refusal?: string | undefined;
  children: ReactNode;
}

function Step({ mark, name, item, refusal, children }: StepProps) {
  return (
    <li className={`${classes.step} ${classes.movable}`} {...item}>
      {mark === undefined ? <span /> : (
        <span className={classes.mark} aria-hidden>
          {mark}
        </span>
      )}
      <Locked isTold refusal={refusal}>{children}</Locked>
      {name !== undefined && <StepShare of={name} />}
    </li>
  );
}

interface RequirementsProps {
  flagKey: string;
  refusal: string | undefined;
  base: Targeting;
  targeting: Targeting;
  onChange: (change: Partial<Targeting>) => void;
  isAdding: boolean;
  /** The adding has come to its end. */
  onAdded: () => void;
}

function Requirements({ flagKey, refusal, base, targeting: { prerequisites }, onChange, isAdding, onAdded }: RequirementsProps) {
  const set = (next: Targeting['prerequisites']) => onChange({ prerequisites: next });
  return (
    <>
      {prerequisites.map((held) => (
        <Step key={held.key} mark={<IconLink size={14} />} name={`requires ${held.key}`} refusal={refusal}>
          <Requirement
            requirement={held}
            isChanged={!base.prerequisites.some((one) => one.key === held.key && one.variation === held.variation)}
            onChange={(next) => set(prerequisites.map((one) => (one.key === next.key ? next : one)))}
            onRemove={() => set(prerequisites.filter((one) => one.key !== held.key))}
          />
        </Step>
      ))}
      {isAdding && (
        <Step mark={<IconLink size={14} />}>
          <NewRequirement
            taken={[flagKey, ...prerequisites.map(({ key }) => key)]}
            onCancel={onAdded}
            onAdd={(added) => {
              set([...prerequisites, added]);
              onAdded();
            }}
          />
        </Step>
      )}
    </>
  );
}
