// A button that says why it cannot be used; it then stays in reach of the keyboard, so that the reason can be read.
import { Button, Tooltip, VisuallyHidden, type ButtonProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';

export interface GuardedButtonProps extends ButtonProps {
  refusal: string | undefined;
  onClick?: () => void;
  children: ReactNode;
}

export function GuardedButton({ refusal, onClick, ...look }: GuardedButtonProps) {
  const id = useId();
  if (refusal === undefined) return <Button {...look} onClick={onClick} />;
  return (
    <>
      <Tooltip label={refusal} multiline w={280}>
        <Button {...look} data-disabled aria-disabled aria-describedby={id} />
      </Tooltip>
      <VisuallyHidden id={id}>{refusal}</VisuallyHidden>
    </>
  );
}
