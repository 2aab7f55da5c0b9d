// What the palette finds: things from the server by their kinds, what can be done with the best of them, and pages.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconAddressBook, IconBolt, IconChartCircles, IconFlag, IconHistory, IconKeyboard, IconSettings, type Icon } from '@tabler/icons-react';
import { useMatch } from 'react-router';
import { flagRowsQuery } from '../../api/flagRows';
import { flagQuery } from '../../api/flags';
import { segmentPageQuery } from '../../api/segments';
import { readFilters } from '../../format/flagFilters';
import { keyOf, paths } from '../../paths';
import { paletteWords as words } from '../../strings/palette';
import { shell } from '../../strings/shell';
import { useOffered, type Shortcut } from '../../ui/shortcuts';
import type { NavigationItem } from '../shell/navigation';
import { useNavigation } from '../shell/seen';
import type { Place } from '../place';
import { actsOf, type ActPlace, type Thing } from './acts';

const FLAGS = 6;
const SEGMENTS = 4;
const ACTS = 3; // of the best match; the others are behind Tab
const WAIT = 40; // milliseconds after the last key
const AT_ONCE = { leading: true }; // but the first key after a rest

/** A line of the palette. */
export interface Choice {
  key: string;
  label: string;
  hint?: string | undefined;
  icon: Icon;
  /** Keys that do the same on this page. */
  keys?: string | undefined;
  to?: string;
  run?: () => void;
  /** What it is about: it has actions. */
  thing?: Thing;
}

export interface ChoiceGroup {
  label: string;
  choices: Choice[];
}

export interface Found {
  groups: ChoiceGroup[];
  /** How many things have the text in their name, shown or not. */
  total: number;
  /** Whether they are of this text: the last ones are kept while new ones load. */
  isSettled: boolean;
}

/** Everything that has this text in its name, and what can be done with the best of it. */
export function useFound(place: Place, acting: Omit<ActPlace, 'isHere'>, text: string, isOpen: boolean): Found {
  const [project, environment] = [place.project.key, place.environment.key];
  const [waited] = useDebouncedValue(text.trim(), WAIT, AT_ONCE);
  const wanted = text.trim() === '' ? '' : waited;
  const items = useNavigation().flatMap((group) => group.items);
  const isAsked = isOpen && wanted !== '';
  const asked = { enabled: isAsked, ...(isAsked && { placeholderData: keepPreviousData }) };
  const filters = { ...readFilters(new URLSearchParams()), q: wanted, sort: 'match' };
  const flags = useQuery({ ...flagRowsQuery(project, environment, filters, 0, FLAGS), ...asked });
  const segments = useQuery({ ...segmentPageQuery(project, environment, wanted, 0, SEGMENTS), ...asked });
  const here = useFlagOfPage(place, isOpen);
  const pageKeys = useOffered().filter(({ scope }) => scope === undefined);
  const foundFlags = isAsked ? (flags.data?.items ?? []) : [];
  const foundSegments = isAsked ? (segments.data?.items ?? []) : [];
  const flagThings = foundFlags.map(
    ({ key, name, environments }): Thing => ({ kind: 'flag', key, name, on: environments[environment]?.on }),
  );
  const segmentThings = foundSegments.map(({ key, name }): Thing => ({ kind: 'segment', key, name }));
  const best = isAsked ? (flagThings[0] ?? segmentThings[0]) : here;
  const isHere = best !== undefined && best.key === here?.key && best.kind === here.kind;
  const acts = best ? actsOf(best, { ...acting, isHere }).slice(0, ACTS) : [];
  const ownKeys = pageKeys.filter((one) => acts.every(({ keys }) => keys !== one.keys));
  const groups = [
    { label: shell.flags, choices: flagThings.map((thing) => lineOf(thing, IconFlag, paths.flag(project, environment, thing.key))) },
    { label: shell.segments, choices: segmentThings.map((thing) => lineOf(thing, IconChartCircles, paths.segment(project, environment, thing.key))) },
    { label: best ? words.actOn(best.name) : '', choices: acts.map((act) => ({ ...act, key: `act ${act.key}` })) },
    { label: words.onThisPage, choices: ownKeys.map(ofKey).filter(named(text)) },
    { label: words.goTo, choices: listPages(items, { project, environment }, text) },
  ];
  return {
    groups: groups.filter(({ choices }) => choices.length > 0),
    total: isAsked ? (flags.data?.totalCount ?? 0) + (segments.data?.totalCount ?? 0) : 0,
    isSettled: wanted === text.trim() && !flags.isPlaceholderData && !segments.isPlaceholderData && !(isAsked && flags.isPending),
  };
}

const lineOf = (thing: Thing, icon: Icon, to: string): Choice => ({
  key: `${thing.kind} ${thing.key}`,
  label: thing.name,
  hint: thing.key === thing.name ? undefined : thing.key,
  icon,
  to,
  thing,
});

const ofKey = ({ keys, label, run }: Shortcut): Choice => ({ key: `key ${keys}`, label, keys, icon: IconBolt, run });

/** The flag that the page is about. */
function useFlagOfPage({ project, environment }: Place, isOpen: boolean): Thing | undefined {
  const segment = useMatch('/:project/:environment/flags/:flag/*')?.params.flag ?? 'new';
  const { data } = useQuery({ ...flagQuery(project.key, keyOf(segment)), enabled: isOpen && segment !== 'new' });
  if (data === undefined || segment === 'new') return undefined;
  return { kind: 'flag', key: data.key, name: data.name, on: data.archived ? undefined : data.environments?.[environment.key]?.on };
}

const named = (text: string) => {
  const wanted = text.trim().toLowerCase();
  return ({ label }: Choice) => label.toLowerCase().includes(wanted);
};

function listPages(items: NavigationItem[], { project, environment }: { project: string; environment: string }, text: string): Choice[] {
  const wanted = text.trim();
  const pages: Choice[] = [
    ...items.map((item) => ({
      key: `page ${item.label}`,
      label: item.label,
      icon: item.icon,
      keys: item.keys,
      to: item.to(project, environment),
    })),
    { key: 'page profile', label: shell.profile, icon: IconSettings, to: paths.profile() },
    { key: 'page shortcuts', label: shell.shortcuts, icon: IconKeyboard, to: paths.shortcuts() },
  ];
  if (wanted === '') return pages;
  const asked = `?q=${encodeURIComponent(wanted)}`;
  return [
    ...pages.filter(named(wanted)),
    { key: 'look contexts', label: words.contextsFor(wanted), icon: IconAddressBook, to: paths.contexts(project, environment) + asked },
    { key: 'look audit', label: words.auditFor(wanted), icon: IconHistory, to: paths.audit(project) + asked },
  ];
}
