// When what others have changed is read anew: the first change at once, those that follow upon it together.

const TOGETHER = 200; // milliseconds from one reading to the next, at least
const LONGEST = 2000; // milliseconds after which a reading does not hold up the next any more

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

export class Collector<T> {
  private changes: T[] = [];
  private isBusy = false;
  private isStopped = false;

  /** `read` resolves once what is shown is as new as the changes. */
  constructor(private readonly read: (changes: T[]) => Promise<unknown>) {}

  /** `canWait`: whoever made the change has read most of it already. */
  add(change: T, canWait = false): void {
    this.changes.push(change);
    if (!this.isBusy) void this.go(canWait);
  }

  stop(): void {
    this.isStopped = true;
  }

  /** A reading under way is not given up for the next one: of many changes in a row each would end the one before. */
  private async go(canWait: boolean): Promise<void> {
    this.isBusy = true;
    if (canWait) await pause(TOGETHER);
    while (this.changes.length > 0 && !this.isStopped) {
      const changes = this.changes.splice(0);
      await Promise.all([pause(TOGETHER), Promise.race([this.read(changes), pause(LONGEST)])]);
    }
    this.isBusy = false;
  }
}
