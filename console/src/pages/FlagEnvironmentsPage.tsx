// `/{p}/{e}/flags/{f}/environments?from&only&pick`: a flag in all environments beside each other, and copying parts into this one.
import { IconArrowRight, IconServer } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { Flag, Instruction } from '../api/flags';
import { wholeFlagQuery } from '../api/wholeFlag';
import { Comparison, type ComparisonProps } from '../components/comparison/Comparison';
import classes from '../components/comparison/comparison.module.css';
import { useColumns, type Column } from '../components/comparison/configs';
import { useAccess } from '../components/flags/access';
import { useFlag } from '../components/flags/flag';
import { FlagReview } from '../components/flags/FlagReview';
import { useFlagSaving } from '../components/flags/saving';
import { useReviewing } from '../components/reviewing';
import { usePlace } from '../components/place';
import { EnvironmentName } from '../components/shell/EnvironmentPicker';
import { UnsavedBar } from '../components/targeting/UnsavedBar';
import { compare, isCopyable, isReordered, pairsOf, type Config } from '../format/comparison';
import { changeToCopy } from '../format/copying';
import { paths } from '../paths';
import { comparisonWords as words } from '../strings/comparison';
import { linkTo, useAddress, withParameters } from '../ui/address';
import { Refusal } from '../ui/Locked';
import { Note } from '../ui/Note';
import { Picker } from '../ui/Picker';
import { EmptyState, FailureState, LoadingState } from '../ui/States';
import { Swatch } from '../ui/Swatch';
import { Toggle } from '../ui/Toggle';

type Seen = Column & { config: Config };

export default function FlagEnvironmentsPage() {
  const flag = useFlag();
  const { project } = usePlace();
  const isMigration = flag._purpose === 'migration';
  const { data, error, refetch } = useQuery({ ...wholeFlagQuery(project.key, flag.key), enabled: isMigration });
  if (!isMigration) return <Environments flag={flag} />;
  if (data !== undefined) return <Environments flag={data} />;
  return error ? <FailureState what={words.settings} error={error} onRetry={refetch} /> : <LoadingState />;
}

function Environments({ flag }: { flag: Flag }) {
  const { environment } = usePlace();
  const [search] = useAddress();
  const { columns, required } = useColumns(flag);
  const seen = columns.filter((column): column is Seen => column.config !== undefined);
  const to = seen.find((column) => column.environment.key === environment.key);
  const others = seen.filter((column) => column !== to);
  const from = others.find((column) => column.environment.key === search.get('from')) ?? others[0];
  if (from === undefined || to === undefined) {
    return <EmptyState icon={IconServer} title={words.alone} text={words.aloneText} />;
  }
  const beside = columns.filter((column) => column !== from && column !== to);
  return <Compared flag={flag} from={from} to={to} beside={beside} required={required} />;
}

interface ComparedProps {
  flag: Flag;
  from: Seen;
  to: Seen;
  beside: Column[];
  required: ReturnType<typeof useColumns>['required'];
}

function Compared({ flag, from, to, beside, required }: ComparedProps) {
  const { project } = usePlace();
  const [search, change] = useAddress();
  const review = useReviewing();
  const { save, tellSaved } = useFlagSaving(project.key, flag, to.environment);
  const { missing } = useAccess('here');
  const compared = useMemo(() => compare(from.config, to.config), [from.config, to.config]);
  const lines = compared.map((line) => (line.isSame ? line : { ...line, refusal: missing(...line.actions) }));
  const differences = lines.filter((line) => !line.isSame);
  const asked = picksIn(search);
  const picked = new Set(differences.filter((line) => isCopyable(line) && asked.includes(line.id)).map(({ id }) => id));
  const onPick: ComparisonProps['onPick'] = (pick) =>
    change((now) => withParameters(now, { pick: [...pick(new Set(picksIn(now)))].join(',') }), true);
  const clear = () => {
    onPick(() => []);
    return undefined;
  };
  const ids = flag.variations.map((variation) => variation._id);
  const copying = { from: from.config, to: to.config, environment: to.environment.key, version: to.version };
  const { instructions, document } = changeToCopy(copying, picked, ids);
  const leave = () => {
    review.close();
    clear();
  };
  return (
    <>
      <Ends from={from} to={to} />
      <Refusal why={missing(...new Set(differences.flatMap(({ actions }) => actions)))} />
      {differences.length === 0 && <Note tone="good">{words.allSame(from.environment.name, to.environment.name)}</Note>}
      {isReordered(pairsOf(lines), to.config.rules) && (
        <Note tone="info">{words.reordered(to.environment.name)}</Note>
      )}
      <Comparison
        {...{ flag, lines, from, to, required, picked, onPick }}
        others={beside}
        onlyDifferences={search.get('only') === 'differences'}
      />
      {picked.size > 0 && (
        <UnsavedBar
          environment={to.environment}
          draft={{ steps: document ?? instructions, isComplete: true, movedOn: undefined, discard: clear }}
          onReview={review.open}
          said={{
            what: words.picked(picked.size, differences.length),
            discard: words.clear,
            review: words.review(to.environment.name),
          }}
        />
      )}
      {review.isOpen && picked.size > 0 && (
        <FlagReview
          change={{
            project: project.key,
            environment: to.environment.key,
            flag: flag.key,
            instructions: instructions as unknown as Instruction[],
            document,
          }}
          subject={flag.name}
          environment={to.environment}
          save={save}
          usualComment={words.copied(from.environment.name)}
          onClose={review.close}
          onSaved={tellSaved}
          onLeave={leave}
        />
      )}
    </>
  );
}

const picksIn = (search: URLSearchParams) => search.getAll('pick').flatMap((ids) => ids.split(',')).filter(Boolean);

/** From where to where; the end of the copy is the environment of the page. */
function Ends({ from, to }: Pick<ComparedProps, 'from' | 'to'>) {
  const { project, environments } = usePlace();
  const [search, change] = useAddress();
  const flag = useFlag();
  const navigate = useNavigate();
  const go = (source: string, target: string) => {
    const pathname = paths.flag(project.key, target, flag.key, 'environments');
    void navigate(pathname + linkTo(search, { from: source, pick: undefined }));
  };
  const here = { from: from.environment.key, to: to.environment.key };
  const chooseFrom = (key: string) => go(key, key === here.to ? here.from : here.to);
  const chooseTo = (key: string) => go(key === here.from ? here.to : here.from, key);
  const choices = environments.map(({ key, name, color }) => ({ key, name, mark: <Swatch color={color} /> }));
  const picker = (label: string, { environment }: Column, onChoose: (key: string) => void) => (
    <Picker
      label={label}
      shown={<EnvironmentName environment={environment} />}
      choices={choices}
      chosen={environment.key}
      onChoose={onChoose}
      searchLabel={words.findEnvironment}
      nothingFound={words.nothingFound}
    />
  );
  return (
    <div className={classes.bar}>
      <span>{words.copyFrom}</span>
      {picker(words.source(from.environment.name), from, chooseFrom)}
      <IconArrowRight size={16} aria-hidden />
      {picker(words.target(to.environment.name), to, chooseTo)}
      <span className={classes.space} />
      <span aria-hidden>{words.onlyDifferences}</span>
      <Toggle
        label={words.onlyDifferences}
        withWord={false}
        checked={search.get('only') === 'differences'}
        onChange={(isOn) => change({ only: isOn ? 'differences' : undefined }, true)}
      />
    </div>
  );
}
