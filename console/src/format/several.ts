// Doing something for each of many, a few at a time.

/** Ends early once `goesOn` says no; work that was begun is finished. `work` tells its own failures. */
export async function doEach<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const waiting = items.values(); // shared: each takes the next one
  const go = async () => {
    for (const item of waiting) {
      if (!goesOn()) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, go));
}
