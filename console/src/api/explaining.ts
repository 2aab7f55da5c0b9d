// What a context gets for a flag and why, and the contexts that were seen of late.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Moment } from '../format/moment';
import type { Context } from '../format/tryContext';
import { api, take, type Schemas } from './client';
import { flagKeys, type Instruction } from './flags';

export type Explanation = Schemas['ExplanationRep'];
export type TracedFlag = Schemas['TracedFlagRep'];
export type TracedClause = Schemas['TracedClauseRep'];
export type TracedSegment = Schemas['TracedSegmentRep'];
export type TracedSplit = Schemas['TracedSplitRep'];
export type StepState = TracedClause['state'];

const MOST = 8; // contexts to pick from

export interface Tried {
  project: string;
  environment: string;
  flag: string;
  context: Context;
  /** Changes that are not saved yet. */
  instructions: Instruction[];
  /** When in the past; without it, now. */
  moment?: Moment | undefined;
}

export const explainQuery = ({ project, environment, flag, context, instructions, moment }: Tried) =>
  queryOptions({
    queryKey: [...flagKeys.one(project, flag), 'explain', environment, context, instructions, moment],
    queryFn: ({ signal }) =>
      take(
        api.POST('/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/flags/{featureFlagKey}/explain', {
          params: { path: { projectKey: project, environmentKey: environment, featureFlagKey: flag } },
          body: { context: context as never, instructions: instructions as never, version: moment?.version ?? null, date: moment?.date ?? null },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const recentContextsQuery = (project: string, environment: string) =>
  queryOptions({
    queryKey: ['project', project, 'environment', environment, 'contexts', 'recent'],
    queryFn: ({ signal }) =>
      take(
        api.POST('/api/v2/projects/{projectKey}/environments/{environmentKey}/context-instances/search', {
          params: { path: { projectKey: project, environmentKey: environment }, query: { limit: MOST, sort: '-ts' } },
          body: {},
          signal,
        }),
      ),
  });
