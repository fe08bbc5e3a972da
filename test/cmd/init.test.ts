import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../cmd/version.ts';
import { workflowFiles } from '../../src/edit/workflows.ts';
import { emulated, folderWith, seatform } from './stage.ts';

describe('init', () => {
  test('writes a starter that is valid, teaches, and changes nothing', async () => {
    const { env } = await emulated({ users: 30 });
    const folder = await folderWith({});
    const scene = { folder, env };
    const ran = await seatform(scene, 'init');
    expect(ran).toMatchObject({ code: 0, err: '', out: expect.stringContaining('seatform/organization.yaml') });
    const organization = await readFile(join(folder, 'seatform/organization.yaml'), 'utf8');
    expect(organization.split('\n')[0]).toBe('# yaml-language-server: $schema=./.seatform.v1.schema.json');
    expect((await stat(join(folder, 'seatform/.seatform.v1.schema.json'))).size).toBeGreaterThan(1000);
    expect((await readFile(join(folder, '.gitignore'), 'utf8')).split('\n')).toEqual(expect.arrayContaining(['*.plan', '*.journal']));
    expect(await seatform(scene, 'validate')).toMatchObject({ code: 0, err: '' });
    expect(await seatform(scene, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0, out: expect.stringContaining('No changes') });
  });

  test('every line that is commented out is valid once it is not', async () => {
    const folder = await folderWith({});
    await seatform({ folder }, 'init');
    const uncommented = async (path: string) =>
      (await readFile(join(folder, path), 'utf8'))
        .replaceAll(/^(\s*)# (?=(?:\s*[a-zA-Z]+:|\s*- [\w{]))/gm, '$1')
        .replace('active: false', 'active: true');
    const [organization, starter] = await Promise.all(['seatform/organization.yaml', 'seatform/starter.yaml'].map(uncommented));
    const whole = await folderWith({ 'seatform/a.yaml': organization ?? '', 'seatform/b.yaml': starter ?? '' });
    expect(starter).toMatch(/^ {4}seat: Full/m);
    expect(organization).toMatch(/^ {2}limits:\n {4}creations: 10%/m);
    expect(await seatform({ folder: whole }, 'validate')).toMatchObject({ code: 0, err: '' });
  });

  test('import goes beside it, and the plan is empty', async () => {
    const { env } = await emulated({ users: 120 });
    const scene = { folder: await folderWith({}), env };
    await seatform(scene, 'init');
    const imported = await seatform(scene, 'import');
    expect(imported).toMatchObject({ code: 0, err: '' });
    expect(imported.out).toContain('\nseatform/starter.yaml is an example only: delete it.\nNext: seatform plan,');
    expect(await seatform(scene, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await seatform(scene, 'import')).toMatchObject({ code: 1, err: expect.stringContaining('E205') });
  });

  test('a starter that somebody has written into is no example any more, one with other line ends is', async () => {
    const { env } = await emulated({ users: 5 });
    const folder = await folderWith({});
    await seatform({ folder }, 'init');
    const starter = await readFile(join(folder, 'seatform/starter.yaml'), 'utf8');
    const beside = async (text: string) => {
      const other = await folderWith({ 'seatform/starter.yaml': text });
      return (await seatform({ folder: other, env }, 'import')).out;
    };
    expect(await beside(starter.replace('someone@', 'mine@'))).not.toContain('example only');
    expect(await beside(starter.replaceAll('\n', '\r\n'))).toContain('example only');
  });

  test('where seatform.yaml is the configuration, there is no starter that would take its place', async () => {
    const folder = await folderWith({ '.git/HEAD': '', 'seatform.yaml': 'mine' });
    const { code, out } = await seatform({ folder }, 'init');
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('seatform.yaml is the configuration: it is left as it is.\nWrote:\n  .gitignore\n'),
    ]);
    expect(out).not.toContain('seatform import');
    expect(out).toContain('environment figma');
    expect((await readdir(folder)).sort()).toEqual(['.git', '.github', '.gitignore', 'seatform.yaml']);
  });

  test('never over a file that exists', async () => {
    const folder = await folderWith({ 'seatform/organization.yaml': 'mine', '.gitignore': 'dist\n' });
    expect(await seatform({ folder }, 'init')).toMatchObject({ code: 0, out: expect.stringContaining('left as it is') });
    expect(await readdir(join(folder, 'seatform'))).toEqual(['organization.yaml']);
    expect(await readFile(join(folder, 'seatform/organization.yaml'), 'utf8')).toBe('mine');
  });

  test('a .gitignore that is there is left, and the lines are told', async () => {
    const folder = await folderWith({ '.gitignore': 'dist\n' });
    expect(await seatform({ folder }, 'init', '.')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/add these lines[\s\S]*\*\.plan/),
    });
    expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('dist\n');
    const knowing = await folderWith({ '.gitignore': 'x\n*.plan\r\n*.journal\n' });
    expect((await seatform({ folder: knowing }, 'init')).out).not.toContain('add these lines');
  });

  test('what cannot be listed is not taken for empty', async () => {
    const { env } = await emulated({ users: 5 });
    const folder = await folderWith({ seatform: 'a file' });
    for (const command of ['init', 'import']) {
      expect(await seatform({ folder, env }, command)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('cannot be listed'),
      });
    }
    expect(await readdir(folder)).toEqual(['seatform']);
  });

  test('into a directory that does not exist yet', async () => {
    const folder = await folderWith({});
    expect(await seatform({ folder }, 'init', 'org/figma')).toMatchObject({ code: 0 });
    expect(await seatform({ folder }, 'validate', 'org/figma/seatform')).toMatchObject({ code: 0 });
  });

  test('writes the workflows, and says what is left to do on GitHub', async () => {
    const folder = await folderWith({ '.git/HEAD': 'ref: refs/heads/main' });
    const { code, out, err } = await seatform({ folder }, 'init');
    expect([code, err]).toEqual([0, '']);
    for (const { path, text } of workflowFiles(version)) {
      expect(await readFile(join(folder, '.github/workflows', path), 'utf8')).toBe(text);
      expect(out).toContain(`  .github/workflows/${path}\n`);
    }
    expect(out).toMatch(/environment figma[\s\S]*FIGMA_SCIM_TOKEN[\s\S]*FIGMA_TENANT_ID[\s\S]*ruleset[\s\S]*"figma plan"/);
    expect(out).toContain('docs/github.md');
  });

  test('a repository that has some of the workflows keeps them and gets the others', async () => {
    const folder = await folderWith({ '.git/HEAD': '', '.github/workflows/figma-plan.yml': 'mine', 'seatform/a.yaml': 'version: 1' });
    const first = await seatform({ folder }, 'init');
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('Kept as they are: .github/workflows/figma-plan.yml\n') });
    expect(first.out).toContain('  .github/workflows/figma-apply.yml\n');
    expect(first.out).not.toContain('  .github/workflows/figma-plan.yml\n');
    expect(await readFile(join(folder, '.github/workflows/figma-plan.yml'), 'utf8')).toBe('mine');
    expect((await readdir(join(folder, '.github/workflows'))).sort()).toEqual(['figma-apply.yml', 'figma-plan.yml', 'figma-validate.yml']);
    const second = await seatform({ folder }, 'init');
    expect(second).toMatchObject({ code: 0, out: expect.not.stringMatching(/Wrote|environment figma|seatform import/) });
  });

  test('below the root of a repository no workflow is written, since none would ever run', async () => {
    const folder = await folderWith({ '.git/HEAD': '' });
    const { code, out } = await seatform({ folder }, 'init', 'org/figma');
    expect(code).toBe(0);
    expect(out).toContain(`No workflows: GitHub looks for them at the root of the repository, ${folder}.`);
    expect(out).toMatch(/remove the\s+second seatform\/ [\s\S]*\n {2}config: org\/figma\/seatform\n$/);
    expect((await readdir(join(folder, 'org/figma'))).sort()).toEqual(['.gitignore', 'seatform']);
    expect(await readdir(folder)).not.toContain('.github');
  });

  test('the configuration that a workflow is to name is the one that is there, as YAML takes it', async () => {
    const folder = await folderWith({ '.git/HEAD': '', 'our #1 org/seatform.yaml': 'mine' });
    expect((await seatform({ folder }, 'init', 'our #1 org')).out).toContain('\n  config: "our #1 org/seatform.yaml"\n');
  });

  test('where a workflow cannot be written, nothing is', async () => {
    const folder = await folderWith({ '.github': 'a file' });
    expect(await seatform({ folder }, 'init')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('.github/workflows') });
    expect(await readdir(folder)).toEqual(['.github']);
  });
});
