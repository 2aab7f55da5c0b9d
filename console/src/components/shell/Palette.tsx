// Everything by its name, from anywhere.
import { Spotlight, createSpotlight, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { shell } from '../../strings/shell';
import { words } from '../../strings/shared';
import type { Place } from '../place';
import { EnvironmentName } from './EnvironmentPicker';
import { useFound, type Found } from './finding';
import classes from './palette.module.css';

const [store, palette] = createSpotlight();

export const openPalette = () => palette.open();

export function Palette({ place }: { place: Place }) {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const { opened } = useSpotlight(store);
  const groups = useFound(place, query, opened);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      size={640}
      yOffset={118}
      centered={false}
      maxHeight={440}
      scrollable
    >
      <div className={classes.head}>
        <Spotlight.Search
          placeholder={shell.search}
          aria-label={shell.searchLabel}
          leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
        />
        <span className={classes.environment}>
          <EnvironmentName environment={place.environment} />
        </span>
      </div>
      <Spotlight.ActionsList aria-label={words.product}>
        {groups.map(({ label, found }) => (
          <Spotlight.ActionsGroup label={label} key={label} className={classes.group}>
            {found.map((one) => (
              <Action key={one.key} found={one} open={() => void navigate(one.to)} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{shell.noResults(query)}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Action({ found, open }: { found: Found; open: () => void }) {
  return (
    <Spotlight.Action onClick={open} className={classes.action}>
      <found.icon size={16} stroke={1.6} aria-hidden />
      <span className={classes.label} dir="auto">
        {found.label}
      </span>
      {found.hint !== undefined && <span className={classes.hint}>{found.hint}</span>}
    </Spotlight.Action>
  );
}
