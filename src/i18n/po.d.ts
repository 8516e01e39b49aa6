/** Catalogues, compiled by the Lingui plugin while building. */
declare module '*.po' {
  export const messages: import('@lingui/core').Messages
}
