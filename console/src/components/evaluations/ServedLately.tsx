// What a flag served in the last 24 hours, beside how it is configured, or below its switch; its title leads to the whole of it.
import { useQuery } from '@tanstack/react-query';
import { Area } from '@visx/shape';
import { Link } from 'react-router';
import { evaluationsQuery, type Evaluations } from '../../api/evaluations';
import type { Flag } from '../../api/flags';
import { stackAreas, type Vertex } from '../../format/chart';
import { SPANS, tooFew } from '../../format/evaluations';
import { count } from '../../format/number';
import { ago } from '../../format/time';
import { sharePercent } from '../../format/traffic';
import { paths } from '../../paths';
import { evaluationWords as words } from '../../strings/evaluations';
import type { Layer } from '../../ui/chart/StackedAreas';
import { FailureState } from '../../ui/States';
import { usePlace } from '../place';
import { layersOf } from './layers';
import classes from './served.module.css';

const [WIDTH, HEIGHT] = [280, 72];

export function ServedLately({ flag }: { flag: Flag }) {
  const { project, environment } = usePlace();
  const { data, error, refetch, dataUpdatedAt } = useQuery(evaluationsQuery(project.key, environment.key, flag.key, SPANS['24h']));
  return (
    <aside className={classes.served} aria-label={words.servedLately} aria-busy={data === undefined && !error}>
      <h2>
        <Link to={paths.flag(project.key, environment.key, flag.key, 'evaluations')}>{words.servedLately}</Link>
        {data && <span>{count(data.count)}</span>}
      </h2>
      {data === undefined && error && <FailureState what={words.theEvaluations} error={error} onRetry={refetch} />}
      {data && data.count > 0 && <Shares found={data} layers={layersOf(flag, data)} />}
      {data?.count === 0 && (
        <p>{data.lastRequested === undefined ? words.neverAskedHere : words.lastWas(ago(data.lastRequested, dataUpdatedAt))}</p>
      )}
    </aside>
  );
}

function Shares({ found, layers }: { found: Evaluations; layers: Layer[] }) {
  const { points, gaps } = found;
  const areas = stackAreas(layers.map(({ series }) => [...series]), points, gaps);
  const most = Math.max(...(areas.at(-1) ?? []).flat().map(({ high }) => high), 1);
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {layers.flatMap(({ key, color }, place) =>
          (areas[place] ?? []).map((piece, one) => (
            <Area<Vertex>
              key={`${key} ${one}`}
              data={piece}
              x={({ at }) => (at / points) * WIDTH}
              y0={({ low }) => HEIGHT - (low / most) * HEIGHT}
              y1={({ high }) => HEIGHT - (high / most) * HEIGHT}
              fill={color}
              className={classes.area}
            />
          )),
        )}
      </svg>
      <ul>
        {layers.map(({ key, label, mark, series }) => (
          <li key={key}>
            {mark}
            <span dir="auto">{label}</span>
            <b>{sharePercent(series.reduce((sum, one) => sum + one, 0) / found.count)}</b>
          </li>
        ))}
      </ul>
      <p>{tooFew(found.count)}</p>
    </>
  );
}
