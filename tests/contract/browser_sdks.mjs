// Opens a page with an official SDK in Chromium and speaks JSON lines: one line in is one request, one line out its
// answer. The page is served from an address of its own, so what the server allows to other origins matters.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const [, , which, url, id, given] = process.argv;
const { chromium: executablePath, ...options } = JSON.parse(given);

const entry = fileURLToPath(new URL(`pages/${which}.mjs`, import.meta.url));
const define = { 'process.env.NODE_ENV': '"production"' };
const { outputFiles: [bundle] } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', define });
const html = '<!doctype html><meta charset="utf-8"><title>shop</title><body><button id="buy">Buy</button><script src="/page.js"></script>';
const server = createServer((request, response) => {
  const isScript = request.url === '/page.js';
  response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(isScript ? bundle.text : html);
});
await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server'] });
const page = await browser.newPage();
const posts = [];
page.on('response', (response) => {
  const request = response.request();
  if (request.method() === 'POST') posts.push({ path: new URL(request.url()).pathname, status: response.status(), body: request.postData() });
});
await page.goto(`http://127.0.0.1:${server.address().port}/cart`);
const urls = { base: url, stream: url, events: url };
await page.evaluate((all) => window.open_(all), { id, urls, ...options });

const ask = (asked) => page.evaluate(
  async ({ ask: what, ...rest }) => Promise.resolve(window.answers[what](rest)).catch((error) => ({ error: error.message })),
  asked,
);
async function end() {
  await browser.close();
  process.exit(0);
}
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = asked.ask === 'posts' ? posts : await ask(asked);
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
  if (asked.ask === 'close') await end();
}
await end(); // the test has gone
