// What the JSON value of a variation can be laid beside.
import { variationWords as words } from '../strings/variations';
import type { EditedVariation } from './variations';

export interface Comparable {
  id: string;
  name: string;
  text: string;
}

const SAVED = 'saved';

/** What is saved of it, if that is something else, and the other variations. */
export function comparables(variation: EditedVariation, list: EditedVariation[], saved: EditedVariation[]): Comparable[] {
  const before = saved.find(({ _id }) => _id === variation._id);
  const others = list.map(({ _id, name, text }, at) => ({ id: _id, name: name === '' ? words.variation(at + 1) : name, text }));
  return [
    ...(before === undefined || before.text === variation.text ? [] : [{ id: SAVED, name: words.asSaved, text: before.text }]),
    ...others.filter(({ id }) => id !== variation._id),
  ];
}

/** The document of a text; undefined where it is none. Nothing in it is passed over, whatever it is called. */
export function readJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
