// A rule: a sentence until it is edited.
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { Flag } from '../../api/flags';
import { operatorWords } from '../../format/operators';
import { emptyClause, type Clause, type Rule } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import { KeyPill } from '../../ui/KeyPill';
import { ClauseEditor } from './ClauseEditor';
import { OutcomeEditor } from './OutcomeEditor';
import { OutcomeLine } from './OutcomeLine';
import classes from './targeting.module.css';

export interface RuleCardProps {
  rule: Rule;
  /** From 1. */
  place: number;
  count: number;
  variations: Flag['variations'];
  isEdited: boolean;
  isChanged: boolean;
  onEdit: (isEdited: boolean) => void;
  onChange: (rule: Rule) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

export function RuleCard(props: RuleCardProps) {
  const { rule, place, variations, isEdited, isChanged, onEdit, onMove } = props;
  const { description = '' } = rule;
  const title = description === '' ? words.rule(place) : description;
  const moveByKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={words.rule(place)}>
      <div className={classes.cardHead}>
        <h2 dir="auto">{title}</h2>
        <span className={classes.space} />
        {!isEdited && <OutcomeLine outcome={rule} variations={variations} />}
        <Button
          size="xs"
          variant="subtle"
          aria-label={`${isEdited ? words.done : words.edit} ${title}`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          onKeyDown={moveByKey}
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

function RuleMenu({ title, place, count, onMove, onRemove }: RuleCardProps & { title: string }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={words.actions(title)}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={place === 1} onClick={() => onMove(-1)}>
          {words.moveUp}
        </Menu.Item>
        <Menu.Item disabled={place === count} onClick={() => onMove(1)}>
          {words.moveDown}
        </Menu.Item>
        <Menu.Item onClick={onRemove}>{words.removeRule}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ClauseLine({ clause, isFirst }: { clause: Clause; isFirst: boolean }) {
  return (
    <p className={classes.clause}>
      <span className={classes.join}>{isFirst ? words.if : words.and}</span>
      {clause.op !== 'segmentMatch' && (
        <>
          <b>{clause.contextKind}</b> <code>{clause.attribute}</code>
        </>
      )}
      <span>{operatorWords(clause)}</span>
      {clause.values.map((value, at) => (
        <span key={String(value)}>
          {at > 0 && <span className={classes.dim}>{words.or} </span>}
          <KeyPill>{String(value)}</KeyPill>
        </span>
      ))}
    </p>
  );
}

function RuleFields({ rule, variations, onChange }: RuleCardProps) {
  const setClause = (next: Clause) =>
    onChange({ ...rule, clauses: rule.clauses.map((clause) => (clause._id === next._id ? next : clause)) });
  const remove = (gone: Clause) =>
    onChange({ ...rule, clauses: rule.clauses.filter((clause) => clause._id !== gone._id) });
  return (
    <div className={classes.fields}>
      <TextInput
        label={`${words.name} (${words.optional})`}
        maw={420}
        value={rule.description ?? ''}
        onChange={(event) => onChange({ ...rule, description: event.currentTarget.value })}
      />
      {rule.clauses.map((clause, at) => (
        <ClauseEditor
          key={clause._id}
          clause={clause}
          isFirst={at === 0}
          onChange={setClause}
          onRemove={rule.clauses.length === 1 ? undefined : () => remove(clause)}
        />
      ))}
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange({ ...rule, clauses: [...rule.clauses, emptyClause(rule.clauses)] })}
        >
          {words.addClause}
        </Button>
      </div>
      <OutcomeEditor
        label={words.outcome}
        outcome={rule}
        variations={variations}
        onChange={({ variation, rollout }) => onChange({ ...rule, variation, rollout })}
      />
    </div>
  );
}
