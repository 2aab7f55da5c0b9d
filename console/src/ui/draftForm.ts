// A form whose typed values outlive navigation and reload. What was not typed follows what is saved.
import { useForm, type UseFormInput, type UseFormReturnType } from '@mantine/form';
import { useEffect, useRef } from 'react';
import { knownMembers } from '../format/drafts';
import { changedMembers } from '../format/patches';
import { useDraft } from './draft';

export interface DraftForm<Values extends object> {
  form: UseFormReturnType<Values>;
  /** When what it shows was typed, if that was at an earlier visit. */
  restoredFrom: number | undefined;
  /** Forgets what was typed and shows what is saved: after saving, or when it is discarded. */
  clear: (saved?: Values) => void;
}

/** `name` says what the form is of; `initialValues` are what is saved. */
export function useDraftForm<Values extends object>(
  name: string,
  options: UseFormInput<Values> & { initialValues: Values },
): DraftForm<Values> {
  const { initialValues } = options;
  const draft = useDraft<Partial<Values> | null>(`form:${name}`, null, { read: (kept) => knownMembers(kept, initialValues) });
  const base = useRef(initialValues);
  const seen = useRef(initialValues); // what was given last: after saving, `base` is ahead of it until that is read anew
  const form = useForm<Values>({
    ...options,
    initialValues: { ...initialValues, ...draft.value },
    onValuesChange: (values) => draft.set(changedMembers(base.current, values)),
  });
  useEffect(() => {
    if (Object.keys(changedMembers(seen.current, initialValues)).length === 0) return;
    seen.current = initialValues;
    const typed = changedMembers(base.current, form.getValues());
    base.current = initialValues;
    form.setValues({ ...initialValues, ...typed });
  }, [form, initialValues]);
  const clear = (saved = initialValues) => {
    base.current = saved;
    form.setValues(saved);
    form.clearErrors();
    form.resetTouched();
    draft.clear();
  };
  return { form, restoredFrom: draft.restoredFrom, clear };
}
