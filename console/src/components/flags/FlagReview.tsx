// The review of a change of a flag, before it is saved.
import { useQuery } from '@tanstack/react-query';
import { flagEffectQuery } from '../../api/effects';
import { flagPreviewQuery, type Flag, type FlagChange, type useChangeFlag } from '../../api/flags';
import { useWholeFlag } from '../../api/wholeFlag';
import { sentenceOf } from '../../format/preview';
import { canMove } from '../../format/effect';
import { Effect } from '../effects/Effect';
import { usePlace } from '../place';
import { ReviewDrawer, type Scope } from '../ReviewDrawer';
import { differences } from './differences';

export interface FlagReviewProps {
  change: FlagChange;
  subject: string;
  environment: Scope;
  save: ReturnType<typeof useChangeFlag>;
  onClose: () => void;
  /** Wherever the reader is by then. */
  onSaved: (flag: Flag) => void;
  /** Where the reader still is there; without it the review closes. */
  onLeave?: () => void;
  /** What the audit log says where no comment is written. */
  usualComment?: string;
}

/** The review of a list of instructions for a flag: the server says what they would do. */
export function FlagReview({ change, subject, environment, save, onClose, onSaved, onLeave = onClose, usualComment = '' }: FlagReviewProps) {
  const preview = useQuery(flagPreviewQuery(change));
  const before = useWholeFlag(change.project, change.flag);
  const after = preview.data?.flag;
  return (
    <ReviewDrawer
      onClose={onClose}
      subject={subject}
      environment={environment}
      count={change.document ? 1 : change.instructions.length}
      preview={{ ...preview, data: preview.data && { ...preview.data, description: sentenceOf(preview.data) } }}
      effect={<FlagEffect change={change} after={after} />}
      instructions={change.document ?? change.instructions}
      {...(before && after && differences(before, after, change.environment))}
      draft={`${change.project}/${change.environment}/${change.flag}`}
      save={{
        run: (comment, done) => {
          const onSuccess = (flag: Flag) => {
            done();
            onSaved(flag);
          };
          save.mutate({ ...change, comment: comment || usualComment }, { onSuccess, onHere: onLeave });
        },
        isPending: save.isPending,
        error: save.error,
      }}
    />
  );
}

function FlagEffect({ change, after }: { change: FlagChange; after: Flag | undefined }) {
  const here = usePlace().environment;
  const isWhole = change.environment === '';
  const moves = !isWhole || change.document !== undefined || canMove(change.instructions);
  const measured = { ...change, environment: isWhole ? here.key : change.environment };
  const effect = useQuery({ ...flagEffectQuery(measured), enabled: moves });
  if (!moves) return null;
  const flag = { key: change.flag, variations: after?.variations };
  return <Effect effect={effect} flag={flag} environment={isWhole ? here.name : undefined} />;
}
