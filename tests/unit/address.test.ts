import { expect, test } from 'vitest';
import { queryString, queryStringsBy } from '../../src/catalogue/address.ts';
import type { ListQuery } from '../../src/catalogue/list-query.ts';

const query = (more: Partial<ListQuery>): ListQuery => ({
  q: '',
  filters: {},
  sort: undefined,
  page: 3,
  perPage: 20,
  ...more,
});

test.each<[string, ListQuery]>([
  ['nothing else', query({})],
  ['words with signs', query({ q: 'sấy & "nghiền" 50% #1', sort: 'title' })],
  ['filters around it', query({ filters: { area: ['31', '01'], trl: ['8'], field: ['2'] }, sort: 'newest' })],
  ['a text as a value', query({ q: 'a', filters: { issuer: ['Sở KH&CN', 'Bộ = Cục'] } })],
])('a filter’s links lead to the address that the list has with those values: %s', (_, given) => {
  const hrefOf = queryStringsBy('field', given);
  for (const field of [[], ['2'], ['3', '211'], ['ô & =']]) {
    expect(hrefOf(field)).toBe(queryString({ ...given, filters: { ...given.filters, field }, page: 1 }));
  }
});
