import { defaultLimits, type LimitName } from '../../src/model/policy.ts';
import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };

/** What the reference reads of a JSON schema. */
interface Shape {
  readonly $ref?: string;
  readonly allOf?: readonly Shape[];
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

const definitions: Readonly<Record<string, Shape>> = schema.definitions;

/** `docs/configuration.md`: the reference of the configuration files, made from their JSON schema. */
export function configurationPage(): string {
  const { organization = {}, user = {}, group = {}, grant = {}, where = {} } = definitions;
  const { budget = {}, default: fallback = {} } = definitions;
  const parts = [
    introduction,
    section('A file', schema, ''),
    rules,
    section('users', user, 'users:'),
    activeRules,
    previouslyRules,
    loginRules,
    addressRules,
    section('groups', group, 'groups:'),
    membershipRules,
    section('grants', grant, 'grants:'),
    grantRules,
    section('organization', organization, 'organization:'),
    ignoreRules,
    limitRules(),
    seatRules,
    separationRules,
    section('organization.budgets', budget, 'organization:\n  budgets:'),
    section('organization.defaults', fallback, 'organization:\n  defaults:'),
    defaultRules,
    section('where and membersWhere', where, ''),
    whereRules,
    yamlRules,
  ];
  return `${parts.join('\n\n').trimEnd()}\n`;
}

function section(title: string, shape: Shape, heading: string): string {
  const name = title === 'A file' || title.includes(' and ') ? title.replaceAll(/where|membersWhere/g, '`$&`') : `\`${title}\``;
  const table = ['| key | value | meaning |', '|---|---|---|', ...rowsOf(shape, '')].join('\n');
  const code = shape === definitions['where'] ? '' : `\n\n\`\`\`yaml\n${exampleCode(shape, heading)}\`\`\``;
  return `## ${name}\n\n${shape.description ?? ''}\n\n${table}${code}`;
}

function exampleCode(shape: Shape, heading: string): string {
  const [first = {}] = shape.examples ?? [];
  if (heading === '') return yaml(first, '');
  if (heading === 'organization:') return `${heading}\n${yaml(first, '  ')}`;
  const indent = ' '.repeat(heading.lastIndexOf('\n') === -1 ? 2 : 4);
  const entries = heading === 'users:' ? [first] : (shape.examples ?? []);
  return `${heading}\n${entries.map((entry) => `${indent}- ${yaml(entry, `${indent}  `).trimStart()}`).join('')}`;
}

/** A row for each key, and for each key of what is nested in it; what has a chapter of its own is not repeated. */
function rowsOf(shape: Shape, prefix: string): readonly string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, written]) => {
    const value = resolved(written);
    const required = shape.required?.includes(key) ? ' **Required.**' : '';
    const usual = value.default === undefined || key === 'version' ? '' : ` Default: \`${inline(value.default)}\`.`;
    const shown = usual === '' ? exampleOf(value) : '';
    const row = `| \`${prefix}${key}\` | ${kindOf(value)} | ${value.description ?? ''}${required}${usual}${shown} |`;
    const isElsewhere = shape === schema || key === 'where' || key === 'membersWhere';
    return [row].concat(isElsewhere ? [] : rowsOf(value, `${prefix}${key}.`));
  });
}

/** A shape with what it refers to; its own words come first. */
function resolved(shape: Shape): Shape {
  const name = (shape.$ref ?? shape.allOf?.[0]?.$ref)?.split('/').at(-1) ?? '';
  return { ...definitions[name], ...shape };
}

function kindOf(shape: Shape): string {
  if (shape.const !== undefined) return `\`${JSON.stringify(shape.const)}\``;
  if (shape.enum) return shape.enum.map((value, index) => `\`${value}\` (${shape.enumDescriptions?.[index] ?? ''})`).join(', ');
  if (Array.isArray(shape.type)) return shape.type.includes('array') ? 'text or list of texts' : 'whole number or percentage';
  if (shape.type === 'array')
    return `list of ${itemsOf(resolved(shape.items ?? {}))}${shape.maxItems === undefined ? '' : `, at most ${shape.maxItems}`}`;
  if (shape.type === 'object') return 'mapping';
  if (shape.type === 'boolean') return '`true` or `false`';
  if (shape.type === 'integer') return `whole number, ${shape.minimum ?? 0} ${rangeEnd(shape)}`;
  if (shape.type === 'number') return `number, ${shape.minimum ?? 0} or more`;
  if (shape.format === 'date') return 'day';
  if (shape.maxLength === undefined) return 'text';
  return shape.minLength === undefined
    ? `text, at most ${shape.maxLength} characters`
    : `text, ${shape.minLength} to ${shape.maxLength} characters`;
}

/** A bound so high that nobody meets it is not worth a word. */
function rangeEnd({ maximum }: Shape): string {
  return maximum === undefined || maximum > 1000 ? 'or more' : `to ${maximum}`;
}

