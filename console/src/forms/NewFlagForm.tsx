// Making a flag: name, key and kind are enough; what is typed is kept until it is made.
import { Button, Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useMakeFlag, type NewFlagBody } from '../api/flagLife';
import { flagQuery, type Flag } from '../api/flags';
import { isFound } from '../api/found';
import { VariationRows } from '../components/flags/variations/VariationRows';
import { FormFailure, tellField } from '../components/FormFailure';
import { NameAndKey, nameAndKeyRules, Taken } from '../components/NameAndKey';
import { Restored } from '../components/Restored';
import { TagsField } from '../components/TagsField';
import { readState } from '../format/drafts';
import { Failure } from '../format/failure';
import { newFlagBody, problemsOf, STAGES, STAGES_BY_KIND, startOf, type NewFlag, type NewFlagKind } from '../format/newFlag';
import { newFlagWords as words } from '../strings/newFlag';
import { variationWords } from '../strings/variations';
import { useDraft } from '../ui/draft';
import { Keys } from '../ui/KeyPill';
import { SheetBody, SheetFooter } from '../ui/Sheet';
import { useShortcuts } from '../ui/shortcuts';
import { tellDone } from '../ui/toast';
import classes from './flag.module.css';

const FIELDS = ['key', 'name', 'tags', 'contextKind'];

export interface NewFlagFormProps {
  project: string;
  initial: NewFlag;
  /** Where a flag of this key stands. */
  toFlag: (key: string) => string;
  onMade: (flag: Flag) => void;
}

export function NewFlagForm({ project, initial, toFlag, onMade }: NewFlagFormProps) {
  const make = useMakeFlag(project);
  const client = useQueryClient();
  const draft = useDraft<NewFlag>(`new-flag:${project}`, initial, { read: (kept) => readState(kept, initial) });
  const [wasTried, setTried] = useState(false);
  const form = useForm<NewFlag>({
    initialValues: draft.value,
    onValuesChange: draft.set,
    validate: {
      ...nameAndKeyRules,
      contextKind: (value, flag) =>
        flag.kind === 'migration' && flag.stages === STAGES_BY_KIND && value.trim() === '' ? words.contextKindMissing : null,
    },
  });
  const flag = form.getValues();
  const problems = problemsOf(flag);
  const taken = (key: string) => <Taken told={words.inUse(key)} to={toFlag(key)} />;
  const findTaken = async (key: string) => (await isFound(client.query(flagQuery(project, key)))) && taken(key);
  const refused = (error: unknown) => {
    tellField(form, error, FIELDS);
    if (error instanceof Failure && error.status === 409) form.setFieldError('key', taken(flag.key));
  };
  const submit = (event?: SyntheticEvent<HTMLFormElement>) => {
    setTried(true);
    form.onSubmit((values) => {
      if (problems.size > 0) return;
      const onSuccess = (made: Flag) => {
        draft.clear();
        tellDone(words.created(made.name));
      };
      make.mutate(newFlagBody(values) as NewFlagBody, { onSuccess, onHere: onMade, onError: refused });
    })(event);
  };
  useShortcuts([{ keys: 'mod+enter', label: words.create, run: () => submit() }]);
  const discard = () => {
    draft.clear();
    form.setValues(initial);
  };
  return (
    <form onSubmit={submit} noValidate>
      <SheetBody>
        <Restored from={draft.restoredFrom} onDiscard={discard} />
        <NameAndKey form={form} findTaken={findTaken} />
        <Served form={form} problems={problems} />
        <About form={form} />
        {wasTried && problems.size > 0 && <p className={classes.problem}>{variationWords.problem}</p>}
        {!(make.error instanceof Failure && make.error.status === 409) && <FormFailure error={make.error} fields={FIELDS} />}
      </SheetBody>
      <SheetFooter>
        <Button type="submit" loading={make.isPending} rightSection={<Keys keys="mod+enter" />}>
          {words.create}
        </Button>
      </SheetFooter>
    </form>
  );
}

type Form = UseFormReturnType<NewFlag>;

/** What it can serve: its kind, and the values that the kind leaves open. */
function Served({ form, problems }: { form: Form; problems: ReadonlyMap<string, string> }) {
  const { kind, list } = form.getValues();
  const choose = (chosen: string | null) => {
    if (chosen !== null && chosen !== kind) form.setValues({ kind: chosen as NewFlagKind, list: startOf(chosen as NewFlagKind) });
  };
  return (
    <>
      <Select
        label={words.kind}
        description={words.kindHints[kind]}
        data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
        allowDeselect={false}
        value={kind}
        onChange={choose}
      />
      {list.length > 0 && kind !== 'migration' && (
        <section aria-label={words.variations} className={classes.part}>
          <p className={classes.hint}>{words.variationsHint}</p>
          <VariationRows kind={kind} list={list} problems={problems} onChange={(next) => form.setValues({ list: next })} />
        </section>
      )}
      {kind === 'migration' && <Stages form={form} />}
    </>
  );
}

function Stages({ form }: { form: Form }) {
  const { stages } = form.getValues();
  return (
    <section aria-label={words.stages} className={classes.part}>
      <Select
        label={words.stages}
        description={words.stageHints[stages]}
        data={Object.entries(words.stageChoices).map(([value, label]) => ({ value, label }))}
        allowDeselect={false}
        value={stages}
        onChange={(value) => value !== null && form.setValues({ stages: value })}
      />
      <ol className={classes.stages}>
        {STAGES[stages]?.map((stage) => (
          <li key={stage}>
            <b>{stage}</b> {variationWords.stages[stage]}
          </li>
        ))}
      </ol>
      {stages === STAGES_BY_KIND && (
        <TextInput label={words.contextKind} description={words.contextKindHint} {...form.getInputProps('contextKind')} />
      )}
    </section>
  );
}

/** What one may also say of it. */
function About({ form }: { form: Form }) {
  return (
    <>
      <Textarea
        label={words.description}
        placeholder={words.optional}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
      <TagsField kind="flag" {...form.getInputProps('tags')} />
      <Checkbox
        label={words.temporary}
        description={words.temporaryHint}
        {...form.getInputProps('temporary', { type: 'checkbox' })}
      />
      <fieldset className={classes.group}>
        <legend>{words.availability}</legend>
        <Group gap="lg">
          <Checkbox label={words.mobile} {...form.getInputProps('usingMobileKey', { type: 'checkbox' })} />
          <Checkbox label={words.browser} {...form.getInputProps('usingEnvironmentId', { type: 'checkbox' })} />
        </Group>
        <p className={classes.hint}>{words.serverOnly}</p>
      </fieldset>
    </>
  );
}
