declare namespace App {
  interface Locals {
    services: import('./server/services.ts').Services;
    language: import('../search/engine.ts').Language;
    t: import('./i18n/translate.ts').Translate;
    /** Names this request in the log and on the page that says something went wrong. */
    requestId: string;
  }
}
