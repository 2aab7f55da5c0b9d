// The tree of addresses. A page is a default export of its own file, loaded when it is first opened.
import { createBrowserRouter, type LoaderFunction, type RouteObject } from 'react-router';
import { askAhead } from './api/ahead';
import { environmentsQuery, projectQuery } from './api/places';
import { queries } from './api/queries';
import AccountLayout from './pages/AccountLayout';
import DefectPage from './pages/DefectPage';
import HomePage from './pages/HomePage';
import NotFoundPage from './pages/NotFoundPage';
import PlaceLayout from './pages/PlaceLayout';
import SessionLayout from './pages/SessionLayout';
import { keyOf } from './paths';

/** A page, and what it asks for ahead of its first drawing. */
type PageModule = Promise<{ default: React.ComponentType; loader?: LoaderFunction }>;

const once = { shouldRevalidate: () => false }; // what an open page needs it asks for itself

const page = (path: string, load: () => PageModule, children?: RouteObject[]): RouteObject => ({
  path,
  lazy: async () => {
    const { default: Component, loader } = await load();
    return { Component, ...(loader && { loader, ...once }) };
  },
  ...(children && { children }),
});

const askForPlace: LoaderFunction = ({ params }) => {
  const project = keyOf(params.project ?? '');
  return askAhead(
    () => queries.query(projectQuery(project)),
    () => queries.query(environmentsQuery(project)),
  );
};

const placed = { element: <PlaceLayout />, loader: askForPlace, ...once };

/** The tabs of a flag; each also has a line in components/flags/tabs.ts. */
const flagTabs = [
  page('', () => import('./pages/FlagPage')),
  page('variations', () => import('./pages/FlagVariationsPage')),
  page('environments', () => import('./pages/FlagEnvironmentsPage')),
  page('settings', () => import('./pages/FlagSettingsPage')),
  page('try', () => import('./pages/FlagTryPage')),
  page('evaluations', () => import('./pages/FlagEvaluationsPage')),
  page('history', () => import('./pages/FlagHistoryPage')),
];

/** The page asks at the first; from signing in one comes to the others, where the server would send one on. */
const CONSENT = ['/oauth/consent', '/oauth/authorize', '/trust/oauth/authorize'];

export const routes: RouteObject[] = [
  {
    errorElement: <DefectPage />,
    children: [
      page('/login', () => import('./pages/LoginPage')),
      page('/invite/:token', () => import('./pages/InvitePage')),
      page('/reset/:token?', () => import('./pages/ResetPage')),
      {
        element: <SessionLayout />,
        children: [
          { path: '/', element: <HomePage /> },
          ...CONSENT.map((path) => page(path, () => import('./pages/ConsentPage'))),
          {
            path: '/account',
            element: <AccountLayout />,
            children: [
              page('members', () => import('./pages/MembersPage')),
              page('oauth', () => import('./pages/OAuthPage')),
              page('profile', () => import('./pages/ProfilePage')),
              page('relay', () => import('./pages/RelayPage')),
              page('roles', () => import('./pages/RolesPage')),
              page('roles/:role', () => import('./pages/RolePage')),
              page('shortcuts', () => import('./pages/ShortcutsPage')),
              page('teams', () => import('./pages/TeamsPage')),
              page('teams/:team', () => import('./pages/TeamLayout'), [
                page('', () => import('./pages/TeamMembersPage')),
                page('access', () => import('./pages/TeamAccessPage')),
              ]),
              page('tokens', () => import('./pages/TokensPage')),
              page('webhooks', () => import('./pages/WebhooksPage')),
              page('webhooks/:webhook', () => import('./pages/WebhookLayout'), [
                page('', () => import('./pages/DeliveriesPage')),
                page('settings', () => import('./pages/WebhookSettingsPage')),
              ]),
              page('projects', () => import('./pages/ProjectsPage')),
              { path: '*', element: <NotFoundPage /> },
            ],
          },
          {
            path: '/:project',
            ...placed,
            children: [
              page('environments', () => import('./pages/EnvironmentsPage')),
              page('environments/:one', () => import('./pages/EnvironmentPage')),
              page('audit/:entry?', () => import('./pages/AuditPage')),
              page('settings', () => import('./pages/ProjectSettingsPage')),
              page('metrics/:metric', () => import('./pages/SiteLink')),
            ],
          },
          {
            path: '/:project/:environment',
            ...placed,
            children: [
              page('flags', () => import('./pages/FlagsPage'), [page('new', () => import('./pages/NewFlagPage'))]),
              page('features/:feature/*', () => import('./pages/SiteLink')),
              page('users/:user', () => import('./pages/SiteLink')),
              page('context-instances/:instance', () => import('./pages/SiteLink')),
              page('live', () => import('./pages/LivePage')),
              page('connections', () => import('./pages/ConnectionsPage')),
              page('flags/:flag', () => import('./pages/FlagLayout'), flagTabs),
              page('contexts', () => import('./pages/ContextsPage')),
              page('contexts/:kind/:key', () => import('./pages/ContextPage')),
              page('segments', () => import('./pages/SegmentsPage')),
              page('segments/:segment', () => import('./pages/SegmentPage')),
              { path: '*', element: <NotFoundPage /> },
            ],
          },
          {
            element: <AccountLayout />,
            children: [
              page('/welcome', () => import('./pages/WelcomePage')),
              { path: '*', element: <NotFoundPage /> },
            ],
          },
        ],
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
