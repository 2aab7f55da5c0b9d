import '@fontsource-variable/geist/wght.css';
import '@fontsource-variable/geist-mono/wght.css';
import '@mantine/core/styles.layer.css';
import './theme/tokens.css';
import './theme/global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense, lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { queries } from './api/queries';
import { router } from './routes';
import { schemeCookie } from './theme/scheme';
import { cssVariables, theme } from './theme/theme';
import { AddressContext } from './ui/address';
import { afterPaint } from './ui/painted';

const Late = lazy(afterPaint(() => import('./late')));

const scheme = schemeCookie();
const root = document.getElementById('root');
if (root === null) throw new Error('the document has no root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={scheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <AddressContext value={router}>
          <RouterProvider router={router} />
          <Suspense fallback={null}>
            <Late />
          </Suspense>
        </AddressContext>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
