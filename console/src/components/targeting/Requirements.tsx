// What a flag requires of other flags: shown, changed, added.
import { ActionIcon, Button, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { flagPageQuery, flagQuery } from '../../api/flags';
import type { Prerequisite } from '../../format/steps';
import { variationName } from '../../format/value';
import { paths } from '../../paths';
import { targetingWords as words } from '../../strings/targeting';
import { usePlace } from '../place';
import { Chip } from './OutcomeLine';
import classes from './targeting.module.css';

const WAIT = 120; // milliseconds after the last key
const MOST = 20;

export interface RequirementProps {
  requirement: Prerequisite;
  isChanged: boolean;
  onChange: (requirement: Prerequisite) => void;
  onRemove: () => void;
}

/** One of them, with the variation that is asked for by its name. */
export function Requirement({ requirement: { key, variation }, isChanged, onChange, onRemove }: RequirementProps) {
  const { project, environment } = usePlace();
  const [isEdited, setEdited] = useState(false);
  const flag = useQuery(flagQuery(project.key, key)).data;
  const choices = flag?.variations.map((one, index) => ({ value: String(index), label: variationName(one) })) ?? [];
  return (
    <section className={classes.card} data-changed={isChanged || undefined} aria-label={`${words.requires} ${key}`}>
      <div className={classes.cardHead}>
        <span>{words.requires}</span>
        <Link to={paths.flag(project.key, environment.key, key)} className={classes.mono}>
          {key}
        </Link>
        <span>{words.toServe}</span>
        {isEdited ? (
          <Select
            size="xs"
            w={180}
            aria-label={words.variationOf(key)}
            data={choices}
            allowDeselect={false}
            value={String(variation)}
            onChange={(index) => index !== null && onChange({ key, variation: Number(index), variationId: flag?.variations[Number(index)]?._id })}
          />
        ) : (
          <Chip index={variation} variations={flag?.variations ?? []} />
        )}
        <span className={classes.space} />
        <Button size="xs" variant="subtle" aria-label={words.editRequirement(key)} onClick={() => setEdited(!isEdited)}>
          {isEdited ? words.done : words.edit}
        </Button>
        <ActionIcon size="xs" variant="subtle" color="gray" aria-label={words.removeRequirement(key)} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </div>
    </section>
  );
}

export interface NewRequirementProps {
  /** Keys that cannot be chosen: the flag itself, and those that are required already. */
  taken: string[];
  onAdd: (requirement: Prerequisite) => void;
  onCancel: () => void;
}

/** Choosing another flag, and what it has to serve. */
export function NewRequirement({ taken, onAdd, onCancel }: NewRequirementProps) {
  const { project, environment } = usePlace();
  const [key, setKey] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [wanted] = useDebouncedValue(typed, WAIT);
  const asked = flagPageQuery(project.key, [environment.key], { q: wanted }, 0, MOST);
  const found = useQuery({ ...asked, placeholderData: keepPreviousData }).data?.items ?? [];
  const flag = useQuery({ ...flagQuery(project.key, key ?? ''), enabled: key !== null }).data;
  const flags = found.filter((one) => !taken.includes(one.key)).map((one) => ({ value: one.key, label: one.name }));
  const chosen = flag === undefined || flags.some(({ value }) => value === flag.key) ? [] : [{ value: flag.key, label: flag.name }];
  return (
    <section className={classes.card} aria-label={words.newRequirement}>
      <div className={classes.cardHead}>
        <span>{words.requires}</span>
        <Select
          size="xs"
          w={220}
          aria-label={words.requiredFlag}
          placeholder={words.requiredFlag}
          searchable
          filter={({ options }) => options}
          onSearchChange={setTyped}
          data={[...chosen, ...flags]}
          value={key}
          onChange={setKey}
        />
        <span>{words.toServe}</span>
        <Select
          size="xs"
          w={180}
          aria-label={words.requiredVariation}
          placeholder={words.requiredVariation}
          disabled={flag === undefined}
          data={flag?.variations.map((one, index) => ({ value: String(index), label: variationName(one) })) ?? []}
          value={null}
          onChange={(index) => index !== null && flag && onAdd({ key: flag.key, variation: Number(index), variationId: flag.variations[Number(index)]?._id })}
        />
        <span className={classes.space} />
        <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </section>
  );
}
