// What the palette finds: things from the server by their kinds, what can be done with the best of them, and pages.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconAddressBook, IconArchive, IconBolt, IconChartCircles, IconFlag, IconHistory, IconKeyboard, IconSettings, type Icon } from '@tabler/icons-react';
import { useMatch } from 'react-router';
import { flagRowsQuery, type FlagRow } from '../../api/flagRows';
import { flagQuery } from '../../api/flags';
import { useAccessTo } from '../../api/may';
import { segmentPageQuery } from '../../api/segments';
import { readFilters } from '../../format/flagFilters';
import { keyOf, paths } from '../../paths';
import { paletteWords as words } from '../../strings/palette';
import { shell } from '../../strings/shell';
import { useOffered, type Shortcut } from '../../ui/shortcuts';
import { whyFixed } from '../flags/switching';
import type { NavigationItem } from '../shell/navigation';
import { useNavigation } from '../shell/seen';
import type { Place } from '../place';
import { actsOf, type ActPlace, type Thing } from './acts';

const FLAGS = 6;
const ARCHIVED = 3; // they come last, and only where the others do not fill their place
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
  /** Why it cannot be run. */
  refusal?: string | undefined;
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
export function useFound(place: Place, acting: Omit<ActPlace, 'isHere'>, text: string): Found {
  const [project, environment] = [place.project.key, place.environment.key];
  const [waited] = useDebouncedValue(text.trim(), WAIT, AT_ONCE);
  const wanted = text.trim() === '' ? '' : waited;
  const items = useNavigation().flatMap((group) => group.items);
  const { flags, segments, archived, total, isFound } = useThings(project, environment, wanted);
  const here = useFlagOfPage(place);
  const pageKeys = useOffered().filter(({ scope }) => scope === undefined);
  const best = wanted !== '' ? (flags[0] ?? segments[0] ?? archived[0]) : here;
  const isHere = best !== undefined && best.key === here?.key && best.kind === here.kind;
  const acts = best ? actsOf(best, { ...acting, isHere }).slice(0, ACTS) : [];
  const ownKeys = pageKeys.filter((one) => acts.every(({ keys }) => keys !== one.keys));
  const toFlag = ({ key }: Thing) => paths.flag(project, environment, key);
  const groups = [
    { label: shell.flags, choices: flags.map((thing) => lineOf(thing, IconFlag, toFlag(thing))) },
    { label: shell.segments, choices: segments.map((thing) => lineOf(thing, IconChartCircles, paths.segment(project, environment, thing.key))) },
    { label: words.archived, choices: archived.map((thing) => lineOf(thing, IconArchive, toFlag(thing))) },
    { label: best ? words.actOn(best.name) : '', choices: acts.map((act) => ({ ...act, key: `act ${act.key}` })) },
    { label: words.onThisPage, choices: ownKeys.map(ofKey).filter(named(text)) },
    { label: words.goTo, choices: listPages(items, { project, environment }, text) },
  ];
  return {
    groups: groups.filter(({ choices }) => choices.length > 0),
    total,
    isSettled: wanted === text.trim() && isFound,
  };
}

/** The flags and segments with this text in their name; nothing is asked for without one. */
function useThings(project: string, environment: string, text: string) {
  const isAsked = text !== '';
  const asked = { enabled: isAsked, ...(isAsked && { placeholderData: keepPreviousData }) };
  const filters = { ...readFilters(new URLSearchParams()), q: text, sort: 'match' };
  const live = useQuery({ ...flagRowsQuery(project, environment, filters, 0, FLAGS), ...asked });
  const segments = useQuery({ ...segmentPageQuery(project, environment, text, 0, SEGMENTS), ...asked });
  const hasRoom = isAsked && live.isSuccess && !live.isPlaceholderData && live.data.totalCount < FLAGS;
  const archived = useQuery({ ...flagRowsQuery(project, environment, { ...filters, archived: true }, 0, ARCHIVED), enabled: hasRoom });
  const flagsOf = (found: typeof live) => (found.data?.items ?? []).map((flag) => ofRow(flag, environment));
  return {
    flags: flagsOf(live),
    segments: (segments.data?.items ?? []).map(({ key, name }): Thing => ({ kind: 'segment', key, name })),
    archived: flagsOf(archived),
    total: [live, segments, archived].reduce((sum, { data }) => sum + (data?.totalCount ?? 0), 0),
    isFound: !live.isPlaceholderData && !segments.isPlaceholderData && !(isAsked && live.isPending) && !(hasRoom && archived.isPending),
  };
}

const ofRow = (flag: FlagRow, environment: string): Thing => ({
  kind: 'flag',
  key: flag.key,
  name: flag.name,
  on: flag.archived ? undefined : flag.environments[environment]?.on,
  fixed: whyFixed(flag),
});

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
function useFlagOfPage({ project, environment }: Place): Thing | undefined {
  const segment = useMatch('/:project/:environment/flags/:flag/*')?.params.flag ?? 'new';
  const isAsked = segment !== 'new';
  const { data } = useQuery({ ...flagQuery(project.key, keyOf(segment)), enabled: isAsked });
  const resource = `proj/${project.key}:env/${environment.key}:flag/${keyOf(segment)}`;
  const fixed = useAccessTo(['updateOn'], isAsked ? [{ name: environment.name, resource }] : []).refusal('updateOn');
  if (data === undefined || !isAsked) return undefined;
  return { kind: 'flag', key: data.key, name: data.name, on: data.archived ? undefined : data.environments?.[environment.key]?.on, fixed };
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
