// The filters and the order of the list of flags; all of them are in the address.
import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberName } from '../../../api/auth';
import { membersQuery, tagsQuery } from '../../../api/choices';
import { STATUSES, type FlagFilters as Filters } from '../../../format/flagFilters';
import { flagListWords as words } from '../../../strings/flagList';
import { FilterChoice } from '../../FilterChoice';
import { SortChoice } from '../../SortChoice';

const WAIT = 120; // milliseconds after the last key

export interface FlagFiltersProps {
  filters: Filters;
  onChange: (name: keyof Filters, value: string) => void;
}

export function FlagFilters({ filters, onChange }: FlagFiltersProps) {
  const statuses = STATUSES.map((key) => ({ key, name: words.statuses[key] ?? key }));
  return (
    <>
      <FilterChoice what={words.status} chosen={filters.status} choices={statuses} onChoose={(key) => onChange('status', key)} />
      <TagChoice chosen={filters.tag} onChoose={(key) => onChange('tag', key)} />
      <MaintainerChoice chosen={filters.maintainer} onChoose={(key) => onChange('maintainer', key)} />
      <Button
        variant={filters.archived ? 'light' : 'default'}
        size="xs"
        aria-pressed={filters.archived}
        onClick={() => onChange('archived', filters.archived ? '' : 'true')}
      >
        {words.archived}
      </Button>
    </>
  );
}

export interface FlagSortProps {
  /** How many flags there are: “214 flags”. */
  count: string;
  sort: string;
  onChange: (sort: string) => void;
}

export const FlagSort = (props: FlagSortProps) => <SortChoice {...props} sorts={words.sorts} />;

interface ChoiceProps {
  chosen: string;
  onChoose: (key: string) => void;
}

function TagChoice(props: ChoiceProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, WAIT);
  const tags = useQuery(tagsQuery('flag', settled)).data?.items ?? [];
  const choices = tags.map((tag) => ({ key: tag, name: tag }));
  return <FilterChoice {...props} what={words.tag} choices={choices} onSearch={setText} />;
}

function MaintainerChoice(props: ChoiceProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, WAIT);
  const members = useQuery(membersQuery(settled)).data?.items ?? [];
  const choices = members.map((member) => ({ key: member._id, name: memberName(member) }));
  return (
    <FilterChoice {...props} what={words.maintainer} choices={choices} chosenName={words.someone} onSearch={setText} />
  );
}
