import { describe, expect, it } from 'vitest';
import { tellReason } from './reason';

describe('the reason of what is served', () => {
  it.each([
    [{ kind: 'OFF' }, 'the flag is off'],
    [{ kind: 'TARGET_MATCH' }, 'its key is targeted'],
    [{ kind: 'FALLTHROUGH' }, 'everyone else'],
    [{ kind: 'RULE_MATCH', ruleIndex: 1 }, 'rule 2'],
    [{ kind: 'PREREQUISITE_FAILED', prerequisiteKey: 'basket' }, 'it requires basket, which serves something else'],
    [{ kind: 'ERROR', errorKind: 'MALFORMED_FLAG' }, 'it could not be evaluated (MALFORMED_FLAG)'],
    [{ kind: 'SOMETHING_NEW' }, 'SOMETHING_NEW'],
  ])('%o is told as “%s”', (reason, told) => expect(tellReason(reason)).toBe(told));
});
