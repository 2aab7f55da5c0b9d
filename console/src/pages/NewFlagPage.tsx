// `/{p}/{e}/flags/new`: making a flag, in a drawer over the list.
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { flagDefaultsQuery } from '../api/flagLife';
import { useNewFlagRefusal } from '../components/flags/creating';
import { usePlace } from '../components/place';
import { cssColor } from '../format/color';
import { emptyFlag } from '../format/newFlag';
import { NewFlagForm } from '../forms/NewFlagForm';
import { paths } from '../paths';
import { newFlagWords as words } from '../strings/newFlag';
import { Locked } from '../ui/Locked';
import { Sheet, SheetBody } from '../ui/Sheet';
import { FailureState } from '../ui/States';

export default function NewFlagPage() {
  const { project, environment, environments } = usePlace();
  const refusal = useNewFlagRefusal(project.key, environments);
  const { search } = useLocation();
  const navigate = useNavigate();
  const defaults = useQuery(flagDefaultsQuery(project.key));
  const toFlag = (key: string) => paths.flag(project.key, environment.key, key);
  const close = () => void navigate({ pathname: paths.flags(project.key, environment.key), search });
  if (defaults.isPending) return null; // so that the first field is there when the drawer takes the focus
  return (
    <Sheet title={words.title} edge={cssColor(environment.color)} onClose={close}>
      {defaults.data === undefined ? (
        <SheetBody>
          <FailureState what={words.theDefaults} error={defaults.error} onRetry={defaults.refetch} />
        </SheetBody>
      ) : (
        <Locked refusal={refusal}>
          <NewFlagForm
            project={project.key}
            initial={emptyFlag(defaults.data)}
            toFlag={toFlag}
            onMade={(flag) => void navigate(toFlag(flag.key))}
          />
        </Locked>
      )}
    </Sheet>
  );
}
