// What is not saved yet of a flag in all environments, and the review before it is.
import type { Flag } from '../../api/flags';
import { historySpec } from '../../format/auditFilters';
import { usePlace } from '../place';
import { useReviewing } from '../reviewing';
import { UnsavedBar } from '../targeting/UnsavedBar';
import { FlagReview } from './FlagReview';
import { everywhere, useFlagSaving } from './saving';
import type { WholeFlagDraft } from './wholeFlag';

export function WholeFlagBar<T>({ flag, draft }: { flag: Flag; draft: WholeFlagDraft<T> }) {
  const { project, environments } = usePlace();
  const review = useReviewing();
  const { save, tellSaved } = useFlagSaving(project.key, flag);
  const scope = everywhere(environments);
  if (draft.steps.length === 0) return null;
  const onSaved = (saved: Flag) => {
    draft.clear();
    tellSaved(saved);
  };
  const { instructions, document } = draft;
  return (
    <>
      <UnsavedBar
        environment={scope}
        draft={draft}
        onReview={review.open}
        history={{ spec: historySpec(project.key, undefined, flag.key) }}
      />
      {review.isOpen && (
        <FlagReview
          change={{ project: project.key, environment: '', flag: flag.key, instructions, document }}
          subject={flag.name}
          environment={scope}
          save={save}
          onClose={review.close}
          onSaved={onSaved}
        />
      )}
    </>
  );
}
