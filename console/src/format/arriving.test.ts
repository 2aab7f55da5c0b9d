import { describe, expect, it } from 'vitest';
import { ARRIVING, arriving, KEPT, waitingIn, type ArrivingAct } from './arriving';

const second = (events: number, more = 0, served = 0): ArrivingAct => ({
  now: 100,
  live: {
    environment: 'shop/test',
    events: Array.from({ length: events }, (_, place) => ({ kind: 'custom', key: `bought-${place}`, at: 90 })),
    moreEvents: more,
    served: served > 0 ? [{ key: 'checkout', variation: 1, count: served }] : [],
    moreServed: 0,
  },
});
const [pause, resume] = [{ isPaused: true }, { isPaused: false }];
const after = (...acts: ArrivingAct[]) => acts.reduce(arriving, ARRIVING);

describe('what arrives while one looks', () => {
  it.each<[string, ArrivingAct[], number]>([
    ['nothing while it runs', [second(3)], 0],
    ['nothing of what came before the pause', [second(3), pause], 0],
    ['each event since the pause', [second(3), pause, second(2), second(4)], 6],
    ['events that come without lines', [pause, second(2, 310)], 312],
    ['evaluations as often as they were', [pause, second(0, 0, 40)], 40],
    ['more than the lines that are kept', [pause, second(KEPT), second(KEPT)], 2 * KEPT],
    ['nothing once it goes on', [pause, second(5), resume], 0],
    ['only what came since the second pause', [pause, second(5), resume, second(7), pause, second(1)], 1],
  ])('has waiting %s', (_, acts, waiting) => expect(waitingIn(after(...acts))).toBe(waiting));

  it('is shown once it goes on, the newest first, no more than are kept', () => {
    const { entries, held } = after(second(2), pause, second(KEPT - 1), resume);
    expect(held).toEqual([]);
    expect(entries).toHaveLength(KEPT);
    expect(entries.map(({ key }) => key).slice(-1)).toEqual(['bought-0']);
    expect(entries[0]?.id).toBe(2);
  });
});
