// What an access token may do, as a form has it and as the API does.
import { additionsOf, changedMembers, type Addition } from './patches';
import { readStatements, type Statement } from './policy';

export type BuiltInRole = 'reader' | 'writer' | 'admin';

/** A built-in role, custom roles, or a policy of the token's own: exactly one of them. */
export type Bound = BuiltInRole | 'customRoles' | 'policy';

export interface TokenFields {
  name: string;
  description: string;
  bound: Bound;
  customRoles: string[];
}

interface Shown {
  name?: string;
  description?: string;
  role?: string;
  customRoleIds?: string[];
  inlineRole?: readonly Partial<Record<keyof Statement, unknown>>[];
}

/** What the API is told that a token is. */
export interface TokenBody {
  name: string;
  description: string;
  role: BuiltInRole | null;
  customRoleIds: string[];
  inlineRole: Statement[];
}

export function readToken(token: Shown): TokenFields {
  const { name = '', description = '', role = 'reader', customRoleIds = [], inlineRole = [] } = token;
  const bound = inlineRole.length > 0 ? 'policy' : customRoleIds.length > 0 ? 'customRoles' : (role as BuiltInRole);
  return { name, description, bound, customRoles: customRoleIds };
}

export function writeToken({ name, description, bound, customRoles }: TokenFields, policy: Statement[]): TokenBody {
  return {
    name: name.trim(),
    description: description.trim(),
    role: bound === 'customRoles' || bound === 'policy' ? null : bound,
    customRoleIds: bound === 'customRoles' ? customRoles : [],
    inlineRole: bound === 'policy' ? policy : [],
  };
}

/** Steps that make the token what `after` is. They add, since what a token has not is absent from it. */
export const tokenPatch = (token: Shown, after: TokenBody): Addition[] =>
  additionsOf(changedMembers(writeToken(readToken(token), readStatements(token.inlineRole ?? [])), after));
