import { expect, test } from 'vitest';
import { baseUrlProblem, rootOf, tenantProblem } from '../../src/scim/origin.ts';
import { openReader } from '../../src/scim/directory.ts';
import { fastClock } from './harness.ts';

test.each([
  'https://www.figma.com/scim/v2',
  'https://figma-gov.com/scim/v2/',
  'http://127.0.0.1:8080/scim/v2',
  'http://127.9.8.7',
  'http://localhost:1',
  'http://[::1]:8080/scim/v2',
])('%s is a base URL', (url) => {
  expect(baseUrlProblem(url)).toBeUndefined();
});

test.each([
  ['', /not a URL/],
  ['www.figma.com', /not a URL/],
  ['ftp://127.0.0.1', /https/],
  ['file:///etc/passwd', /https/],
  ['http://www.figma.com/scim/v2', /https/],
  ['http://127.0.0.1.evil.example', /https/],
  ['http://localhost.evil.example', /https/],
  ['http://10.0.0.1', /https/],
  ['http://0.0.0.0', /https/],
  ['https://user:secret@www.figma.com', /password/],
  ['https://www.figma.com/?a=secret', /query/],
  ['https://www.figma.com/#secret', /fragment/],
])('%s is none, and the reason repeats no secret', (url, reason) => {
  expect(baseUrlProblem(url)).toMatch(reason);
  expect(baseUrlProblem(url)).not.toContain('secret');
});

test('a tenant is one segment of the path', () => {
  expect(rootOf('https://www.figma.com/scim/v2/', 'a/b?c')).toEqual({ origin: 'https://www.figma.com', path: '/scim/v2/a%2Fb%3Fc' });
  expect(['', '.', '..', '\uD800'].map((tenant) => tenantProblem(tenant) === undefined)).toEqual([false, false, false, false]);
  expect(tenantProblem('964615200748176016')).toBeUndefined();
});

test('no connection is opened to where the token would travel in the clear', () => {
  const options = { tenantId: '1', token: 't', userAgent: 'x', clock: fastClock(), random: () => 0 };
  expect(() => openReader({ ...options, baseUrl: 'http://www.figma.com/scim/v2' })).toThrow(/https/);
  expect(() => openReader({ ...options, baseUrl: 'https://www.figma.com/scim/v2', tenantId: '..' })).toThrow(/tenant/);
});

test.each(['', 'a b', 'secret\n', 'secr\u00E9t', 'secret\u0000'])('%j is no token, and nothing is sent with it', async (token) => {
  const reader = openReader({ baseUrl: 'http://127.0.0.1:1', tenantId: '1', token, userAgent: 'x', clock: fastClock(), random: () => 0 });
  const result = await reader.read();
  expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'E101', message: expect.not.stringContaining('secr') }] });
  await reader.close();
  await reader.close();
});
