// `.../flags/{f}/evaluations?span&view`: what a flag served over time, who asked, its status, and whether it can be removed.
import { useQuery } from '@tanstack/react-query';
import { evaluationsQuery } from '../api/evaluations';
import { Askers } from '../components/evaluations/Askers';
import { EvaluationsChart } from '../components/evaluations/EvaluationsChart';
import { FlagStatus } from '../components/evaluations/FlagStatus';
import { useFlag } from '../components/flags/flag';
import { usePlace } from '../components/place';
import { readSpan, SPANS } from '../format/evaluations';
import { evaluationWords as words } from '../strings/evaluations';
import { useAddress } from '../ui/address';
import { FailureState, LoadingState } from '../ui/States';

export default function FlagEvaluationsPage() {
  const { project, environment } = usePlace();
  const flag = useFlag();
  const [search] = useAddress();
  const { data, error, refetch, dataUpdatedAt } = useQuery(evaluationsQuery(project.key, environment.key, flag.key, SPANS[readSpan(search)]));
  return (
    <>
      {data === undefined && error && <FailureState what={words.theEvaluations} error={error} onRetry={refetch} />}
      {data === undefined && !error && <LoadingState rows={1} height={340} />}
      {data && <EvaluationsChart flag={flag} found={data} now={dataUpdatedAt} />}
      {data && data.count > 0 && <Askers found={data} />}
      <FlagStatus flag={flag} />
    </>
  );
}
