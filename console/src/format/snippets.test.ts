import { describe, expect, it } from 'vitest';
import { SNIPPETS } from './snippets';

describe.each(Object.entries(SNIPPETS))('the lines for %s', (_, snippet) => {
  const text = snippet.lines({ server: 'http://127.0.0.1:8080', key: 'the-key', flag: 'welcome-banner' }).join('\n');

  it.each(['http://127.0.0.1:8080', 'the-key', 'welcome-banner'])('name %s', (part) => expect(text).toContain(part));

  it('are few', () => expect(text.split('\n').length).toBeLessThanOrEqual(18));
});