function itemsOf(shape: Shape): string {
  if (shape.enum) return kindOf(shape);
  return shape.type === 'object' ? 'mappings' : 'texts';
}

function exampleOf(shape: Shape): string {
  const [example] = shape.examples ?? [];
  if (example === undefined || typeof example === 'object') return '';
  return ` Example: \`${scalar(example)}\`.`;
}

/** An example as a person would write it: short lists and mappings on one line, text in quotes where it looks like a number. */
function yaml(value: unknown, indent: string): string {
  return Object.entries(value as object)
    .map(([key, item]: [string, unknown]) => {
      if (Array.isArray(item) && item.some((part) => typeof part === 'object')) {
        return `${indent}${key}:\n${item.map((part) => `${indent}  - ${yaml(part, `${indent}    `).trimStart()}`).join('')}`;
      }
      return `${indent}${key}: ${inline(item)}\n`;
    })
    .join('');
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalar(value);
  return `{ ${Object.entries(value)
    .map(([key, item]: [string, unknown]) => `${key}: ${inline(item)}`)
    .join(', ')} }`;
}

function scalar(value: unknown): string {
  return typeof value === 'string' && (/^[0-9]*$/.test(value) || /[*?]/.test(value)) ? `"${value}"` : String(value);
}

const introduction = `# Configuration

A configuration is every \`*.yaml\` and \`*.yml\` file under the paths that a command is given, read as one. Without a path it is the directory
\`seatform/\`, else the file \`seatform.yaml\`. Directories are read with all that is below them; names that begin with a dot are skipped, and a
symbolic link that leads out of the paths is refused. A user or a group may be declared once, in any file; \`organization\` may stand in one file.

Editors complete and check a file that begins with

\`\`\`yaml
# yaml-language-server: $schema=../schemas/seatform.v1.schema.json
version: 1
\`\`\``;

const rules = `## Absent, empty, null

| written | means |
|---|---|
| the key is absent | not managed: Figma keeps what it has |
| \`""\` or \`[]\` | managed, and empty |
| nothing after the colon, \`~\` or \`null\` | an error (E013), since it could mean either |
| \`{}\` | an error (E017): what is managed are the values inside |`;

const activeRules = `### The rules of \`active\`

There is no default.

| \`active\` | somebody who is not live | live and active | live and deactivated |
|---|---|---|---|
| absent | is created active | stays active | stays deactivated, with a warning |
| \`true\` | is created active | stays active | is reactivated |
| \`false\` | nothing to do | is deactivated | nothing to do |

Of somebody who is to be inactive nothing but \`active\` is compared. Inactive users hold no seat and count in no figure.

To off-board somebody, write \`active: false\` and keep the entry. An entry that is deleted says nothing: the person keeps access and is
listed as undeclared in every plan.`;

const previouslyRules = `### The rules of \`previously\`

A user or a group is renamed when its new name is not live and exactly one of its previous names is. Once the new name is live, \`previously\`
does nothing and can be removed. A name cannot be both declared and previous (E024), nor claimed by two entries (E025). Members, grants and the
patterns of \`protected\` and \`ignore\` match old and new names.`;

const loginRules = `### The rules of \`github\`

The login says who is who on GitHub, so that nobody counts as the reviewer of their own access (\`organization.separation\`). It is not a managed
value: it is never sent to Figma, never part of a plan, and no rule, default or budget can ask for it. A login may be used once, compared
without case (E043). Logins of Enterprise Managed Users, such as \`ada_acme\`, can be written too.`;

const addressRules = `### Letters in addresses

A letter outside ASCII in an address that also holds ASCII letters is warned of (W014), since it can look like another one: the Cyrillic \`а\` in
\`ad\\u{430}@example.com\` looks like an \`a\`. Plans and comments show such a letter by its number. What is compared and sent is the
address as it is written.`;

const membershipRules = `### The rules of membership

\`members\`, \`membersWhere\` and the grants of a group together are the whole membership: whoever is a member and in none of them is removed.
There are four exceptions:

- Ignored users are neither added nor removed; to list one is an error (E038).
- Inactive users are not added, and left where they are.
- Members whom no live user matches are left and reported.
- A group with a rule and no list that would remove active users who are not declared is blocked.

Where neither \`members\` nor \`membersWhere\` is written, the membership is not managed, and grants of the group are an error (E034). A rule that
no declared user can ever match is an error (E040), so are more than 5,000 members (E042).`;

const grantRules = `### The rules of grants

- Days are written as \`2026-12-31\`, with or without quotes. \`until\` is the last day; without \`from\` the grant is in force at once.
- The seat of a day is the highest of the base and all grants in force, Full before Dev before Collab before View: a grant never lowers.
- The base is the \`seat\` of the entry, else that of a default. It is required (E035), since it is what follows the grant.
- \`then\` names the seat that follows instead, where the base is a default. Where the entry names a seat, \`then\` is an error (E036).
- When the grant of a group ends, the membership ends, unless \`members\`, a rule or another grant still asks for it.
- The user must be declared (E033), and one grant can stand only once (E032); previous names count as the user's name.`;

