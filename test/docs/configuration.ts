import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };

/** What the reference reads of a JSON schema. */
interface Shape {
  readonly $ref?: string;
  readonly allOf?: readonly Shape[];
  readonly description?: string;
  readonly type?: string;
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
  const { organization = {}, user = {}, group = {} } = definitions;
  const parts = [
    introduction,
    section('A file', schema, ''),
    rules,
    section('organization', organization, 'organization:'),
    section('users', user, 'users:'),
    activeRules,
    section('groups', group, 'groups:'),
    yamlRules,
  ];
  return `${parts.join('\n\n').trimEnd()}\n`;
}

function section(title: string, shape: Shape, heading: string): string {
  const name = heading === '' ? title : `\`${title}\``;
  const rows = rowsOf(shape, '');
  const table = ['| key | value | meaning |', '|---|---|---|', ...rows].join('\n');
  const example = shape.examples?.[0] ?? organizationExample(shape);
  const code = example === undefined ? '' : `\n\n\`\`\`yaml\n${heading === '' ? yaml(example, '') : listed(heading, example)}\`\`\``;
  return `## ${name}\n\n${shape.description ?? ''}\n\n${table}${code}`;
}

/** A row for each key, and for each key of what is nested in it. */
function rowsOf(shape: Shape, prefix: string): readonly string[] {
  return Object.entries(shape.properties ?? {}).flatMap(([key, written]) => {
    const value = resolved(written);
    const required = shape.required?.includes(key) ? ' **Required.**' : '';
    const shown = exampleOf(value);
    const row = `| \`${prefix}${key}\` | ${kindOf(value)} | ${value.description ?? ''}${required}${shown} |`;
    const nested = value.properties && prefix === '' && shape !== schema ? rowsOf(value, `${key}.`) : [];
    return [row].concat(nested);
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
  if (shape.type === 'array')
    return `list of ${plural(resolved(shape.items ?? {}))}${shape.maxItems === undefined ? '' : `, at most ${shape.maxItems}`}`;
  if (shape.type === 'object') return 'mapping';
  if (shape.type === 'boolean') return '`true` or `false`';
  if (shape.maxLength === undefined) return 'text';
  return shape.minLength === undefined
    ? `text, at most ${shape.maxLength} characters`
    : `text, ${shape.minLength} to ${shape.maxLength} characters`;
}

function plural(shape: Shape): string {
  return shape.type === 'object' ? 'mappings' : 'texts';
}

function exampleOf(shape: Shape): string {
  const [example] = shape.examples ?? [];
  if (example === undefined || typeof example === 'object') return '';
  return ` Example: \`${scalar(example)}\`.`;
}

function organizationExample(shape: Shape): unknown {
  const entries = Object.entries(shape.properties ?? {}).map(([key, value]) => [key, value.examples?.[0]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function listed(heading: string, example: unknown): string {
  if (heading === 'organization:') return `${heading}\n${yaml(example, '  ')}`;
  return `${heading}\n  - ${yaml(example, '    ').trimStart()}`;
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
  return typeof value === 'string' && /^[0-9]*$/.test(value) ? `"${value}"` : String(value);
}

const introduction = `# Configuration

A configuration is every \`*.yaml\` and \`*.yml\` file under the paths that a command is given, read as one. Without a path it is the directory
\`seatform/\`, else the file \`seatform.yaml\`. Directories are read with all that is below them; names that begin with a dot are skipped, and a
symbolic link that leads out of the paths is refused. A user or a group may be declared once, in any file.

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

To off-board somebody, write \`active: false\` and keep the entry. An entry that is deleted says nothing: the person keeps access and is
listed as undeclared in every plan.`;

const yamlRules = `## YAML

Files are YAML 1.2 in UTF-8, at most 64 MiB each, read as plain data:

- Figures that are text, such as employee numbers, need quotes: \`"093923"\` keeps its zero.
- Text that some readers of YAML take for something else needs quotes: \`"no"\`, \`"12:30"\`, \`"2027-03-01"\`.
- Anchors and aliases may be used, up to 100 expansions in a file.
- Tags, directives, merge keys (\`<<\`), tabs at the start of a line and a second document in a file are refused.

Every message about a configuration is explained in [codes.md](codes.md).`;
