// Runs oidc-provider, a certified provider of OpenID Connect, and speaks JSON lines like the programs of SDKs.
// Whoever is sent to it signs in at once: as the person in ?as= of its page, or, without one, not at all.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

for (const level of ['info', 'warn']) console[level] = () => {}; // standard output is for answers
const [, , redirectUri, ...people] = process.argv;
const accounts = new Map(people.map((person) => JSON.parse(person)).map((claims) => [claims.sub, claims]));
const server = createServer();
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: 'flagstaff', client_secret: 'provider-secret', redirect_uris: [redirectUri] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'], groups: ['groups'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (context, interaction) => `/page/${interaction.uid}` },
  pkce: { required: () => true },
  findAccount: (context, id) => ({ accountId: id, claims: () => accounts.get(id) }),
  cookies: { keys: ['only for tests'] },
});

async function grant({ params, session }) {
  const given = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  given.addOIDCScope(params.scope);
  return { consent: { grantId: await given.save() } };
}

async function decide(request, response) {
  const interaction = await provider.interactionDetails(request, response);
  const person = new URL(request.url, issuer).searchParams.get('as');
  if (interaction.prompt.name === 'consent') return grant(interaction);
  return person ? { login: { accountId: person } } : { error: 'access_denied', error_description: 'Nobody signs in' };
}

const answer = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/page/')) { answer(request, response); return; }
  await provider.interactionFinished(request, response, await decide(request, response));
});
const answers = { issuer: () => issuer, close: () => { server.close(); server.closeAllConnections(); return true; } };
for await (const line of createInterface({ input: process.stdin })) {
  const { ask } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[ask]())}\n`);
  if (ask === 'close') break;
}
