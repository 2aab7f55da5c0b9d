// The review of taking a flag or a segment back to a version.
import { useQuery } from '@tanstack/react-query';
import type { Flag } from '../api/flags';
import { effectQuery, restorePlanQuery, useRestore, type RestorePlan } from '../api/restoring';
import { useWholeFlag } from '../api/wholeFlag';
import type { Restorable } from '../format/audit';
import { Failure } from '../format/failure';
import { auditWords as words } from '../strings/audit';
import { tellDone } from '../ui/toast';
import { Effect } from './effects/Effect';
import { differences } from './flags/differences';
import { usePlace, type Place } from './place';
import { ReviewDrawer } from './ReviewDrawer';

export interface RestoreReviewProps {
  target: Restorable;
  /** What it is called. */
  name: string;
  onClose: () => void;
}

export function RestoreReview({ target, name, onClose }: RestoreReviewProps) {
  const place = usePlace();
  const plan = useQuery(restorePlanQuery(target));
  const save = useRestore();
  const { data } = plan;
  const obstacle = data?.obstacle;
  const instructions = data?.steps.flatMap((step) => step.instructions) ?? [];
  return (
    <ReviewDrawer
      onClose={onClose}
      subject={name}
      environment={whereOf(place, target)}
      count={instructions.length || 1}
      preview={{
        data: data && obstacle === undefined ? { ...data, description: sentenceOf(data) } : undefined,
        error: obstacle === undefined ? plan.error : new Failure(409, 'conflict', obstacle),
        isPending: plan.isPending,
        refetch: plan.refetch,
      }}
      effect={data && obstacle === undefined && <RestoreEffect target={target} plan={data} />}
      instructions={instructions}
      {...useDifferences(target, data?.flag)}
      draft={`restore:${target.project}/${target.environment ?? ''}/${target.kind}/${target.key}`}
      save={{
        run: (comment, done) => {
          if (data === undefined) return;
          const restoring = { target, patch: data.patch, comment: comment || words.restoreComment(target.version) };
          save.mutate(restoring, {
            onSuccess: () => {
              done();
              tellDone(words.restored(name, target.version));
            },
            onHere: onClose,
          });
        },
        isPending: save.isPending,
        error: save.error,
      }}
    />
  );
}

/** A flag as it is and as it is then, once both are known. */
function useDifferences({ kind, project, key, environment = '' }: Restorable, after: Flag | undefined) {
  const before = useWholeFlag(project, key, kind === 'flag');
  return before && after && differences(before, after, environment);
}

/** What flags would serve then, in the environment that is restored; of a whole flag in the one that is looked at. */
function RestoreEffect({ target, plan }: { target: Restorable; plan: RestorePlan }) {
  const here = usePlace().environment;
  const effect = useQuery(effectQuery({ ...target, environment: target.environment ?? here.key }, plan.patch));
  const flag = target.kind === 'flag' ? { key: target.key, variations: plan.flag?.variations } : undefined;
  return <Effect effect={effect} flag={flag} environment={target.environment === undefined ? here.name : undefined} />;
}

/** What it says; the title where that says it all. */
const sentenceOf = ({ title, description, patch }: { title: string; description: string; patch: unknown[] }) =>
  patch.length === 0 ? '' : description || title;

/** The environment whose rules for changes hold; of a whole flag the strictest of all. */
function whereOf({ environments }: Place, { environment }: Restorable) {
  const found = environments.find(({ key }) => key === environment);
  if (found !== undefined) return found;
  return {
    name: environment ?? words.everyEnvironment.toLowerCase(),
    color: '',
    requireComments: environments.some(({ requireComments }) => requireComments),
  };
}
