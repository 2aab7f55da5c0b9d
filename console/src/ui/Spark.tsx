// A line of the size of a word.
import { sparkPath } from '../format/traffic';

const [WIDTH, HEIGHT] = [64, 16];

export function Spark({ series }: { series: number[] }) {
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`} aria-hidden style={{ flex: 'none' }}>
      <path d={sparkPath(series, WIDTH, HEIGHT)} fill="none" stroke="var(--fs-strong)" strokeWidth="1.4" strokeLinejoin="round" />
    </svg>
  );
}
