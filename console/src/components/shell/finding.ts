// What the palette finds: things from the server by their kinds, what can be done with the best of them, and pages.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconArrowRight, IconChartCircles, IconFlag, IconKeyboard, IconSettings, type Icon } from '@tabler/icons-react';
import { flagPageQuery } from '../../api/flags';
import { segmentPageQuery } from '../../api/segments';
import { paths } from '../../paths';
import { shell } from '../../strings/shell';
import { FLAG_TABS } from '../flags/tabs';
import type { Place } from '../place';
import { NAVIGATION } from './navigation';

const MOST = 6; // of each kind
const WAIT = 80; // milliseconds after the last key

export interface Found {
  key: string;
  label: string;
  hint?: string;
  icon: Icon;
  to: string;
}

export interface FoundGroup {
  label: string;
  found: Found[];
}

type PageOf = (project: string, environment: string, key: string) => string;

/** Groups of what has this text in its name, the last ones kept while new ones load. */
export function useFound({ project, environment }: Place, text: string, isOpen: boolean): FoundGroup[] {
  const [wanted] = useDebouncedValue(text.trim(), WAIT);
  const isAsked = isOpen && wanted !== '';
  const asked = { enabled: isAsked, placeholderData: isAsked ? keepPreviousData : undefined };
  const flags = useQuery({ ...flagPageQuery(project.key, [environment.key], { q: wanted }, 0, MOST), ...asked });
  const segments = useQuery({ ...segmentPageQuery(project.key, environment.key, wanted, 0, MOST), ...asked });
  const group = (label: string, icon: Icon, page: PageOf, items: { key: string; name: string }[] = []): FoundGroup => ({
    label,
    found: items.map(({ key, name }) => ({
      key: `${label} ${key}`,
      label: name,
      hint: key,
      icon,
      to: page(project.key, environment.key, key),
    })),
  });
  const best = flags.data?.items.slice(0, 1) ?? [];
  const groups = [
    group(shell.flags, IconFlag, paths.flag, flags.data?.items),
    group(shell.segments, IconChartCircles, paths.segment, segments.data?.items),
    ...best.map((flag) => ({ label: shell.with(flag.name), found: findParts(project.key, environment.key, flag) })),
    { label: shell.goTo, found: findPages(project.key, environment.key, text) },
  ];
  return groups.filter(({ found }) => found.length > 0);
}

/** The other pages of a flag than the one that its name opens. */
function findParts(project: string, environment: string, flag: { key: string; name: string }): Found[] {
  return FLAG_TABS.filter(({ path }) => path !== '').map(({ path, label }) => ({
    key: `${path} of ${flag.key}`,
    label,
    icon: IconArrowRight,
    to: paths.flag(project, environment, flag.key, path),
  }));
}

function findPages(project: string, environment: string, text: string): Found[] {
  const wanted = text.trim().toLowerCase();
  const pages = [
    ...NAVIGATION.flatMap((group) => group.items).map((item) => ({
      key: item.label,
      label: item.label,
      icon: item.icon,
      to: item.to(project, environment),
    })),
    { key: shell.profile, label: shell.profile, icon: IconSettings, to: paths.profile() },
    { key: shell.shortcuts, label: shell.shortcuts, icon: IconKeyboard, to: paths.shortcuts() },
  ];
  return pages.filter((page) => page.label.toLowerCase().includes(wanted));
}
