// What a flag served in the last 24 hours, beside how it is configured, or below its switch; its title leads to the whole of it.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { evaluationsQuery, type Evaluations } from '../../api/evaluations';
import type { Flag } from '../../api/flags';
import { SPANS, tooFew } from '../../format/evaluations';
import { count } from '../../format/number';
import { ago } from '../../format/time';
import { clock, pointOf, zoneName } from '../../format/timeAxis';
import { sharePercent } from '../../format/traffic';
import { paths } from '../../paths';
import { chartWords } from '../../strings/chart';
import { evaluationWords as words } from '../../strings/evaluations';
import type { Told } from '../../ui/chart/Reading';
import { SmallAreas } from '../../ui/chart/SmallAreas';
import type { Layer } from '../../ui/chart/StackedAreas';
import { useCrosshair } from '../../ui/chart/useCrosshair';
import { FailureState } from '../../ui/States';
import { usePlace } from '../place';
import { layersOf } from './layers';
import classes from './served.module.css';

export function ServedLately({ flag }: { flag: Flag }) {
  const { project, environment } = usePlace();
  const { data, error, refetch, dataUpdatedAt } = useQuery(evaluationsQuery(project.key, environment.key, flag.key, SPANS['24h']));
  return (
    <section className={classes.served} aria-label={words.servedLately} aria-busy={data === undefined && !error}>
      <h2>
        <Link to={paths.flag(project.key, environment.key, flag.key, 'evaluations')}>{words.servedLately}</Link>
        {data && <span>{count(data.count)}</span>}
      </h2>
      {data === undefined && error && <FailureState what={words.theEvaluations} error={error} onRetry={refetch} />}
      {data && data.count > 0 && <Shares found={data} layers={layersOf(flag, data)} />}
      {data?.count === 0 && (
        <p>{data.lastRequested === undefined ? words.neverAskedSoFar : words.lastWas(ago(data.lastRequested, dataUpdatedAt))}</p>
      )}
    </section>
  );
}

function Shares({ found, layers }: { found: Evaluations; layers: Layer[] }) {
  const crosshair = useCrosshair(found.points);
  const told = (point: number) => tell(found, layers, point);
  const read = crosshair.at === undefined ? undefined : told(crosshair.at);
  return (
    <>
      <SmallAreas label={words.chart} points={found.points} layers={layers} gaps={found.gaps} crosshair={crosshair} told={told} />
      <p className={classes.time} title={chartWords.zone(zoneName())}>
        <span>{read?.title ?? clock(found.begin)}</span>
        <span>{read ? (read.silence ?? read.rows.at(-1)?.value) : chartWords.now}</span>
      </p>
      <ul>
        {layers.map(({ key, label, mark, series }) => (
          <li key={key}>
            {mark}
            <span dir="auto">{label}</span>
            <b>{read ? read.rows.find((row) => row.key === key)?.value : sharePercent(series.reduce((sum, one) => sum + one, 0) / found.count)}</b>
          </li>
        ))}
      </ul>
      <p>{tooFew(found.count)}</p>
    </>
  );
}

/** What an hour says, its sum at the end. */
function tell(found: Evaluations, layers: Layer[], at: number): Told {
  const title = pointOf(found, at);
  if (found.gaps.includes(at)) return { title, rows: [], silence: words.silent };
  const rows = layers.map(({ key, label, series }) => ({ key, label, counted: series[at] ?? 0 }));
  const total = { key: 'total', label: words.total, counted: rows.reduce((sum, { counted }) => sum + counted, 0) };
  return { title, rows: [...rows, total].map(({ counted, ...row }) => ({ ...row, value: count(counted) })) };
}
