// A policy while it is written in a form: kept in this browser until it is saved.
import { hasFaults, type Statement } from '../../format/policy';
import { useDraft, type Draft } from '../../ui/draft';
import type { PolicyDraft } from './PolicyEditor';

export interface EditedPolicy extends Pick<Draft<unknown>, 'clear' | 'restoredFrom'> {
  policy: PolicyDraft;
  set: (policy: PolicyDraft) => void;
  /** Whether it cannot be saved as it is. */
  isFaulty: boolean;
}

/** `saved` is the policy that there is. */
export function usePolicyDraft(name: string, saved: Statement[]): EditedPolicy {
  const { value, set, clear, restoredFrom } = useDraft<PolicyDraft | null>(name, null);
  const policy = value ?? { statements: saved };
  return { policy, set, clear, restoredFrom, isFaulty: policy.text !== undefined || hasFaults(policy.statements) };
}
