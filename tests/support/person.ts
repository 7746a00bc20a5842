import { publicUrl, type TestServer } from './server.ts';

/** Somebody with a browser: keeps cookies, sends forms as the pages have them. */
export class Person {
  readonly #server: Pick<TestServer, 'get'>;
  cookie = '';

  constructor(server: Pick<TestServer, 'get'>) {
    this.#server = server;
  }

  #keep(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      const name = pair.slice(0, pair.indexOf('=') + 1);
      const others = this.cookie.split('; ').filter((one) => one !== '' && !one.startsWith(name));
      this.cookie = [...(pair === name ? [] : [pair]), ...others].join('; ');
    }
    return response;
  }

  async get(path: string): Promise<Response> {
    return this.#keep(await this.#server.get(path, { headers: { cookie: this.cookie } }));
  }

  async text(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  /** Sends a page's form with its hidden fields and these; `origin` is the page's site. */
  async send(
    path: string,
    action: string,
    fields: Record<string, string | string[]>,
    { origin = publicUrl } = {},
  ): Promise<Response> {
    const html = await this.text(path);
    const forms = [...html.matchAll(/<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
    const form = forms.find(([, target]) => target.includes(action));
    if (!form) throw new Error(`${path} has no form for ${action}`);
    const target = form[1].replaceAll('&amp;', '&');
    const hidden = [...form[2].matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name, value]): [string, string] => [name, value.replace(/&(?:amp|#38);/g, '&')],
    );
    return this.#keep(
      await this.#server.get(target.startsWith('?') ? path.split('?')[0] + target : target, {
        method: 'POST',
        headers: { cookie: this.cookie, origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams([
          ...hidden,
          ...Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
        ]).toString(),
      }),
    );
  }
}
