// Why a form was refused, above its buttons; what belongs to a field stands at the field.
import type { UseFormReturnType } from '@mantine/form';
import { present } from '../format/failure';
import { Note } from '../ui/Note';

/** `fields` are those of the form, at which the error may already stand. */
export function FormFailure({ error, fields = [] }: { error: unknown; fields?: readonly string[] }) {
  if (error === null || error === undefined) return null;
  const { field, message } = present(error, fields);
  if (field !== undefined) return null;
  return (
    <Note tone="bad" role="alert">
      {message}
    </Note>
  );
}

/** Puts what the server says to the field that it names; for `onError` of a mutation. */
export function tellField<Values extends object>(form: UseFormReturnType<Values>, error: unknown, fields: readonly string[]): void {
  const { field, message } = present(error, fields);
  if (field !== undefined) form.setFieldError(field, message);
}
