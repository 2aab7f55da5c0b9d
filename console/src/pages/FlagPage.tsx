// `/{p}/{e}/flags/{f}`: what a flag does in an environment, step by step, and changing it.
import type { Flag } from '../api/flags';
import { TARGETING, useAccess } from '../components/flags/access';
import { useFlag } from '../components/flags/flag';
import { FlagReview } from '../components/flags/FlagReview';
import { FlagToggle } from '../components/flags/FlagToggle';
import { FlagRail } from '../components/flags/rail/FlagRail';
import { useFlagSaving } from '../components/flags/saving';
import { usePlace, type Place } from '../components/place';
import { useReviewing } from '../components/reviewing';
import { useTargetingDraft } from '../components/targeting/drafts';
import { CheckRatio } from '../components/targeting/CheckRatio';
import { Ladder } from '../components/targeting/Ladder';
import { Chip } from '../components/targeting/OutcomeLine';
import classes from '../components/targeting/targeting.module.css';
import { UnsavedBar } from '../components/targeting/UnsavedBar';
import { historySpec } from '../format/auditFilters';
import { summaryOf } from '../format/summary';
import { targetingWords as words } from '../strings/targeting';
import { Refusal } from '../ui/Locked';
import { Note } from '../ui/Note';

export default function FlagPage() {
  const place = usePlace();
  const flag = useFlag();
  return <Targeting key={`${place.environment.key} ${flag.key}`} place={place} flag={flag} />;
}

function Targeting({ place, flag }: { place: Place; flag: Flag }) {
  const { project, environment } = place;
  const review = useReviewing();
  const isOff = flag.archived || flag.environments?.[environment.key]?.on !== true;
  const draft = useTargetingDraft(`${project.key}/${environment.key}/${flag.key}`, flag, environment.key);
  const { save, tellSaved } = useFlagSaving(project.key, flag, environment);
  const onSaved = (saved: Flag) => {
    draft.clear();
    tellSaved(saved);
  };
  return (
    <>
      <div className={classes.page}>
        <div className={classes.pageHead}>
          <State place={place} flag={flag} />
        </div>
        <div className={classes.pageSteps}>
          <Ladder flag={flag} base={draft.base} targeting={draft.targeting} isOff={isOff} onChange={draft.set} />
          {flag._purpose === 'migration' && <CheckRatio flag={flag} />}
        </div>
        <FlagRail flag={flag} />
        {draft.steps.length > 0 && (
          <UnsavedBar
            environment={environment}
            draft={draft}
            summary={summaryOf(draft.steps, draft.targeting.rules)}
            onReview={review.open}
            history={{ spec: historySpec(project.key, environment.key, flag.key), environment: environment.key }}
          />
        )}
      </div>
      {review.isOpen && draft.steps.length > 0 && (
        <FlagReview
          change={{ project: project.key, environment: environment.key, flag: flag.key, instructions: draft.steps }}
          subject={flag.name}
          environment={environment}
          save={save}
          onClose={review.close}
          onSaved={onSaved}
        />
      )}
    </>
  );
}

/** Whether it is on here, and what everyone gets while it is not. */
function State({ place, flag }: { place: Place; flag: Flag }) {
  const { project, environment } = place;
  const config = flag.environments?.[environment.key];
  const on = config?.on ?? false;
  const decides = on ? words.decides : words.nobody;
  const { refusal, missing } = useAccess('here');
  const cannotSwitch = flag.archived ? words.archived : refusal('updateOn');
  return (
    <>
      <Refusal why={missing(...TARGETING)} />
      {flag.archived && <Note tone="warn">{words.archived}</Note>}
      <div className={classes.state}>
        <FlagToggle project={project.key} environment={environment} flag={flag} on={on} refusal={cannotSwitch} size="md" withWord={false} />
        <span className={classes.told}>
          <b>{on ? words.onIn(environment.name) : words.offIn(environment.name)}</b> {flag.archived ? words.nobodyYet : decides}
        </span>
        <span className={classes.outcome}>
          {on && !flag.archived ? words.whenOff : words.everyoneGets}{' '}
          {flag.archived || config?.offVariation === undefined ? words.nothing : <Chip index={config.offVariation} variations={flag.variations} />}
        </span>
      </div>
    </>
  );
}
