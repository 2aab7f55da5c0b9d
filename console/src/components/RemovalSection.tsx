// Where a thing is deleted: in a part of its own at the end of its page, away from what is pressed often.
import { GuardedButton } from '../ui/GuardedButton';
import { Section } from './Section';
import classes from './section.module.css';

export interface RemovalSectionProps {
  /** What the button does: “Delete team”. */
  act: string;
  /** What goes with it. */
  text: string;
  refusal: string | undefined;
  onAsk: () => void;
}

export function RemovalSection({ act, text, refusal, onAsk }: RemovalSectionProps) {
  return (
    <div className={classes.apart}>
      <Section title={act} hint={text}>
        <div>
          <GuardedButton color="red" variant="outline" refusal={refusal} onClick={onAsk}>
            {act}
          </GuardedButton>
        </div>
      </Section>
    </div>
  );
}
