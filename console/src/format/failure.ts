// What is told of a failed call: the one error presenter.
import { words } from '../strings/shared';

export interface Access {
  action: string;
  resource: string;
}

/** A call that the server refused or did not answer. `status` is 0 without an answer. */
export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly request = '',
    readonly retryAfter = 0,
    /** The addresses that a list of members is refused for. */
    readonly emails: readonly string[] = [],
    /** What the caller's policies do not allow. */
    readonly denied: readonly Access[] = [],
  ) {
    super(message);
  }

  /** The same in other words. */
  saying(message: string): Failure {
    return new Failure(this.status, this.code, message, this.request, this.retryAfter, this.emails, this.denied);
  }

  /** Whether asking again may help, as it is. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface Presented {
  message: string;
  /** The id under which the server's log has it. */
  request: string;
  /** The field of a form that the error names, if it is one of `fields`. */
  field: string | undefined;
}

interface Refused {
  code?: string;
  message?: string;
  /** In place of the message, from OAuth. */
  error_description?: string;
  id?: string;
  invalid_emails?: string[];
  denied?: Access[];
}

/** The answer of the API as a Failure. */
export function readFailure(response: Response, body: unknown): Failure {
  const refused = (body ?? {}) as Refused;
  const { code = '', message = refused.error_description ?? '', id = '', invalid_emails: emails, denied } = refused;
  const after = Number(response.headers.get('Retry-After') ?? 0);
  return new Failure(response.status, code, message, id, Number.isFinite(after) ? after : 0, emails, denied);
}

/** What to show, at the field that the error names, else above the buttons. */
export function present(error: unknown, fields: readonly string[] = []): Presented {
  if (!(error instanceof Failure)) return { message: words.defect, request: '', field: undefined };
  return { message: tell(error), request: error.request, field: findField(error.message, fields) };
}

function tell(failure: Failure): string {
  if (failure.status === 0) return words.unreachable;
  if (failure.code === 'unauthorized') return words.sessionEnded;
  if (failure.status === 429) return words.tooMany(failure.retryAfter);
  if (failure.status >= 500 && failure.status !== 503) return words.serverDefect;
  const about = failure.emails.length > 0 ? `: ${failure.emails.join(', ')}` : '';
  return sentence(failure.message.replace(OF_MEMBER, '') + about);
}

/** The parameter of the address that is wrong: for programs. */
const OF_MEMBER = / - at `\w+`$/;

function findField(message: string, fields: readonly string[]): string | undefined {
  return fields.find((field) => new RegExp(`(^|[^\\w])${field}([^\\w]|$)`).test(message));
}

/** Begins with a capital and ends with a stop, as all that we say. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
