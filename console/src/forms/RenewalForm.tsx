// A session that has ended, or soon will, is renewed over the page, so that nothing typed is lost.
import { useQueryClient } from '@tanstack/react-query';
import { useEntering } from '../components/entering';
import { shell } from '../strings/shell';
import { Dialog } from '../ui/Dialog';
import { useStays } from '../ui/staying';
import { SignInForm } from './SignInForm';

export interface RenewalFormProps {
  email: string;
  /** The address of the page. */
  here: string;
  /** Whether it has ended: then it cannot be put off. */
  isOver: boolean;
  onClose: () => void;
}

export default function RenewalForm(props: RenewalFormProps) {
  return (
    <Dialog title={props.isOver ? shell.sessionEnded : shell.sessionEnds} onClose={props.onClose} closesOutside={false}>
      <Renewal {...props} />
    </Dialog>
  );
}

function Renewal({ email, here, isOver, onClose }: RenewalFormProps) {
  useStays(isOver);
  const client = useQueryClient();
  const enter = useEntering();
  return (
    <>
      <p>{isOver ? shell.sessionEndedText : shell.sessionEndsText}</p>
      <SignInForm
        next={here}
        email={email}
        onSignedIn={(session) => {
          enter(session);
          onClose();
          void client.invalidateQueries();
        }}
      />
    </>
  );
}
