import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Nothing is inlined (`assetsInlineLimit: 0`) and no polyfill script is injected: the policy of the server allows files only. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/console', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 650,
    // A handful of files instead of fifty: what nearly every page needs travels together.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Large, and for few pages alone.
            { name: 'yaml', test: /node_modules\/yaml\//, priority: 3 },
            { name: 'libraries', test: /node_modules/, priority: 2 },
            { name: 'parts', test: /console\/(api|look|parts|shell|words)\//, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:4400' },
  },
});
