import type { KindDeclaration } from '../catalogue/kind.ts';
import type { MessageKey } from '../i18n/translate.ts';
import { schemaOf, type TypedForm } from './form.ts';

/** A page of somebody else's where a reviewer can check what was typed. */
export interface LookUp {
  /** Names the place. */
  label: MessageKey;
  /** What to look for there. */
  value: string;
  url: string;
}

interface Place {
  label: MessageKey;
  /** The search page; one that takes the value in its address is given it. */
  url: string | ((value: string) => string);
}

const enterprises: Place = { label: 'lookUp.enterprises', url: 'https://dangkykinhdoanh.gov.vn/' };
const taxpayers: Place = { label: 'lookUp.taxpayers', url: 'https://tracuunnt.gdt.gov.vn/tcnnt/mstdn.jsp' };
const industrialProperty = 'https://wipopublish.ipvietnam.gov.vn/wopublish-search/public/';
const marks: Place = { label: 'lookUp.marks', url: `${industrialProperty}trademarks` };
const patents: Place = { label: 'lookUp.patents', url: `${industrialProperty}patents` };

/** Where each attribute can be looked up; `kind.attribute` where kinds mean different things by one name. */
const places: Record<string, Place[]> = {
  taxCode: [enterprises, taxpayers],
  'trademark.registrationNumber': [marks],
  ipNumber: [patents],
  ip: [patents],
  orcid: [{ label: 'lookUp.orcid', url: (value) => `https://orcid.org/${encodeURIComponent(value)}` }],
  accreditations: [{ label: 'lookUp.accreditations', url: 'https://www.boa.gov.vn/' }],
  taskCode: [{ label: 'lookUp.tasks', url: 'https://sti.vista.gov.vn/' }],
  website: [{ label: 'lookUp.website', url: (value) => value }],
};

/** Where a reviewer can look up what a form says; what is wrong by its own rules (an address, a number) has no link. */
export const lookUpsOf = (kind: KindDeclaration, form: TypedForm): LookUp[] =>
  [...Object.keys(kind.attributes.shape), 'website'].flatMap((name) => {
    const typed = [form[name] ?? ''].flat().join(', ').trim();
    // The rules let only http(s) addresses through: no `javascript:` becomes a link.
    if (!typed || !schemaOf(kind, name).safeParse(form[name]).success) return [];
    const value = typed.split('\n')[0].slice(0, 300);
    return (places[`${kind.code}.${name}`] ?? places[name] ?? []).map(({ label, url }) => ({
      label,
      value,
      url: typeof url === 'string' ? url : url(value),
    }));
  });
