// The view of the list of flags that was looked at last in this tab: the way back to it, and what stands beside a flag.
import { readStored, writeStored } from '../../../ui/prefs';

const name = (project: string) => `flagstaff-flags:${project}`;

/** `search` is what the address of the list has after its `?`. */
export const keepView = (project: string, search: string): void => writeStored(name(project), search, 'sessionStorage');

export const lastView = (project: string): string => (readStored(name(project), 'sessionStorage') as string | undefined) ?? '';
