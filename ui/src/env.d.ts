/// <reference types="svelte" />
/// <reference types="vite/client" />

interface Window {
  /** Put there by Tauri's own window; absent in a browser. */
  __TAURI_INTERNALS__?: unknown;
}
