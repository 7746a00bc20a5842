import { readRegion, settingsAsTyped } from '../../../src/settings/site.ts';
import { type Case, noLink, type World } from './world.ts';

const area = {
  was: '',
  code: '31-thu',
  parent: '31',
  type: 'ward',
  vi: 'Phường Thử',
  en: 'Thu ward',
  officialName: 'Phường Thử',
  validFrom: '',
  source: '',
};
const formerName = { area: area.code, name: 'Xã Thử cũ' };

/** Names of fields and areas, synonyms, the site's own words. */
export const naming = (world: World): Case[] => [
  {
    action: 'saveField',
    who: 'reviewer',
    fields: () => ({ was: '', code: '21198', vi: 'Kỹ thuật thử', en: 'Trial engineering' }),
  },
  { action: 'changeField', who: 'reviewer', fields: () => ({ code: '21198', change: 'retire' }) },
  { action: 'saveArea', who: 'reviewer', fields: () => area },
  { action: 'addFormerName', who: 'reviewer', fields: () => ({ ...formerName, until: '2025-07-01', source: '' }) },
  { action: 'removeFormerName', who: 'reviewer', fields: () => formerName },
  {
    action: 'mergeArea',
    who: 'reviewer',
    fields: () => ({ area: area.code, into: '31-hai-duong', on: '2026-11-01', source: '', sure: 'on' }),
  },
  { action: 'saveSynonyms', who: 'reviewer', fields: () => ({ id: '', members: 'lò thử\nmáy thử', do: 'save' }) },
  { action: 'removeSynonyms', who: 'reviewer', fields: async () => ({ id: await world.last('synonym_group') }) },
  {
    action: 'saveSettings',
    who: 'chief',
    fields: async () => ({ ...settingsAsTyped(await readRegion(world.db)), siteNameVi: 'Sàn bị đổi tên' }),
  },
];

const enteredIndicator = async ({ db }: World) =>
  (await db.selectFrom('indicator').select('code').where('measure', 'is', null).executeTakeFirstOrThrow()).code;

/** Figures that are entered, and reports that are kept. */
export const counting = (world: World): Case[] => [
  {
    action: 'enterIndicator',
    who: 'reviewer',
    fields: async () => ({
      indicator: await enteredIndicator(world),
      period: '2025',
      value: '12,5',
      source: 'Báo cáo thử của phòng quản lý',
    }),
  },
  { action: 'freezeReport', who: 'reviewer', fields: () => ({ period: '2025' }) },
];

const table = 'Mã hồ sơ;Tên công nghệ;Tóm tắt;TRL;Lĩnh vực;Địa bàn\nTHU-1;Máy thử số 1;Tóm tắt thử;8;211;Xã Thanh Hà';
const columns = ['externalId', 'title', 'summary', 'trl', 'fields', 'areas'];
const job = async (world: World) => ({ job: await world.last('import_job') });

/** A file from the upload to the undoing. */
export const importing = (world: World): Case[] => [
  {
    action: 'uploadImport',
    who: 'reviewer',
    fields: () => ({ kind: 'offer', file: new File([table], 'bang.csv') }),
  },
  {
    action: 'checkImport',
    who: 'reviewer',
    fields: async () => ({
      ...(await job(world)),
      columns: '1',
      ...Object.fromEntries(columns.map((attribute, index) => [`column.${index}`, attribute])),
    }),
  },
  {
    action: 'startImport',
    who: 'reviewer',
    fields: async () => ({ ...(await job(world)), mode: 'publish' }),
  },
  { action: 'undoImport', who: 'reviewer', fields: () => job(world) },
];

const source = async (world: World) => ({ id: await world.last('harvest_source') });

/** Another portal that is read. */
export const harvesting = (world: World): Case[] => [
  {
    action: 'saveSource',
    who: 'reviewer',
    // A port at which nobody listens.
    fields: () => ({
      id: '',
      name: 'Nguồn thử',
      url: 'http://127.0.0.1:9/bang.csv',
      format: 'csv',
      everyHours: 24,
      'kind.offer': 'on',
    }),
  },
  { action: 'runSource', who: 'reviewer', fields: () => source(world) },
  { action: 'pauseSource', who: 'reviewer', fields: () => source(world) },
  {
    action: 'decideGone',
    who: 'reviewer',
    fields: async () => {
      const { id: sourceId } = await source(world);
      const { id: recordId } = await world.published('expert');
      await world.db
        .insertInto('harvested_record')
        .values({
          sourceId,
          remoteId: 'THU-GONE',
          recordId,
          kind: 'expert',
          url: null,
          originCatalogue: null,
          originId: 'THU-GONE',
          harvestedAt: '2026-01-01',
          latestForm: null,
          baseForm: null,
          proposedForm: null,
          revisionId: null,
          state: 'gone',
        })
        .execute();
      return { source: sourceId, remoteId: 'THU-GONE', decision: 'withdraw' };
    },
  },
  { action: 'removeSource', who: 'reviewer', fields: () => source(world) },
];

/** A request of somebody about the data on them, filed by them and not yet decided. */
async function requestOf(world: World, who: 'owner' | 'partner' | 'leaver', kind: 'correction' | 'deletion') {
  await world.post(who, 'askForOwnData', { kind, message: 'Tên tôi viết sai ở trang giới thiệu.' });
  return world.last('personal_data_request');
}

/** What the site holds about people: asked for, and given out, corrected, refused or deleted by the Department. */
export const answeringForData = (world: World): Case[] => [
  {
    action: 'askForData',
    who: 'nobody',
    fields: () => ({ kind: 'export', name: 'Người Hỏi', email: 'hoi@example.vn', message: '' }),
    foreign: 'own',
  },
  {
    action: 'confirmDataRequest',
    who: 'nobody',
    fields: async () => ({ token: await world.tokenFor('hoi') }),
    foreign: () => ({ token: noLink }),
  },
  {
    action: 'sendDataExport',
    who: 'reviewer',
    fields: async () => ({ request: await world.last('personal_data_request'), identity: 'on' }),
  },
  { action: 'askForOwnData', who: 'owner', fields: () => ({ kind: 'export', message: '' }), foreign: 'own' },
  {
    action: 'markDataCorrected',
    who: 'reviewer',
    fields: async () => ({ request: await requestOf(world, 'owner', 'correction'), note: 'Đã sửa tên.' }),
  },
  {
    action: 'refuseDataRequest',
    who: 'reviewer',
    fields: async () => ({ request: await requestOf(world, 'partner', 'deletion'), reason: 'Không xác minh được.' }),
  },
  {
    action: 'erasePerson',
    who: 'reviewer',
    fields: async () => ({
      request: await requestOf(world, 'leaver', 'deletion'),
      identity: 'on',
      pages: '',
      sure: 'on',
    }),
  },
];
