// One condition of a rule while it is edited: whose attribute, how it is compared, with which values.
import { ActionIcon, Autocomplete, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { chosenOperator, OPERATORS, operatorChoice, typedValues, valueProblem } from '../../format/operators';
import type { Clause } from '../../format/steps';
import { targetingWords as words } from '../../strings/targeting';
import { afterPress } from '../../ui/pressed';
import { useClauseChoices } from './clauseChoices';
import { ClauseValues, SegmentValues } from './ClauseValues';
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
  const [isNaming, setNaming] = useState(false); // nothing is said of a name that is not written yet
  const naming = { onFocus: () => setNaming(true), onBlur: () => afterPress(() => setNaming(false)) };
  const { kinds, attributes, values, note } = useClauseChoices(clause);
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
          <Autocomplete
            aria-label={words.contextKind}
            placeholder={words.contextKind}
            w={116}
            {...naming}
            data={kinds}
            value={clause.contextKind}
            onChange={(kind) => set({ contextKind: kind.trim() })}
          />
          <Autocomplete
            aria-label={words.attribute}
            placeholder={words.attribute}
            w={138}
            classNames={{ input: classes.mono, option: classes.mono }}
            {...naming}
            data={attributes}
            value={clause.attribute}
            onChange={(attribute) => set({ attribute })}
          />
        </>
      )}
      <Select
        aria-label={words.operator}
        w={170}
        data={OPERATORS}
        allowDeselect={false}
        searchable
        title={clause.op}
        renderOption={({ option }) => <span title={chosenOperator(option.value).op}>{option.label}</span>}
        value={operatorChoice(clause)}
        onChange={(choice) => choice !== null && set(chosenOperator(choice))}
      />
      {isSegment ? (
        <SegmentValues values={clause.values.map(String)} onChange={setValues} />
      ) : (
        <ClauseValues
          label={words.values}
          data={values}
          error={problem}
          description={problem === undefined && !isNaming && note}
          values={clause.values.map(String)}
          onChange={setValues}
        />
      )}
      {onRemove && (
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={words.removeClause} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
