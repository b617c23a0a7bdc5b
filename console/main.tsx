import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './look/fonts.ts';
import './look/mantine-parts.ts';
import './look/tokens.css';
import './look/mantine.css';
import './look/base.css';
import './look/print.css';
import { theme } from './look/theme.ts';
import { createQueryClient } from './shell/query-client.ts';
import { createConsoleRouter } from './shell/router.tsx';
import { SaidProvider } from './shell/Said.tsx';
import { startWords } from './words/i18n.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
await startWords();
const client = createQueryClient();
const router = createConsoleRouter(client);

// No style tags at run time: the page's policy allows style sheets from files only.
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <SaidProvider>
          <RouterProvider router={router} />
        </SaidProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
