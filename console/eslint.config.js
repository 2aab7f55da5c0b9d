import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Each layer may import those after it, never those before it.
const LAYERS = ['pages', 'forms', 'components', 'api', 'ui', 'format'];

// Its changes build upon what was drawn, so that of two in one moment the first is lost.
const ADDRESS = {
  name: 'react-router',
  importNames: ['useSearchParams'],
  message: 'useAddress of ui/address changes the newest address',
};

// Its callbacks are lost once what asked is drawn no more.
const WRITING = {
  name: '@tanstack/react-query',
  importNames: ['useMutation'],
  message: 'useWrite of ui/writing tells how it went wherever the reader is by then',
};

const layered = LAYERS.map((layer, place) => ({
  files: [`src/${layer}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: layer === 'ui' ? [] : [ADDRESS, WRITING],
        patterns: [
          ...LAYERS.slice(0, place).map((above) => ({
            group: [`**/${above}/**`],
            message: `${layer} stands below ${above}`,
          })),
          { group: ['**/routes', '**/main'], message: 'nothing imports the top' },
        ],
      },
    ],
  },
}));

export default defineConfig([
  globalIgnores(['node_modules', 'src/api/schema.d.ts', 'eslint.config.js']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat.recommended,
  jsxA11y.flatConfigs.recommended,
  { languageOptions: { parserOptions: { projectService: true } } },
  {
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      'react-hooks/incompatible-library': 'off', // TanStack's hooks are not memoised by a compiler we do not use
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'import from the file that has it' },
      ],
    },
  },
  ...layered,
]);
