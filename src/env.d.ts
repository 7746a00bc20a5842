declare namespace App {
  interface Locals {
    services: import('./server/services.ts').Services;
    language: import('../search/engine.ts').Language;
    /** Who has signed in; whether they may see the page is the policy's business. */
    person: import('./accounts/sessions.ts').SignedIn | undefined;
    /** The page being made says that the asked one is not given. */
    isRefusal?: boolean;
    /** Where a form was sent to whose sender has to sign in first. */
    resume?: string;
    /** `Set-Cookie` headers of the answer. */
    setCookies: string[];
    t: import('./i18n/translate.ts').Translate;
    visit: import('./server/visit.ts').Visit;
    /** The pattern of the address that was asked for, for the log and /metrics. */
    route?: string;
    /** Why an action has failed: its page must not say that all is well. */
    failure?: unknown;
    /** Waits while the client has not taken what was sent: Astro itself sends without waiting. */
    drained?: () => Promise<void>;
    /** Names this request in the log and on the page that says something went wrong. */
    requestId: string;
  }
}