const ignoreRules = `### What is ignored and what is protected

In the patterns of \`ignore\` and \`protected\`, \`*\` stands for any run of characters and \`?\` for one; addresses are compared without case,
group names with case. A pattern that begins with \`*\` needs quotes.

What is **ignored** is left out of every plan and every figure of it: use it for service accounts and for groups that somebody else manages.
Nobody can be declared or listed and ignored, a previous name included (E038).

Who is **protected** is changed by nothing but an entry: defaults, rules, expiries and \`unmanaged\` skip them with a warning. An entry that would
lower, rename, strip of admin rights or deactivate them is blocked, and no flag lifts that. To do it, remove the pattern first. Nobody can be
both protected and ignored (E039).

With \`unmanaged: { users: deactivate }\` the configuration is the whole truth: active users without an entry lose access. Admins and protected
users are listed instead.`;

function limitRules(): string {
  return `### The rules of \`limits\`

A limit is a whole number, or a percentage such as \`10%\` or \`2.5%\`. A percentage is rounded up and is at least 1, unless it is \`0%\`;
of \`creations\` it is at least 5. A plan over a limit is shown in full and not applied.

| limit | where nothing is written | a percentage is of |
|---|---|---|
${Object.entries(defaultLimits)
  .map(
    ([name, limit]) => `| \`${name}\` | \`${'percent' in limit ? `${limit.percent}%` : limit.count}\` | ${limitBases[name as LimitName]} |`,
  )
  .join('\n')}

Users in scope are those who are declared, live and active; with \`unmanaged: { users: deactivate }\` also those who are not declared.
For one run, \`--allow deactivations=45\` lifts a limit, if 45 is exactly what the plan does.

\`downgrades\`, \`membershipRemovals\` and \`groupShrink\` also hold for each day within a year on which grants change something; such a day is
allowed with its date, as in \`--allow downgrades=8@2026-12-01\`.`;
}

const limitBases: Readonly<Record<LimitName, string>> = {
  creations: 'the users in scope',
  deactivations: 'the users in scope',
  reactivations: 'the users in scope',
  downgrades: 'the users in scope who hold Full, Dev or Collab',
  emailChanges: 'the users in scope',
  membershipRemovals: 'the memberships of all groups with managed membership',
  groupShrink: 'the members of the group, for any one group of 10 or more',
  groupDeletions: 'the live groups',
  adminChanges: 'the active admins',
};

const seatRules = `### The rules of \`seats\`

SCIM shows neither how many seats are purchased nor all that are in use. \`purchased\` is what the contract says; \`outside\` is how many of them
are used by people whom SCIM does not show, such as guests. A plan that would use more than \`purchased\` less \`outside\` at any moment, and
more than are in use before, is blocked: Figma bills a seat that was taken once until the end of the term. View has no pool.`;

const separationRules = `### The rules of \`separation\`

On GitHub, what a pull request changes is applied when \`approvals\` people with write access have approved it. The approval of somebody named
by \`notBy\` does not count. A list that is written is complete: \`notBy: [author]\` counts everybody but the author, \`notBy: []\` counts
everybody. Who gains access is known on GitHub by the \`github\` of their entry. With \`approvals: 0\` a merge alone is enough. The \`seatform\` command on your own machine asks for no approval.`;

const defaultRules = `### The rules of defaults

For each attribute the first default counts that names it and whose \`where\` matches, in the order of the list. \`where\` sees what entries
declare, never what another default gives. An entry's own value comes before all defaults, \`""\` included. A default never lowers the seat of a
live user; to lower it, write the seat in the entry.`;

const whereRules = `All keys must match; of a list, one value is enough. Text is compared with case, \`manager.value\` without. Who has no value for a key does not
match. A rule (\`membersWhere\`) means declared users who are active, with the values of their entries and defaults and the seat of the day. A budget
means declared users by the values that they have after the run: where the files say nothing of a value, the live one counts.`;

const yamlRules = `## YAML

Files are YAML 1.2 in UTF-8, at most 64 MiB each, read as plain data:

- Figures that are text, such as employee numbers, need quotes: \`"093923"\` keeps its zero.
- Text that some readers of YAML take for something else needs quotes: \`"no"\`, \`"12:30"\`. Where a day is expected, \`2027-03-01\` needs none.
- Numbers are written in plain digits: \`1000\`, not \`1e3\`, \`1_000\` or \`0x3E8\`. Percentages need no quotes.
- Anchors and aliases may be used, up to 100 expansions in a file.
- Tags, directives, merge keys (\`<<\`), tabs at the start of a line and a second document in a file are refused.

Every message about a configuration is explained in [codes.md](codes.md).`;
