import { describe, expect, test } from 'vitest';
import { accountOf, accountOfActor, accountOfUser, sameAccount, type Account } from '../../cmd/github/account.ts';
import { isWebFlow, namesOf, userOf } from '../../cmd/github/people.ts';

const bot: Account = { login: 'github-actions[bot]', type: 'Bot' };
const ghost: Account = { login: 'ghost', type: 'Unknown' };

describe('one account', () => {
  test.each<[string, Account, Account, boolean]>([
    ['in another case', { login: 'Ada', type: 'User' }, { login: 'ada', type: 'User' }, true],
    ['of a bot without its ending', bot, { login: 'github-actions', type: 'Bot' }, true],
    ['of a bot as search writes it', bot, { login: 'app/GitHub-Actions', type: 'Bot' }, true],
    ['but not a user of the name of a bot', bot, { login: 'github-actions', type: 'User' }, false],
    ['but not an organization of the name of a user', { login: 'ada', type: 'User' }, { login: 'ada', type: 'Organization' }, false],
    ['but not another login', { login: 'ada', type: 'User' }, { login: 'ada-king', type: 'User' }, false],
  ])('%s', (_, a, b, same) => {
    expect([sameAccount(a, b), sameAccount(b, a)]).toEqual([same, same]);
  });
});

describe('an account', () => {
  test.each<[string, Account, Account]>([
    ['of a user', accountOf({ login: 'Ada', type: 'User' }), { login: 'Ada', type: 'User' }],
    ['of a bot', accountOf({ login: 'github-actions[bot]', type: 'Bot' }), bot],
    ['of an organization', accountOf({ login: 'acme', type: 'Organization' }), { login: 'acme', type: 'Organization' }],
    ['of a kind that is not known', accountOf({ login: 'x', type: 'Robot' }), { login: 'x', type: 'Unknown' }],
    ['that was deleted', accountOf(null), ghost],
    ['that was deleted, as the user ghost', accountOf({ login: 'ghost', type: 'User' }), ghost],
  ])('of REST %s', (_, account, wanted) => {
    expect(account).toEqual(wanted);
  });

  test.each<[string, Account, Account]>([
    ['of a user', accountOfActor({ __typename: 'User', login: 'Ada' }), { login: 'Ada', type: 'User' }],
    ['of a user with the name of a bot', accountOfActor({ __typename: 'User', login: 'x' }), { login: 'x', type: 'User' }],
    ['of a bot', accountOfActor({ __typename: 'Bot', login: 'github-actions' }), bot],
    ['of a bot that is named whole', accountOfActor({ __typename: 'Bot', login: 'github-actions[bot]' }), bot],
    ['of a mannequin', accountOfActor({ __typename: 'Mannequin', login: 'm' }), { login: 'm', type: 'Mannequin' }],
    ['of a kind that is not known', accountOfActor({ __typename: 'EnterpriseUserAccount', login: 'e' }), { login: 'e', type: 'Unknown' }],
    ['that was deleted', accountOfActor(null), ghost],
    ['of the viewer, a bot', accountOfUser('github-actions[bot]'), bot],
    ['of the viewer, a user', accountOfUser('github-actions'), { login: 'github-actions', type: 'User' }],
  ])('of GraphQL %s', (_, account, wanted) => {
    expect(account).toEqual(wanted);
  });
});

describe('who signed a commit', () => {
  const ada = { email: 'Ada@acme.com', user: { login: 'ada' } };
  const stranger = { email: 'Eve@Acme.com', user: null };

  test('is a login, else an address in lower case, each once', () => {
    const again = { email: 'other@acme.com', user: { login: 'Ada' } };
    expect(namesOf([ada, stranger, again, null, { email: null, user: null }, { email: '', user: null }])).toEqual(['ada', 'eve@acme.com']);
  });

  test('is a user where GitHub knows one', () => {
    expect(userOf(ada)).toEqual({ login: 'ada', type: 'User' });
    expect(userOf({ email: 'x', user: { login: 'dependabot[bot]' } })).toEqual({ login: 'dependabot[bot]', type: 'Bot' });
    expect([userOf(stranger), userOf(null)]).toEqual([undefined, undefined]);
  });

  test('is GitHub itself by its account, or by its address where it has none', () => {
    expect(isWebFlow({ email: 'noreply@github.com', user: { login: 'web-flow' } })).toBe(true);
    expect(isWebFlow({ email: 'noreply@github.com', user: null })).toBe(true);
    expect(isWebFlow({ email: 'noreply@github.com', user: { login: 'ada' } })).toBe(false);
    expect([isWebFlow(stranger), isWebFlow(null), isWebFlow({ email: null, user: null })]).toEqual([false, false, false]);
  });
});
