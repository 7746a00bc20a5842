import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import type { SearchEngine } from '../../search/engine.ts';
import { loadSynonyms } from '../../search/synonyms.ts';
import { loadDocuments } from '../../src/catalogue/document.ts';
import type { KindCode } from '../../src/catalogue/kind.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { loadVocabulary, type Vocabulary } from '../../src/catalogue/vocabulary.ts';
import { goodCoverage, matchesFor, readParty } from '../../src/matching/match.ts';
import { draftParty, type Party } from '../../src/matching/party.ts';
import { catalogueFolder } from '../support/server.ts';

const folder = catalogueFolder();
const file = databaseFile(folder.dataDir);
const { db, sqlite } = openDatabase(file);
let search: SearchEngine;
let vocabulary: Vocabulary;
const sources = () => ({ db, search, vocabulary });

/** Saves a record and puts it into the index, as the indexer would. */
async function save(kind: KindCode, values: Record<string, unknown>, links: Record<string, number[]> = {}) {
  const parsed = parseRecord(kinds[kind], { summary: 'Bản ghi thử', demo: true, fields: ['205'], ...values });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const id = await db.transaction().execute((trx) => saveRecord(trx, kinds[kind], { ...parsed.input, links }));
  await index([id]);
  return id;
}
async function index(ids: number[]) {
  const { documents, deletedIds } = await loadDocuments(db, vocabulary, ids);
  await createEmbeddedIndex(sqlite).apply(documents, deletedIds);
}

const idsFor = async (subject: Party) => (await matchesFor(sources(), subject)).map(({ id }) => id);
const partyFor = async (id: number, whole = false) => {
  const party = await readParty(sources(), id, { whole });
  if (!party) throw new Error(`No record ${id}`);
  return party;
};

const area = '31-chi-linh';
const made: Record<'enterprise' | 'organisation' | 'expert' | 'offer' | 'weak' | 'need', number> = {} as never;

beforeAll(async () => {
  search = createEmbeddedEngine({ file, synonyms: loadSynonyms() });
  vocabulary = await loadVocabulary(db);
  made.enterprise = await save('enterprise', { title: 'Xưởng giấu tên Quắc Quắc', areas: [area] });
  made.organisation = await save('organisation', {
    title: 'Viện lò nung kymkym',
    services: ['Thiết kế lò nung kymkym'],
  });
  made.expert = await save('expert', {
    title: 'Chuyên gia thử',
    expertise: ['lò nung kymkym'],
    consentAt: '2026-01-01',
  });
  const offer = { title: 'Lò nung kymkym thu hồi nhiệt', summary: 'Lò nung gốm đốt gas.', areas: [area], trl: 8 };
  made.offer = await save('offer', offer, { supplier: [made.organisation] });
  made.weak = await save('offer', { ...offer, trl: 4 });
  made.need = await save(
    'need',
    {
      title: 'Lò nung kymkym tốn gas',
      problem: 'Lò nung gốm kymkym tốn gas, nung không đều.',
      areas: [area],
      minTrl: 7,
      anonymous: true,
    },
    { requester: [made.enterprise] },
  );
});

afterAll(async () => {
  await search.close();
  await db.destroy();
  folder.remove();
});

