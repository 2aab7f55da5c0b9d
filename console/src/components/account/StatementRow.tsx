// One statement of a policy: allow or deny, which actions, on which resources.
import { ActionIcon, Menu, Select } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import {
  actionsFor, actionWords, inverted, specifierFault, statementFaults, strangeActions, templateOf, type Statement,
} from '../../format/policy';
import { policyWords as words } from '../../strings/policy';
import { Note } from '../../ui/Note';
import { ValuesInput } from '../../ui/ValuesInput';
import classes from './policy.module.css';
import { Unmatched } from './Unmatched';

export interface StatementRowProps {
  number: number;
  statement: Statement;
  paths: readonly string[] | undefined;
  onChange: (statement: Statement) => void;
  onCopy: () => void;
  onRemove: () => void;
}

const EFFECTS = Object.entries(words.effects).map(([value, label]) => ({ value, label }));
const MONO = { pill: { fontFamily: 'var(--mantine-font-family-monospace)' }, inputField: { minWidth: 120 } };
const SPLIT = [',', ' ', '\n', '\t'];

export function StatementRow({ number, statement, paths = Object.keys(words.kinds), onChange, ...acts }: StatementRowProps) {
  const faults = statementFaults(statement);
  const strange = strangeActions(statement);
  const isNotActions = statement.notActions !== undefined;
  const isNotResources = statement.notResources !== undefined;
  const actions = statement.notActions ?? statement.actions ?? [];
  const resources = statement.notResources ?? statement.resources ?? [];
  return (
    <section className={classes.statement} aria-label={words.statement(number)} data-effect={statement.effect}>
      <div className={classes.top}>
        <Select
          className={classes.effect}
          aria-label={words.effect(number)}
          data={EFFECTS}
          allowDeselect={false}
          value={statement.effect}
          onChange={(effect) => onChange({ ...statement, effect: effect === 'deny' ? 'deny' : 'allow' })}
        />
        <StatementMenu number={number} statement={statement} onChange={onChange} {...acts} />
      </div>
      <div className={classes.part}>
        <span className={classes.word}>{isNotActions ? words.notActions : words.actions}</span>
        <ValuesInput
          aria-label={words.actionsOf(number)}
          data={['*', ...actionsFor(statement)]}
          splitChars={SPLIT}
          styles={MONO}
          placeholder={actions.length === 0 ? words.addAction : ''}
          renderOption={({ option }) => <ActionOption action={option.value} />}
          value={actions}
          onChange={(next) => onChange({ ...statement, [isNotActions ? 'notActions' : 'actions']: next })}
          error={actions.length > 0 && faults.actions}
        />
      </div>
      <div className={classes.part}>
        <span className={classes.word}>{isNotResources ? words.notResources : words.resources}</span>
        <ValuesInput
          aria-label={words.resourcesOf(number)}
          data={paths.map(templateOf)}
          splitChars={[' ', '\n', '\t']}
          styles={MONO}
          placeholder={resources.length === 0 ? words.addResource : ''}
          value={resources}
          onChange={(next) => onChange({ ...statement, [isNotResources ? 'notResources' : 'resources']: next })}
          error={resources.some((text) => specifierFault(text) !== undefined) && faults.resources}
        />
      </div>
      <Unmatched resources={resources} />
      {strange.length > 0 && <Note tone="warn">{words.strange(strange.join(', '))}</Note>}
    </section>
  );
}

function ActionOption({ action }: { action: string }) {
  return (
    <span className={classes.option}>
      <code>{action}</code>
      <span>{actionWords(action)}</span>
    </span>
  );
}

type MenuProps = Omit<StatementRowProps, 'paths'>;

function StatementMenu({ number, statement, onChange, onCopy, onRemove }: MenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={words.more(number)}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange(inverted(statement, 'actions'))}>
          {statement.notActions === undefined ? words.invertActions : words.revertActions}
        </Menu.Item>
        <Menu.Item onClick={() => onChange(inverted(statement, 'resources'))}>
          {statement.notResources === undefined ? words.invertResources : words.revertResources}
        </Menu.Item>
        <Menu.Item onClick={onCopy}>{words.copy}</Menu.Item>
        <Menu.Item onClick={onRemove}>{words.remove}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
