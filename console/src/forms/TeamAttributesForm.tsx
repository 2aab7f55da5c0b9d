// The role attributes of a team: names, each with its values.
import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useChangeTeam, type Team } from '../api/teams';
import { FormFailure } from '../components/FormFailure';
import { Restored } from '../components/Restored';
import { attributeFaults, attributeRows, attributesOf, type AttributeRow } from '../format/teams';
import { teamWords as words } from '../strings/teams';
import { useDraft } from '../ui/draft';
import { tellDone } from '../ui/toast';
import { ValuesInput } from '../ui/ValuesInput';

const SAID = { missing: words.attributeMissing, twice: words.attributeTwice };

export function TeamAttributesForm({ team }: { team: Team }) {
  const draft = useDraft<AttributeRow[] | null>(`form:team-attributes:${team.key}`, null);
  const rows = draft.value ?? attributeRows(team.roleAttributes ?? {});
  const setRows = draft.set;
  const [isAsked, setAsked] = useState(false);
  const change = useChangeTeam(team.key);
  const faults = attributeFaults(rows);
  const isChanged = JSON.stringify(attributesOf(rows)) !== JSON.stringify(team.roleAttributes ?? {});
  const set = (place: number, next: Partial<AttributeRow>) =>
    setRows(rows.map((row, other) => (other === place ? { ...row, ...next } : row)));
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (faults.some(Boolean)) return;
    change.mutate([{ kind: 'replaceRoleAttributes', value: attributesOf(rows) }], {
      onSuccess: () => {
        draft.clear();
        setAsked(false);
        tellDone(words.savedAttributes(team.name));
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={720}>
        <Restored from={draft.restoredFrom} onDiscard={draft.clear} />
        {rows.map((row, place) => {
          const fault = faults[place];
          return (
            <Group key={place} gap="sm" align="flex-start">
              <TextInput
                aria-label={words.attribute}
                placeholder={words.attribute}
                value={row.key}
                onChange={(event) => set(place, { key: event.currentTarget.value })}
                error={(isAsked || fault === 'twice') && fault && SAID[fault]}
              />
              <ValuesInput
                flex={1}
                miw={200}
                aria-label={`${words.values}: ${row.key}`}
                placeholder={row.values.length === 0 ? words.values : ''}
                value={row.values}
                onChange={(values) => set(place, { values })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={words.removeAttribute(row.key)}
                onClick={() => setRows(rows.filter((_, other) => other !== place))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
          );
        })}
        <FormFailure error={change.error} />
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => setRows([...rows, { key: '', values: [] }])}
          >
            {words.addAttribute}
          </Button>
          {isChanged && (
            <Button type="submit" loading={change.isPending}>
              {words.saveAttributes}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
