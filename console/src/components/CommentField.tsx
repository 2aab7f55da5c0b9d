// Why a change is made, asked for in its review; some environments do not save without it.
import { Textarea } from '@mantine/core';
import { reviewWords as words } from '../strings/review';
import type { Draft } from '../ui/draft';
import type { Scope } from './ReviewDrawer';

export interface CommentFieldProps {
  scope: Scope;
  comment: Draft<string>;
}

export function CommentField({ scope, comment }: CommentFieldProps) {
  return (
    <Textarea
      label={words.why}
      description={scope.requireComments ? words.whyAsked(scope.name) : words.whyHint}
      required={scope.requireComments}
      autosize
      minRows={2}
      value={comment.value}
      onChange={(event) => comment.set(event.currentTarget.value)}
    />
  );
}
