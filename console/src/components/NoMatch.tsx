// In place of a list of which a filter leaves nothing: what it asked for, and a way to ask for all again.
import { Button } from '@mantine/core';
import { filterWords } from '../strings/filters';
import { EmptyState, type EmptyStateProps } from '../ui/States';

export interface NoMatchProps extends Pick<EmptyStateProps, 'icon' | 'title'> {
  /** “Clear filter” unless there are several. */
  clear?: string;
  onClear: () => void;
}

export function NoMatch({ clear = filterWords.clearOne, onClear, ...shown }: NoMatchProps) {
  const action = (
    <Button variant="default" onClick={onClear}>
      {clear}
    </Button>
  );
  return <EmptyState {...shown} action={action} />;
}
