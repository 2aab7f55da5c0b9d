// A flag that is being made: what the form holds, and the body that makes it.
import { emptyVariation, typedValue, valueProblems, type EditedVariation, type ValueKind } from './variations';

export type NewFlagKind = ValueKind | 'migration';

export interface NewFlag {
  name: string;
  key: string;
  kind: NewFlagKind;
  /** The variations of strings, numbers and JSON; booleans and migrations have given ones. */
  list: EditedVariation[];
  stages: string;
  contextKind: string;
  description: string;
  tags: string[];
  temporary: boolean;
  usingMobileKey: boolean;
  usingEnvironmentId: boolean;
}

export const STAGES: Record<string, string[]> = {
  '2': ['off', 'complete'],
  '4': ['off', 'shadow', 'live', 'complete'],
  '6': ['off', 'dualwrite', 'shadow', 'live', 'rampdown', 'complete'],
};
/** With as many stages the contexts of one kind move together. */
export const STAGES_BY_KIND = '6';

interface Defaults {
  tags: string[];
  temporary: boolean;
  defaultClientSideAvailability: { usingMobileKey: boolean; usingEnvironmentId: boolean };
}

export function emptyFlag({ tags, temporary, defaultClientSideAvailability }: Defaults): NewFlag {
  return {
    name: '',
    key: '',
    kind: 'boolean',
    list: startOf('boolean'),
    stages: STAGES_BY_KIND,
    contextKind: 'user',
    description: '',
    tags,
    temporary,
    usingMobileKey: defaultClientSideAvailability.usingMobileKey,
    usingEnvironmentId: defaultClientSideAvailability.usingEnvironmentId,
  };
}

/** The variations that one begins with. */
export function startOf(kind: NewFlagKind): EditedVariation[] {
  if (kind === 'boolean' || kind === 'migration') return [];
  const first = emptyVariation([], kind === 'json' ? '{}' : '');
  return [first, emptyVariation([first])];
}

/** Why the values of its variations cannot be saved, by their ids. */
export const problemsOf = ({ kind, list }: NewFlag) =>
  kind === 'migration' ? new Map<string, string>() : valueProblems(kind, list);

/** The body of the request, for a flag without problems. */
export function newFlagBody(flag: NewFlag) {
  const { name, key, description, tags, temporary, usingMobileKey, usingEnvironmentId } = flag;
  return {
    name: name.trim(),
    key,
    description,
    tags,
    temporary,
    clientSideAvailability: { usingMobileKey, usingEnvironmentId },
    ...servedMembers(flag),
  };
}

function servedMembers({ kind, list, stages, contextKind }: NewFlag) {
  if (kind === 'boolean') return {}; // the defaults of the project say how true and false are called
  if (kind === 'migration') {
    const migrationSettings = { stageCount: Number(stages), ...(stages === STAGES_BY_KIND && { contextKind }) };
    return { purpose: 'migration' as const, migrationSettings };
  }
  return {
    variations: list.map(({ text, name, description }) => ({ value: typedValue(kind, text), name, description })),
  };
}
