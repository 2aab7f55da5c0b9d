// Who looks after a flag: a member, a team, or nobody.
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberName } from '../../../api/auth';
import { membersQuery } from '../../../api/choices';
import type { Flag } from '../../../api/flags';
import { teamPageQuery } from '../../../api/teams';
import { memberMaintainer, teamMaintainer } from '../../../format/flagSettings';
import { flagSettingsWords as words } from '../../../strings/flagSettings';

const WAIT = 120; // milliseconds after the last key
const MOST = 20;

interface Choice {
  value: string;
  label: string;
}

export function MaintainerField({ flag, value, onChange }: { flag: Flag; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState('');
  const [wanted] = useDebouncedValue(typed, WAIT);
  const [chosen, setChosen] = useState(() => currentOf(flag));
  const members = useQuery(membersQuery(wanted)).data?.items ?? [];
  const teams = useQuery(teamPageQuery(wanted, 0, MOST)).data?.items ?? [];
  const people = members.map((member) => ({ value: memberMaintainer(member._id), label: memberName(member) }));
  const groups = teams.map(({ key, name }) => ({ value: teamMaintainer(key), label: name }));
  const known = [...people, ...groups];
  const kept = chosen !== undefined && !known.some((one) => one.value === chosen.value) ? [chosen] : [];
  const isTeam = (one: Choice) => one.value.startsWith(teamMaintainer(''));
  const choose = (next: string | null) => {
    setChosen(known.find((one) => one.value === next) ?? chosen);
    onChange(next ?? '');
  };
  return (
    <Select
      label={words.maintainer}
      placeholder={words.nobody}
      searchable
      clearable
      filter={({ options }) => options}
      onSearchChange={setTyped}
      data={[
        { group: words.members, items: [...kept.filter((one) => !isTeam(one)), ...people] },
        { group: words.teams, items: [...kept.filter(isTeam), ...groups] },
      ].filter(({ items }) => items.length > 0)}
      value={value === '' ? null : value}
      onChange={choose}
    />
  );
}

/** Who it is now, with a name although the search may not find them. */
function currentOf({ _maintainer, _maintainerTeam }: Flag): Choice | undefined {
  if (_maintainerTeam) return { value: teamMaintainer(_maintainerTeam.key), label: _maintainerTeam.name };
  return _maintainer && { value: memberMaintainer(_maintainer._id), label: memberName(_maintainer) };
}
