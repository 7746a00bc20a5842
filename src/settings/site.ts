import * as z from 'zod';
import type { Db, Trx } from '../../db/client.ts';
import region from '../../db/seed/region/region.json' with { type: 'json' };
import { email } from '../accounts/fields.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import type { Outcome } from '../lib/form.ts';
import { audit } from '../moderation/audit.ts';
import { line, lines } from './texts.ts';

type InBoth<T> = { vi: T; en: T };

/** The region that the site serves: data, so that another province changes no code. */
export interface Region {
  siteName: InBoth<string>;
  tagline: InBoth<string>;
  department: InBoth<string>;
  /** Whom the Department reports to. */
  reportsTo: InBoth<string>;
  contactEmail: string;
  /** Empty when there is none to show. */
  contactPhone: string;
  contactAddress: InBoth<string>;
  /** Searches to try, shown under the home page's search box. */
  examples: InBoth<string[]>;
  /** Code of the area whose places come first in filters. */
  area: string;
  /** Under which anybody may use the open data. */
  licence: { name: InBoth<string>; url: string };
}

const settingLine = (min: number, max: number) => line('settings.line', min, max);

const examples = lines('settings.examples.wrong').pipe(
  z.array(z.string().max(60, 'settings.examples.wrong')).max(8, 'settings.examples.wrong'),
);

/** What an administrator may change; each is stored by its name. The area stays with the installation's data. */
export const settingsForm = z.object({
  siteNameVi: settingLine(2, 80),
  siteNameEn: settingLine(2, 80),
  taglineVi: settingLine(2, 160),
  taglineEn: settingLine(2, 160),
  departmentVi: settingLine(2, 120),
  departmentEn: settingLine(2, 120),
  contactEmail: email,
  contactPhone: z
    .string('settings.phone')
    .trim()
    .regex(/^$|^\+?[\d .()-]{6,30}$/, 'settings.phone'),
  contactAddressVi: settingLine(0, 200),
  contactAddressEn: settingLine(0, 200),
  examplesVi: examples,
  examplesEn: examples,
});

export type SiteSettings = z.infer<typeof settingsForm>;
export type SettingName = keyof SiteSettings;
export const settingNames = Object.keys(settingsForm.shape) as SettingName[];

/** What a new installation begins with. */
const initial: Region = { contactPhone: '', contactAddress: { vi: '', en: '' }, ...region };

/** A region as one value a setting, and back. */
const flat = (from: Region): SiteSettings => ({
  siteNameVi: from.siteName.vi,
  siteNameEn: from.siteName.en,
  taglineVi: from.tagline.vi,
  taglineEn: from.tagline.en,
  departmentVi: from.department.vi,
  departmentEn: from.department.en,
  contactEmail: from.contactEmail,
  contactPhone: from.contactPhone,
  contactAddressVi: from.contactAddress.vi,
  contactAddressEn: from.contactAddress.en,
  examplesVi: from.examples.vi,
  examplesEn: from.examples.en,
});

/** What the Department has set, over what the installation's data says. */
export async function readRegion(db: Db | Trx): Promise<Region> {
  const rows = await db.selectFrom('site_setting').select(['name', 'value']).execute();
  const set = Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value)]));
  const all = { ...flat(initial), ...set } as SiteSettings;
  const both = <T>(name: 'siteName' | 'tagline' | 'department' | 'contactAddress' | 'examples') =>
    ({ vi: all[`${name}Vi`], en: all[`${name}En`] }) as InBoth<T>;
  return {
    siteName: both('siteName'),
    tagline: both('tagline'),
    department: both('department'),
    reportsTo: initial.reportsTo,
    contactEmail: all.contactEmail,
    contactPhone: all.contactPhone,
    contactAddress: both('contactAddress'),
    examples: both('examples'),
    area: initial.area,
    licence: initial.licence,
  };
}

/** The settings as their form shows them; lists one a line. */
export const settingsAsTyped = (current: Region): Record<string, string> =>
  Object.fromEntries(Object.entries(flat(current)).map(([name, value]) => [name, [value].flat().join('\n')]));

/** Stores what has changed, and notes it before and after. Every process follows at its next look. */
export const saveSettings = (
  db: Db,
  person: SignedIn,
  input: SiteSettings,
  now = new Date(),
): Promise<Outcome<{ changed: number }>> =>
  db.transaction().execute(async (trx): Promise<Outcome<{ changed: number }>> => {
    const before = flat(await readRegion(trx));
    const text = (value: string | string[]) => [value].flat().join(', ');
    const changed = settingNames.filter((name) => text(before[name]) !== text(input[name]));
    if (changed.length === 0) return { ok: true, changed: 0 };
    const updatedAt = now.toISOString();
    await trx
      .insertInto('site_setting')
      .values(changed.map((name) => ({ name, value: JSON.stringify(input[name]), updatedAt })))
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value'), updatedAt })),
      )
      .execute();
    await audit(trx, person, {
      action: 'settings',
      recordId: null,
      detail: {
        settings: Object.fromEntries(changed.map((name) => [name, [text(before[name]), text(input[name])]])),
      },
    });
    return { ok: true, changed: changed.length };
  });
