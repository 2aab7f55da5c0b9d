// Why a context gets a variation, in words.
import { contextWords as words } from '../strings/contexts';

export interface Reason {
  kind: string;
  ruleIndex?: number;
  prerequisiteKey?: string;
  errorKind?: string;
}

export function tellReason({ kind, ruleIndex = 0, prerequisiteKey = '', errorKind = '' }: Reason): string {
  if (kind === 'RULE_MATCH') return words.reasonRule(ruleIndex + 1);
  if (kind === 'PREREQUISITE_FAILED') return words.reasonPrerequisite(prerequisiteKey);
  if (kind === 'ERROR') return words.reasonError(errorKind);
  return words.reasons[kind] ?? kind;
}
