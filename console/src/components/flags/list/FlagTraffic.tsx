// How often a flag was evaluated of late: the number, and the hours as a line that is read by the mouse.
import { compact, count } from '../../../format/number';
import { peakOf, sumSeries } from '../../../format/spark';
import { periodOf } from '../../../format/timeAxis';
import { chartWords } from '../../../strings/chart';
import { flagListWords as words } from '../../../strings/flagList';
import { Spark } from '../../../ui/chart/Spark';
import type { FlagTraffic as Traffic } from './traffic';
import classes from './list.module.css';

export default function FlagTraffic({ traffic }: { traffic: Traffic }) {
  const { begin, step } = traffic;
  const series = sumSeries(traffic.variations);
  const period = (at: number) => periodOf(begin + at * step, step);
  const peak = peakOf(series);
  const label = `${words.evaluated(count(traffic.count))}, ${chartWords.most(count(series[peak] ?? 0), period(peak))}`;
  return (
    <span className={classes.evaluations}>
      {traffic.count > 0 && <Spark series={series} label={label} told={(at) => chartWords.pointOf(period(at), count(series[at] ?? 0))} />}
      <span title={words.evaluated(count(traffic.count))}>{compact(traffic.count)}</span>
    </span>
  );
}
