// The individual target of one context: which variation it has, and how it comes to another one. The steps are those of
// the server's own operation for it (`flags/individual.py`).

interface Target {
  values: string[];
  variation: number;
  contextKind: string;
}

interface Targets {
  targets?: Target[];
  contextTargets?: Target[];
}

export interface TargetStep {
  kind: 'addTargets' | 'removeTargets';
  contextKind: string;
  values: string[];
  variationId: string;
}

export interface Individual {
  kind: string;
  key: string;
}

/** The index of the variation that the context is individually given. */
export function individualOf({ targets = [], contextTargets = [] }: Targets, { kind, key }: Individual): number | undefined {
  const has = (target: Target) => target.contextKind === kind && target.values.includes(key);
  return [...targets, ...contextTargets].find(has)?.variation;
}

/** What leaves the context under the targets of the wanted variation only, or under none. */
export function individualSteps(
  variations: readonly { _id?: string }[],
  targets: Targets,
  context: Individual,
  wanted: number | undefined,
): TargetStep[] {
  const held = individualOf(targets, context);
  if (held === wanted) return [];
  const step = (kind: TargetStep['kind'], variation: number | undefined): TargetStep[] => {
    const variationId = variation === undefined ? undefined : variations[variation]?._id;
    return variationId === undefined ? [] : [{ kind, contextKind: context.kind, values: [context.key], variationId }];
  };
  return [...step('removeTargets', held), ...step('addTargets', wanted)];
}
