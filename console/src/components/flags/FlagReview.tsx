// The review of a change of a flag, before it is saved.
import { useQuery } from '@tanstack/react-query';
import { flagPreviewQuery, type FlagChange, type useChangeFlag } from '../../api/flags';
import { ReviewDrawer, type Scope } from '../ReviewDrawer';

export interface FlagReviewProps {
  change: FlagChange;
  subject: string;
  environment: Scope;
  save: ReturnType<typeof useChangeFlag>;
  onClose: () => void;
  onSaved: () => void;
  /** What the audit log says where no comment is written. */
  usualComment?: string;
}

/** The review of a list of instructions for a flag: the server says what they would do. */
export function FlagReview({ change, subject, environment, save, onClose, onSaved, usualComment = '' }: FlagReviewProps) {
  const preview = useQuery(flagPreviewQuery(change));
  return (
    <ReviewDrawer
      onClose={onClose}
      subject={subject}
      environment={environment}
      count={change.document ? 1 : change.instructions.length}
      preview={preview}
      instructions={change.document ?? change.instructions}
      draft={`${change.project}/${change.environment}/${change.flag}`}
      save={{
        run: (comment, done) => {
          const onSuccess = () => {
            done();
            onSaved();
          };
          save.mutate({ ...change, comment: comment || usualComment }, { onSuccess });
        },
        isPending: save.isPending,
        error: save.error,
      }}
    />
  );
}
