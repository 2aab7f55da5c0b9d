// Opens pages with the official SDKs in Chromium; its requests are those of requests.mjs. Pages are served from an
// address of their own, so what the server allows to other origins matters; each has a profile that knows nothing yet.
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { answerRequests } from './requests.mjs';

const [, , executablePath] = process.argv;
const define = { 'process.env.NODE_ENV': '"production"' };
const bundles = new Map(); // by the SDK

async function bundle(which) {
  if (!bundles.has(which)) {
    const entry = fileURLToPath(new URL(`pages/${which}.mjs`, import.meta.url));
    const { outputFiles: [built] } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', define });
    bundles.set(which, built.text);
  }
}

const html = '<!doctype html><meta charset="utf-8"><title>shop</title><body><button id="buy">Buy</button><script src="page.js"></script>';
const server = createServer((request, response) => {
  const [, which, file] = request.url.split('/');
  const isScript = file === 'page.js';
  response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(isScript ? bundles.get(which) : html);
});
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'] });

function watchPosts(page) {
  const posts = [];
  page.on('response', (response) => {
    const request = response.request();
    if (request.method() === 'POST') posts.push({ path: new URL(request.url()).pathname, status: response.status(), body: request.postData() });
  });
  return posts;
}

async function open({ which, url, id, ...options }) {
  await bundle(which);
  const profile = await browser.newContext();
  const page = await profile.newPage();
  const posts = watchPosts(page);
  await page.goto(`http://127.0.0.1:${server.address().port}/${which}/cart`);
  const urls = { base: url, stream: url, events: url };
  await page.evaluate((all) => window.open_(all), { id, urls, ...options });
  const ask = (asked) => page.evaluate(({ what, ...rest }) => window.answers[what](rest), asked);
  const passed = ['ready', 'evaluate', 'all', 'identify', 'changes', 'track', 'flush', 'click'];
  return {
    ...Object.fromEntries(passed.map((what) => [what, (given) => ask({ what, ...given })])),
    posts: async () => posts,
    close: async () => { const closed = await ask({ what: 'close' }); await profile.close(); return closed; },
  };
}

await answerRequests(open);
await browser.close();
process.exit(0);
