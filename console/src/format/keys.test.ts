import { describe, expect, it } from 'vitest';
import { isSingle, keyCaps, Matcher, nameKey, type Pressed } from './keys';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('a pressed key', () => {
  it.each([
    [press('k', { metaKey: true }), 'mod+k'],
    [press('K', { ctrlKey: true, shiftKey: true }), 'mod+shift+k'],
    [press('?', { shiftKey: true }), '?'],
    [press('ArrowUp', { altKey: true }), 'alt+up'],
    [press('J', { shiftKey: true }), 'shift+j'],
    [press('X', { ctrlKey: true, shiftKey: true }), 'mod+shift+x'],
    [press('[', { altKey: true }), '['],
    [press('[', { altKey: true, ctrlKey: true }), '['],
    [press('/', { shiftKey: true }), '/'],
    [press('Shift', { shiftKey: true }), undefined],
  ])('has the name that shortcuts write', (event, name) => expect(nameKey(event)).toBe(name));
});

describe('a sequence', () => {
  const known = ['g f', 'g s', 'f', 'mod+k'];

  it('is found when its last key comes in time', () => {
    const matcher = new Matcher();
    expect(matcher.press(press('g'), known, 0)).toBeUndefined();
    expect(matcher.press(press('f'), known, 500)).toBe('g f');
    expect(matcher.press(press('f'), known, 600)).toBe('f');
  });

  it('is forgotten after a while, or by another key', () => {
    const matcher = new Matcher();
    matcher.press(press('g'), known, 0);
    expect(matcher.press(press('s'), known, 5000)).toBeUndefined();
    matcher.press(press('g'), known, 6000);
    matcher.press(press('x'), known, 6100);
    expect(matcher.press(press('s'), known, 6200)).toBeUndefined();
  });
});

it.each([
  ['g f', true],
  ['shift+j', true],
  ['?', true],
  ['mod+k', false],
  ['alt+up', false],
])('%s can be switched off: %s', (keys, isOff) => expect(isSingle(keys)).toBe(isOff));

it('keys are drawn as they stand on the keyboard', () => {
  expect(keyCaps('mod+shift+x', true)).toEqual(['⌘', '⇧', 'X']);
  expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keyCaps('g f', false)).toEqual(['G', 'F']);
  expect(keyCaps('alt+up', true)).toEqual(['⌥', '↑']);
});
