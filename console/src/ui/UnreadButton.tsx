// Where a part of a page could not be read: what it was, and to try again. Nothing where it could.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

/** A query that may have failed. */
export interface Repeatable {
  isError: boolean;
  refetch: () => unknown;
}

export interface UnreadButtonProps {
  asked: Repeatable;
  /** “Could not load … Try again”. */
  label: string;
}

export function UnreadButton({ asked, label }: UnreadButtonProps) {
  if (!asked.isError) return null;
  return (
    <Button
      size="xs"
      variant="light"
      color="amber"
      leftSection={<IconAlertTriangle size={14} stroke={1.6} />}
      onClick={() => void asked.refetch()}
    >
      {label}
    </Button>
  );
}
