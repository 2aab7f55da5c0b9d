// What stands in the sidebar, the bottom bar and the palette. A page that exists has its line here.
import {
  IconAccessPoint,
  IconActivity,
  IconAddressBook,
  IconChartCircles,
  IconFlag,
  IconFolder,
  IconHistory,
  IconKey,
  IconPlugConnected,
  IconRouter,
  IconServer,
  IconSettings,
  IconShieldHalf,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react';
import { paths } from '../../paths';
import { auditWords } from '../../strings/audit';
import { shell } from '../../strings/shell';

export type Counted = 'flags' | 'segments' | 'connections';

export interface NavigationItem {
  label: string;
  icon: Icon;
  to: (project: string, environment: string) => string;
  /** Keys that open it: `g f`. */
  keys?: string;
  /** Whether it has a place in the bottom bar of a phone. */
  onPhone?: boolean;
  /** What it has so many of that their number says something. */
  counted?: Counted;
  /** The type of what it lists, if there may be people who see none of it. */
  kind?: 'team' | 'role' | 'relay-proxy-config' | 'webhook';
}

export interface NavigationGroup {
  label?: string;
  /** Whether its pages are there without a project, too. */
  isOfAccount?: boolean;
  items: NavigationItem[];
}

/** In the order of work. */
export const NAVIGATION: NavigationGroup[] = [
  {
    items: [
      { label: shell.flags, icon: IconFlag, to: paths.flags, keys: 'g f', onPhone: true, counted: 'flags' },
      { label: shell.segments, icon: IconChartCircles, to: paths.segments, keys: 'g s', onPhone: true, counted: 'segments' },
      { label: shell.contexts, icon: IconAddressBook, to: paths.contexts, keys: 'g c' },
    ],
  },
  {
    label: shell.observe,
    items: [
      { label: shell.liveEvents, icon: IconActivity, to: paths.live, keys: 'g l', onPhone: true },
      { label: shell.connections, icon: IconAccessPoint, to: paths.connections, keys: 'g n', counted: 'connections' },
      { label: auditWords.audit, icon: IconHistory, to: (project) => paths.audit(project), keys: 'g a', onPhone: true },
    ],
  },
  {
    label: shell.project,
    items: [
      { label: shell.environments, icon: IconServer, to: paths.environments },
      { label: shell.settings, icon: IconSettings, to: paths.settings },
    ],
  },
  {
    label: shell.account,
    isOfAccount: true,
    items: [
      { label: shell.projects, icon: IconFolder, to: paths.projects },
      { label: shell.members, icon: IconUsers, to: paths.members },
      { label: shell.teams, icon: IconUsersGroup, to: paths.teams, kind: 'team' },
      { label: shell.roles, icon: IconShieldHalf, to: paths.roles, kind: 'role' },
      { label: shell.tokens, icon: IconKey, to: paths.tokens },
      { label: shell.oauth, icon: IconPlugConnected, to: paths.oauth },
      { label: shell.relay, icon: IconRouter, to: paths.relay, kind: 'relay-proxy-config' },
      { label: shell.webhooks, icon: IconWebhook, to: paths.webhooks, kind: 'webhook' },
    ],
  },
];
