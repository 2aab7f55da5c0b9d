// One condition of a rule while it is edited: whose attribute, how it is compared, with which values.
import { ActionIcon, Select, TagsInput, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { chosenOperator, OPERATORS, operatorChoice, typedValues, valueProblem } from '../../format/operators';
import type { Clause } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import classes from './targeting.module.css';

export interface ClauseEditorProps {
  clause: Clause;
  isFirst: boolean;
  onChange: (clause: Clause) => void;
  /** Undefined where it is the only one. */
  onRemove: (() => void) | undefined;
}

export function ClauseEditor({ clause, isFirst, onChange, onRemove }: ClauseEditorProps) {
  const isSegment = clause.op === 'segmentMatch';
  const problem = clause.values.map((value) => valueProblem(clause.op, value)).find((found) => found !== undefined);
  const set = (change: Partial<Clause>) => onChange({ ...clause, ...change });
  const setValues = (texts: string[]) => set({ values: typedValues(clause.op, texts, clause.values) });
  return (
    <div className={classes.clauseEditor} role="group" aria-label={isFirst ? words.if : words.and}>
      <span className={classes.join}>{isFirst ? words.if : words.and}</span>
      {isSegment ? (
        <span>{words.anyContext}</span>
      ) : (
        <>
          <TextInput
            aria-label={words.contextKind}
            placeholder={words.contextKind}
            w={110}
            value={clause.contextKind}
            onChange={(event) => set({ contextKind: event.currentTarget.value.trim() })}
          />
          <TextInput
            aria-label={words.attribute}
            placeholder={words.attribute}
            w={130}
            classNames={{ input: classes.mono ?? '' }}
            value={clause.attribute}
            onChange={(event) => set({ attribute: event.currentTarget.value })}
          />
        </>
      )}
      <Select
        aria-label={words.operator}
        w={170}
        data={OPERATORS}
        allowDeselect={false}
        searchable
        value={operatorChoice(clause)}
        onChange={(choice) => choice !== null && set(chosenOperator(choice))}
      />
      <TagsInput
        aria-label={isSegment ? words.segments : words.values}
        placeholder={clause.values.length === 0 ? (isSegment ? words.segments : words.values) : ''}
        className={classes.values ?? ''}
        splitChars={[',', '\n', '\t']}
        acceptValueOnBlur
        error={problem}
        value={clause.values.map(String)}
        onChange={setValues}
      />
      {onRemove && (
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={words.removeClause} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
