// Why the server refused a form, above its buttons; nothing where a field of the form says it.
import { present } from '../format/failure';
import { Note } from './Note';

export function Refusal({ error, fields = [] }: { error: unknown; fields?: readonly string[] }) {
  if (error === null || error === undefined) return null;
  const { message, field } = present(error, fields);
  if (field !== undefined) return null;
  return (
    <Note tone="bad" role="alert">
      {message}
    </Note>
  );
}
