import { expect, it } from 'vitest';
import { bucketPercent, tellReason, type Explained } from './explanation';

const of = (reason: Explained['reason'], split?: object): Explained => ({
  reason,
  rules: [{}, split ? { split } : {}],
  fallthrough: split ? { split } : {},
});

it.each([
  [of({ kind: 'OFF' }), 'since the flag is off'],
  [of({ kind: 'TARGET_MATCH' }), 'as an individual target'],
  [of({ kind: 'FALLTHROUGH' }), 'as everyone else'],
  [of({ kind: 'FALLTHROUGH' }, {}), 'by the split for everyone else'],
  [of({ kind: 'RULE_MATCH', ruleIndex: 1 }), 'by rule 2'],
  [of({ kind: 'RULE_MATCH', ruleIndex: 1 }, {}), 'by the split in rule 2'],
  [of({ kind: 'PREREQUISITE_FAILED', prerequisiteKey: 'basket' }), 'since it requires basket'],
  [of({ kind: 'ERROR', errorKind: 'MALFORMED_FLAG' }), 'since the evaluation failed: MALFORMED_FLAG'],
])('says why', (explained, told) => {
  expect(tellReason(explained)).toBe(told);
});

it.each([
  [0, '0%'],
  [0.1834215, '18.342%'],
  [1, '100%'],
])('writes the bucket %d', (bucket, told) => {
  expect(bucketPercent(bucket)).toBe(told);
});
