// Why a context gets what it gets, in a few words.
import { tryWords } from '../strings/trying';

const { reasons: words } = tryWords;

export interface Explained {
  reason: { kind: string; ruleIndex?: number; prerequisiteKey?: string; errorKind?: string };
  rules: { split?: unknown }[];
  fallthrough: { split?: unknown };
}

/** `by the split in rule 3` */
export function tellReason({ reason, rules, fallthrough }: Explained): string {
  const place = reason.ruleIndex ?? 0;
  switch (reason.kind) {
    case 'OFF':
      return words.off;
    case 'TARGET_MATCH':
      return words.target;
    case 'FALLTHROUGH':
      return fallthrough.split === undefined ? words.fallthrough : words.fallthroughSplit;
    case 'RULE_MATCH':
      return (rules[place]?.split === undefined ? words.rule : words.ruleSplit)(place + 1);
    case 'PREREQUISITE_FAILED':
      return words.prerequisite(reason.prerequisiteKey ?? '');
    default:
      return words.error(reason.errorKind ?? reason.kind);
  }
}

/** A place on the scale of a split: `18.342%`. */
export const bucketPercent = (bucket: number) => `${Number((bucket * 100).toFixed(3))}%`;
