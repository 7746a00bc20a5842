import { EngineUnavailable, type SearchEngine } from './engine.ts';

/** After a failure the primary engine is left alone this long, so that visitors don't wait for its time-outs. */
const restMs = 5_000;

export interface SearchRouter extends SearchEngine {
  /** The engine that answers now. */
  current(): string;
  /** The engine that should answer. */
  readonly configured: string;
}

/**
 * Puts a primary engine before the embedded one: words go to the primary while it answers, and to the embedded engine
 * while it does not. Browsing without words always asks the embedded engine: there is nothing to rank, and it follows
 * the records in the same file.
 */
export function createRouter(
  embedded: SearchEngine,
  primary?: SearchEngine,
  now: () => number = Date.now,
): SearchRouter {
  let restUntil = 0;
  const preferred = () => (primary && now() >= restUntil ? primary : embedded);

  const ask = async <T>(question: (engine: SearchEngine) => Promise<T>): Promise<T> => {
    const engine = preferred();
    try {
      return await question(engine);
    } catch (error) {
      if (engine === embedded || !(error instanceof EngineUnavailable)) throw error;
      restUntil = now() + restMs;
      return question(embedded);
    }
  };

  return {
    name: 'router',
    configured: (primary ?? embedded).name,
    current: () => preferred().name,
    search: (query) => (query.q.trim() === '' ? embedded.search(query) : ask((engine) => engine.search(query))),
    suggest: (q, limit, language) => ask((engine) => engine.suggest(q, limit, language)),
    similar: (id, limit) => embedded.similar(id, limit),
    // Rarities are exact and cheap where the words are in memory.
    alike: (query) => embedded.alike(query),
    health: () => ask((engine) => engine.health()),
    async close() {
      await Promise.all([embedded.close(), primary?.close()]);
    },
  };
}
