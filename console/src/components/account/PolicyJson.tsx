// A policy as JSON: what is typed becomes the policy as soon as it is one.
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { jsonProblem } from '../../format/json';
import { readPolicy, type Statement } from '../../format/policy';
import { policyWords as words } from '../../strings/policy';

export interface PolicyJsonProps {
  text: string;
  onText: (text: string) => void;
  onPolicy: (statements: Statement[]) => void;
}

export function PolicyJson({ text, onText, onPolicy }: PolicyJsonProps) {
  const [typed, setTyped] = useState(text);
  const found = parse(typed);
  const change = (next: string) => {
    setTyped(next);
    const policy = parse(next);
    if (typeof policy === 'string') onText(next);
    else onPolicy(policy);
  };
  return (
    <Textarea
      aria-label={words.policy}
      autosize
      minRows={6}
      maxRows={30}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      error={typeof found === 'string' && found}
    />
  );
}

/** The policy that a text is, or in words, with line and column, why it is none. */
function parse(text: string): Statement[] | string {
  const problem = jsonProblem(text);
  return problem === undefined ? readPolicy(JSON.parse(text)) : problem.message;
}
