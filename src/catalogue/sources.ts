import type { Db } from '../../db/client.ts';
import type { SearchEngine } from '../../search/engine.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What lists and pages of the catalogue are made from. */
export interface Sources {
  db: Db;
  search: SearchEngine;
  vocabulary: Vocabulary;
  /** Its area's places come first in filters. */
  region: { area: string };
  config: { publicUrl: string };
}
