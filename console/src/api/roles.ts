// Custom roles: the list, one of them, making, changing and deleting; and who may do something.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { additionsOf } from '../format/patches';
import { useWrite } from '../ui/writing';
import { api, take, type Schemas } from './client';
import { keepAnswer } from './queries';

export type Role = Schemas['RoleRep'];
export type NewRole = Partial<Schemas['RolePost']> & Pick<Schemas['RolePost'], 'key' | 'name' | 'policy'>;
export type Statement = Schemas['Statement'];
export type WhoCan = Schemas['WhoCanRep'];

const ALL = 1000; // roles of an account: they are few, and the list has no total

export const rolesQuery = () =>
  queryOptions({
    queryKey: ['roles', 'all'],
    queryFn: ({ signal }) => take(api.GET('/api/v2/roles', { params: { query: { limit: ALL } }, signal })),
    staleTime: 60_000,
  });

export const roleQuery = (key: string) =>
  queryOptions({
    queryKey: ['roles', 'one', key],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v2/roles/{customRoleKey}', { params: { path: { customRoleKey: key } }, signal })),
  });

export const whoCanQuery = (action: string, resource: string) =>
  queryOptions({
    queryKey: ['roles', 'members', 'teams', 'tokens', 'who-can', action, resource],
    queryFn: ({ signal }) => take(api.POST('/api/v2/flagstaff/who-can', { body: { action, resource }, signal })),
  });

export function useMakeRole() {
  return useRoleCall((role: NewRole) => take(api.POST('/api/v2/roles', { body: role as Schemas['RolePost'] })));
}

export function useChangeRole() {
  return useRoleCall(async ({ key, change }: { key: string; change: Partial<Role> }) => {
    const body = additionsOf(change);
    const role = await take(api.PATCH('/api/v2/roles/{customRoleKey}', { params: { path: { customRoleKey: key } }, body }));
    await keepAnswer(roleQuery(key).queryKey, role);
    return role;
  });
}

export function useDeleteRole() {
  return useRoleCall((key: string) =>
    take(api.DELETE('/api/v2/roles/{customRoleKey}', { params: { path: { customRoleKey: key } } })),
  );
}

function useRoleCall<Given, Answer>(run: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  const refresh = () => {
    ['roles', 'members', 'teams'].forEach((kind) => void client.invalidateQueries({ queryKey: [kind] }));
  };
  return useWrite({ mutationFn: run, onSuccess: refresh });
}