describe('three directions', () => {
  test('a need finds offers, organisations and experts, not what its hard conditions exclude', async () => {
    const matches = await matchesFor(sources(), await partyFor(made.need));
    const firstFive = matches.slice(0, 5).map(({ id }) => id);
    expect(firstFive).toEqual(expect.arrayContaining([made.offer, made.organisation, made.expert]));
    expect(matches.map(({ id }) => id)).not.toContain(made.weak);
    expect(new Set(matches.map(({ kind }) => kind)).has('need')).toBe(false);
    const [offer] = matches.filter(({ id }) => id === made.offer);
    expect(offer.coverage).toBeGreaterThan(goodCoverage);
    expect(offer.reasons).toContainEqual({ key: 'trlMet', trl: 8, minTrl: 7 });
    expect(offer.gaps).toEqual([{ key: 'priceUnknown' }]);
    expect(offer.document).toMatchObject({ title: 'Lò nung kymkym thu hồi nhiệt', card: { trl: 8 } });
  });

  test.each(['offer', 'organisation', 'expert'] as const)('an %s finds needs that it may answer', async (kind) => {
    const [first] = await matchesFor(sources(), await partyFor(made[kind]));
    expect(first).toMatchObject({ id: made.need, kind: 'need' });
  });

  test('an organisation is known by the names of its technologies too', async () => {
    const quiet = await save('organisation', { title: 'Viện ít lời', summary: 'Không kể gì', fields: ['505'] });
    expect(await idsFor(await partyFor(quiet))).not.toContain(made.need);
    await save('offer', { title: 'Buồng nung kymkym' }, { supplier: [quiet] });
    expect(await idsFor(await partyFor(quiet))).toContain(made.need);
  });

  test('an excluded type of partner is not proposed', async () => {
    const need = await partyFor(made.need);
    const found = await idsFor({ ...need, excludedPartners: ['organisation'] });
    expect(found).toContain(made.expert);
    expect(found).not.toContain(made.organisation);
    expect(found).not.toContain(made.offer);
  });

  test('the type is stored with the need', async () => {
    const id = await save('need', { title: 'Nung kymkym', excludedPartnerTypes: ['expert', 'startup'] });
    expect((await partyFor(id)).excludedPartners).toEqual(['expert', 'startup']);
    const contradictory = parseRecord(kinds.need, {
      title: 'x',
      summary: 'x',
      partnerTypes: 'expert',
      excludedPartnerTypes: 'expert',
    });
    expect(contradictory).toMatchObject({ ok: false, issues: [{ attribute: 'excludedPartnerTypes' }] });
    await db.transaction().execute((trx) => setStatus(trx, id, 'withdrawn'));
    await index([id]);
  });
});

describe('a need that is being typed', () => {
  test('finds at once what solves it, with or without marks', async () => {
    expect(await idsFor(draftParty({ title: 'lò nung kymkym' }))).toContain(made.offer);
    expect(await idsFor(draftParty({ problem: 'lo nung kymkym' }))).toContain(made.offer);
  });

  test('nothing for nothing, and nothing for what only chance has in common', async () => {
    expect(await idsFor(draftParty({}))).toEqual([]);
    expect(await idsFor(draftParty({ title: 'tôi muốn cái này' }))).toEqual([]);
    expect(await idsFor(draftParty({ title: '((( "" * -- \ud800' }))).toEqual([]);
  });
});

describe('nothing leaks', () => {
  test('an anonymous need shows neither its requester nor its place to those whom it matches', async () => {
    const matches = await matchesFor(sources(), await partyFor(made.offer));
    const found = JSON.stringify(matches.find(({ id }) => id === made.need));
    expect(found).not.toMatch(/Quắc|chi-linh|Chí Linh/);
  });

  test('the public matches of an anonymous need do not tell its place either; its owner sees it', async () => {
    const areasOf = async (party: Party) =>
      (await matchesFor(sources(), party)).flatMap(({ reasons }) =>
        reasons.flatMap((reason) => (reason.key === 'sameArea' ? reason.areas : [])),
      );
    expect(await areasOf(await partyFor(made.need))).not.toContain(area);
    expect(await areasOf(await partyFor(made.need, true))).toContain(area);
  });

  test('a record that is withdrawn is gone before the index has noticed', async () => {
    await db.transaction().execute((trx) => setStatus(trx, made.weak, 'withdrawn'));
    expect(await idsFor(draftParty({ title: 'lò nung kymkym' }))).not.toContain(made.weak);
  });

  test('one’s own technology is no answer to one’s own need', async () => {
    const own = await save('offer', { title: 'Lò nung kymkym tốn gas' }, { supplier: [made.enterprise] });
    expect(await idsFor(await partyFor(made.need, true))).not.toContain(own);
  });
});
