import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const BUILT = '../src/flagstaff/http/console_files';
const WORTH_PACKING = /\.(js|css|svg|html)$/;

/** Packs what is worth it beside the plain files, so that the server does not have to. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(BUILT, { recursive: true, encoding: 'utf8' })) {
        if (!WORTH_PACKING.test(name)) continue;
        writeFileSync(join(BUILT, `${name}.gz`), gzipSync(readFileSync(join(BUILT, name)), { level: 9 }));
      }
    },
  };
}

/** What every page needs of others' work, in one file: cut up by who imports what, it is packed less well. */
const FRAME = /node_modules[\\/](react|react-dom|scheduler|react-router|openapi-fetch|@floating-ui|tabbable|clsx|@tanstack[\\/](query-core|react-query)|@mantine[\\/]core[\\/]esm[\\/]core)[\\/]/;

/** Each with all that it needs itself. Cut up by who imports what there would be sixty, of which browsers ask for six at a time. */
const GROUPS = [
  { name: 'frame', test: FRAME },
  /** What else every page needs. */
  { name: 'shell', test: /src[\\/]main\.tsx$/ },
  /** Lists of any length, the filter above them, and what stands in their lines. */
  { name: 'table', test: /src[\\/](ui[\\/](DataTable|PagedTable|UnreadButton|RelativeTime|Initials|pages|tabs\.module)|format[\\/](time|number|traffic)|components[\\/](FilterBar|NameCell|flags[\\/](FlagToggle|VariationMark|statuses)))\./ },
];

const server = process.env.FLAGSTAFF_BASE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), packed()],
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: { proxy: Object.fromEntries(['/api', '/auth', '/healthz', '/readyz'].map((path) => [path, server])) },
});
