// The review of turning a flag on or off, over whatever page it was asked on.
import { useQuery } from '@tanstack/react-query';
import { flagQuery, useChangeFlag } from '../../api/flags';
import type { Environment } from '../../api/places';
import { useAddress } from '../../ui/address';
import { usePlace } from '../place';
import { FlagReview } from './FlagReview';
import { REVIEWED, turning, useSwitching } from './switching';

/** Shows nothing where the address names an environment that is not there. */
export default function SwitchReview() {
  const { environments } = usePlace();
  const [search] = useAddress();
  const flag = search.get(REVIEWED.flag) ?? '';
  const to = search.get(REVIEWED.to) === 'on';
  const environment = environments.find(({ key }) => key === search.get(REVIEWED.environment));
  return environment && <Review key={`${environment.key} ${flag} ${to}`} environment={environment} flagKey={flag} to={to} />;
}

function Review({ environment, flagKey, to }: { environment: Environment; flagKey: string; to: boolean }) {
  const { project } = usePlace();
  const [, change] = useAddress();
  const { data: flag = { key: flagKey, name: flagKey } } = useQuery(flagQuery(project.key, flagKey));
  const save = useChangeFlag();
  const { tell } = useSwitching(project.key, environment);
  const close = () => change({ [REVIEWED.flag]: undefined, [REVIEWED.to]: undefined, [REVIEWED.environment]: undefined }, true);
  return (
    <FlagReview
      change={turning(project.key, environment.key, flagKey, to)}
      subject={flag.name}
      environment={environment}
      save={save}
      onClose={close}
      onSaved={() => tell(flag, to)}
    />
  );
}
