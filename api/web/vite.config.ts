import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const from_here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      '~': from_here('./src'),
      '#generated': from_here('./generated'),
      // The design system computes with colours; ours are custom properties, so that one switch changes them.
      polished: from_here('./src/theme/colours_of_custom_properties.ts'),
    },
  },
  html: { cspNonce: '__NONCE__' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: 'manifest.json',
  },
  // For `npm run dev` beside a running server.
  server: { proxy: { '/api': { target: 'https://127.0.0.1:8443', secure: false } } },
});
