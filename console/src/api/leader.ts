// The one connection to the stream, in the tab that holds the lock.
import { asChange, type Change } from '../format/changes';
import { asLive, type Live } from '../format/live';

const ADDRESS = '/api/v2/flagstaff/stream?changes=*';
const AGAIN_AFTER = 3000; // milliseconds, after a refusal; lost connections are the browser's own to mend

export type News =
  | { type: 'state'; isOpen: boolean; position?: number }
  | { type: 'change'; change: Change }
  | { type: 'live'; live: Live }
  | { type: 'preferences' }
  | { type: 'reload' }
  | { type: 'end' };

export class Leader {
  isOpen = false;
  private source: EventSource | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly tell: (news: News) => void,
    private readonly position: () => number,
    private live: readonly string[],
  ) {
    this.connect();
  }

  close(): void {
    clearTimeout(this.waiting);
    this.source?.close();
  }

  /** Follows these environments, `projectKey/environmentKey`, besides the changes. */
  follow(live: readonly string[]): void {
    if (live.join() === this.live.join()) return;
    this.live = live;
    this.close();
    this.connect();
  }

  private connect(): void {
    const source = new EventSource(this.address());
    this.source = source;
    source.addEventListener('open', () => this.become(true));
    source.addEventListener('error', () => {
      this.become(false);
      if (source.readyState === EventSource.CLOSED) this.goOn();
    });
    source.addEventListener('preferences', () => this.tell({ type: 'preferences' }));
    source.addEventListener('reload', () => this.tell({ type: 'reload' }));
    source.addEventListener('change', (event: MessageEvent<string>) =>
      this.tell({ type: 'change', change: asChange(event.data) }),
    );
    source.addEventListener('live', (event: MessageEvent<string>) => this.tell({ type: 'live', live: asLive(event.data) }));
    source.addEventListener('end', () => {
      this.close();
      this.become(false);
      this.tell({ type: 'end' });
    });
  }

  private address(): string {
    const live = this.live.map((name) => `&live=${encodeURIComponent(name)}`).join('');
    return `${ADDRESS}${live}&after=${this.position()}`;
  }

  /** It was refused, perhaps since an environment is gone: changes matter more than its events. */
  private goOn(): void {
    this.live = [];
    this.waiting = setTimeout(() => this.connect(), AGAIN_AFTER);
  }

  private become(isNow: boolean): void {
    this.isOpen = isNow;
    this.tell({ type: 'state', isOpen: isNow });
  }
}
