// A policy as rows or as JSON, kept in step; used wherever a policy is written.
import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { writePolicy, type Statement } from '../../format/policy';
import { policyWords as words } from '../../strings/policy';
import { Note } from '../../ui/Note';
import classes from './policy.module.css';
import { PolicyJson } from './PolicyJson';
import { StatementRow } from './StatementRow';

export interface PolicyDraft {
  statements: Statement[];
  /** What was typed as JSON, as long as it is not a policy. */
  text?: string | undefined;
}

export interface PolicyEditorProps {
  value: PolicyDraft;
  onChange: (draft: PolicyDraft) => void;
  /** The types of resources that are offered first. */
  paths?: readonly string[];
  /** What stands where there is no statement. */
  none?: string;
}

const VIEWS = (['rows', 'json'] as const).map((value) => ({ value, label: words[value] }));
type View = (typeof VIEWS)[number]['value'];
const FRESH: Statement = { effect: 'allow', resources: [], actions: [] };

export function PolicyEditor({ value, onChange, paths, none = words.none }: PolicyEditorProps) {
  const [view, setView] = useState<View>(value.text === undefined ? 'rows' : 'json');
  const { statements } = value;
  const set = (next: Statement[]) => onChange({ statements: next });
  const isHeld = value.text !== undefined && view === 'json';
  return (
    <div className={classes.editor}>
      <SegmentedControl
        size="xs"
        aria-label={words.views}
        data={VIEWS}
        value={view}
        onChange={(next) => {
          if (!isHeld) setView(next);
        }}
      />
      {view === 'json' ? (
        <PolicyJson
          text={value.text ?? writePolicy(statements)}
          onText={(text) => onChange({ statements, text })}
          onPolicy={set}
        />
      ) : (
        <>
          {statements.length === 0 && <p className={classes.none}>{none}</p>}
          {statements.map((statement, place) => (
            <StatementRow
              key={place}
              number={place + 1}
              statement={statement}
              paths={paths}
              onChange={(next) => set(statements.map((other, at) => (at === place ? next : other)))}
              onCopy={() => set(statements.toSpliced(place + 1, 0, statement))}
              onRemove={() => set(statements.toSpliced(place, 1))}
            />
          ))}
          <div>
            <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => set([...statements, FRESH])}>
              {words.add}
            </Button>
          </div>
        </>
      )}
      {isHeld && <Note tone="info">{words.invalid}</Note>}
    </div>
  );
}
