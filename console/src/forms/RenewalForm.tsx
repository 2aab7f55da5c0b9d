// A session that has ended is renewed over the page, so that nothing typed is lost.
import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../api/auth';
import { shell } from '../strings/shell';
import { SignInForm } from './SignInForm';

export interface RenewalFormProps {
  email: string;
  /** The address of the page. */
  here: string;
  onClose: () => void;
}

export default function RenewalForm({ email, here, onClose }: RenewalFormProps) {
  const client = useQueryClient();
  return (
    <Modal
      opened
      onClose={onClose}
      title={shell.sessionEnded}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="sm"
    >
      <p>{shell.sessionEndedText}</p>
      <SignInForm
        next={here}
        email={email}
        onSignedIn={(session) => {
          client.setQueryData(sessionQuery.queryKey, session);
          onClose();
          void client.invalidateQueries();
        }}
      />
    </Modal>
  );
}
