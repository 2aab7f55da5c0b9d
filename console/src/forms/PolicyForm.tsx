// The policy of a custom role; what is changed is kept in this browser until it is saved.
import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useChangeRole, type Role } from '../api/roles';
import { usePolicyDraft } from '../components/account/policyDraft';
import { PolicyEditor } from '../components/account/PolicyEditor';
import { FormFailure } from '../components/FormFailure';
import { isSamePolicy, readStatements } from '../format/policy';
import { roleWords as words } from '../strings/roles';
import { useShortcuts } from '../ui/shortcuts';
import { tellDone } from '../ui/toast';

export interface PolicyFormProps {
  role: Role;
  /** Told whether there is something to save. */
  onDirty: (isDirty: boolean) => void;
}

export function PolicyForm({ role, onDirty }: PolicyFormProps) {
  const change = useChangeRole();
  const [round, setRound] = useState(0); // counts what was saved or discarded, after which the editor begins anew
  const saved = useMemo(() => readStatements(role.policy), [role.policy]);
  const draft = usePolicyDraft(`policy:${role.key}`, saved);
  const { statements, text } = draft.policy;
  const isDirty = text !== undefined || !isSamePolicy(statements, saved);
  const canSave = isDirty && !draft.isFaulty && !change.isPending;
  useEffect(() => onDirty(isDirty), [isDirty, onDirty]);
  const clear = () => {
    draft.clear();
    change.reset();
    setRound(round + 1);
  };
  const save = () => {
    if (!canSave) return;
    change.mutate(
      { key: role.key, change: { policy: statements as Role['policy'] } },
      {
        onSuccess: () => {
          clear();
          tellDone(words.savedPolicy(role.name));
        },
      },
    );
  };
  useShortcuts([{ keys: 'mod+s', label: words.savePolicy, run: save }]);
  return (
    <Stack gap="md">
      <PolicyEditor key={round} value={draft.policy} onChange={draft.set} />
      <FormFailure error={change.error} />
      {isDirty && (
        <Group gap="sm">
          <Button onClick={save} disabled={!canSave} loading={change.isPending}>
            {words.savePolicy}
          </Button>
          <Button variant="default" onClick={clear}>
            {words.discard}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
