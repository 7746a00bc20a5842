import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/server/log.ts';

test.each([
  ['an address with what it asks for', 'GET /a?token=x&q=l%C3%B2+say;b#c', 'GET /a?token=[hidden]&q=[hidden]'],
  ['a long value', `/a?b=${'x'.repeat(3000)} end`, '/a?b=[hidden] end'],
  ['an IPv4 address', 'from 203.0.113.7:443, 198.51.100.9.', 'from [IP]:443, [IP].'],
  [
    'an IPv6 address',
    'from [2001:db8::7]:443 or 2001:DB8:0:0:0:0:0:7 or 2001:db8:1:2:3:4:5:6:443',
    'from [[IP]]:443 or [IP] or [IP]',
  ],
  ['an IPv4 address as IPv6 writes it', 'from ::ffff:203.0.113.7', 'from [IP]:[IP]'],
  ['a mailbox', 'to kin.dao@example.vn and kin%40example.vn', 'to [e-mail] and [e-mail]'],
])('%s is not in the log', (_, line, left) => {
  expect(withoutSecrets(line)).toBe(left);
});

test.each([
  'connect ECONNREFUSED 127.0.0.1:7700',
  'connect ECONNREFUSED ::1:7700',
  'at read (file:///srv/xu-dong/app/db/face.ts:10:20)',
  '{"time":"2026-07-01T02:03:04.567Z","milliseconds":12,"requestId":"3f2b8a1c-0000-4abc-8def-0123456789ab"}',
  'Backed up 2026-07-01T02-00-00Z.tar.zst; is it enough? a = b',
])('%s stays', (line) => {
  expect(withoutSecrets(line)).toBe(line);
});
