/** The part of autocannon that the benchmark uses; the package brings no types. */
declare module 'autocannon' {
  interface Request {
    path: string;
  }
  interface Options {
    url: string;
    connections: number;
    duration: number;
    /** Requests a second over all connections; as many as possible when absent. */
    overallRate?: number;
    headers?: Record<string, string>;
    requests: { setupRequest: (request: Request) => Request }[];
  }
  interface Result {
    errors: number;
    non2xx: number;
    '2xx': number;
    duration: number;
  }
  interface Run extends PromiseLike<Result> {
    on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): this;
  }
  export default function autocannon(options: Options): Run;
}
