// Fields that choose members, teams and custom roles by name; long lists are searched by the server.
import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberName, type SessionMember } from '../../api/auth';
import { membersQuery } from '../../api/choices';
import { rolesQuery } from '../../api/roles';
import { teamPageQuery } from '../../api/teams';
import { memberWords as words } from '../../strings/members';

const WAIT = 120; // milliseconds after the last key
const MOST = 20; // shown at once; the others are found by typing

export type ChoiceFieldProps = Omit<MultiSelectProps, 'data' | 'searchable' | 'onSearchChange' | 'searchValue'>;

/** Custom roles by their ids or, with `by="key"`, their keys. */
export function RolesField({ by = 'id', ...props }: ChoiceFieldProps & { by?: 'id' | 'key' }) {
  const roles = useQuery(rolesQuery()).data?.items ?? [];
  const data = roles.map((role) => ({ value: by === 'id' ? role._id : role.key, label: role.name }));
  return <Field placeholder={words.findRole} data={data} {...props} />;
}

/** Teams by their keys; `known` are names of those that were chosen before. */
export function TeamsField({ known = [], ...props }: ChoiceFieldProps & { known?: readonly { key: string; name: string }[] }) {
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, WAIT);
  const found = useQuery(teamPageQuery(settled, 0, MOST)).data?.items ?? [];
  const names = new Map([...known, ...found].map((team) => [team.key, team.name]));
  return <Field placeholder={words.findTeam} data={optionsOf(names)} onSearch={setSearch} {...props} />;
}

/** Members by their ids. */
export function MembersField(props: ChoiceFieldProps) {
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, WAIT);
  const [chosen, setChosen] = useState(new Map<string, string>());
  const found = useQuery(membersQuery(settled)).data?.items ?? [];
  const names = new Map([...chosen, ...found.map(optionOf)]);
  const change = (ids: string[]) => {
    setChosen(new Map(ids.map((id) => [id, names.get(id) ?? id])));
    props.onChange?.(ids);
  };
  return <Field placeholder={words.findMember} data={optionsOf(names)} onSearch={setSearch} {...props} onChange={change} />;
}

const optionOf = (member: SessionMember): [string, string] => {
  const name = memberName(member);
  return [member._id, name === member.email ? name : `${name} (${member.email})`];
};

const optionsOf = (names: Map<string, string>) => [...names].map(([value, label]) => ({ value, label }));

interface FieldProps extends ChoiceFieldProps {
  data: { value: string; label: string }[];
  /** Where the server searches. */
  onSearch?: (text: string) => void;
}

function Field({ onSearch, placeholder, ...props }: FieldProps) {
  const chosen = props.value?.length ?? 0;
  return (
    <MultiSelect
      searchable
      clearable
      hidePickedOptions
      openOnFocus={false}
      nothingFoundMessage={props.data.length > chosen || chosen === 0 ? words.nothingFound : undefined}
      placeholder={chosen === 0 ? placeholder : undefined}
      {...(onSearch && { onSearchChange: onSearch })}
      {...props}
    />
  );
}
