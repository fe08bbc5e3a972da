/*
 * Believable people without a generator package: names, departments and seats come from short lists of our own, drawn with a fixed seed,
 * so the same number gives the same organization every time.
 */
import { seededRandom } from './random.ts';
import { enterprise, figma } from './resources.ts';
import type { ScimGroup, ScimUser, Seed } from './seed.ts';

const given =
  'Ada Amir Ana Arjun Astrid Bea Bruno Chidi Chloe Dara Diego Elif Emeka Erik Farah Finn Freya Grace Hana Hugo Ines Ivan Jonas Jun Kaya Lena Liam Luca Mai Maya Mila Nadia Noor Omar Oscar Priya Rosa Sara Tariq Theo Uma Vera Wen Yara Yusuf Zoe'.split(
    ' ',
  );
const family =
  'Abara Ali Andersen Bauer Becker Brown Chen Costa Diaz Dubois Eriksen Fischer Garcia Haddad Hansen Ito Jansen Kaur Kim Kowalski Lopez Martin Mehta Moreau Nakamura Nguyen Novak Okafor Olsen Park Patel Peeters Reyes Rossi Santos Sato Schmidt Silva Singh Tanaka Torres Vargas Virtanen Wagner Walker Weber Yilmaz Young Zhang'.split(
    ' ',
  );

interface Department {
  readonly name: string;
  readonly organization: string;
  readonly costCenter: string;
  readonly titles: readonly string[];
  /** Ten seats to draw from: what is usual in this department. */
  readonly seats: readonly string[];
}

const departments: readonly Department[] = [
  department('Design', 'Product', '093900', ['Product Designer', 'Senior Product Designer', 'Design Manager'], {
    Full: 8,
    Collab: 1,
    View: 1,
  }),
  department('Engineering', 'Technology', '093910', ['Software Engineer', 'Frontend Engineer', 'Staff Engineer'], {
    Dev: 7,
    Collab: 1,
    View: 2,
  }),
  department('Product', 'Product', '093920', ['Product Manager', 'Product Analyst'], { Full: 2, Collab: 5, View: 3 }),
  department('Research', 'Product', '093930', ['User Researcher', 'Research Lead'], { Full: 3, Collab: 5, View: 2 }),
  department('Marketing', 'Growth', '093940', ['Brand Designer', 'Content Strategist', 'Campaign Manager'], {
    Full: 2,
    Collab: 4,
    View: 4,
  }),
  department('Sales', 'Growth', '093950', ['Account Executive', 'Sales Engineer'], { Collab: 1, View: 9 }),
  department('Support', 'Operations', '093960', ['Support Specialist', 'Support Lead'], { Collab: 2, View: 8 }),
];

// More people sit in some departments than in others.
const rows = [0, 1, 1, 1, 0, 2, 1, 4, 5, 3, 6, 5].flatMap((index) => departments[index] ?? []);
const largestGroup = 4000;

/** `count` users and their groups: one group a department (several beyond 4,000 members), one for the design system, one for the admins. */
export function people(count: number): Seed {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const namesakes = new Map<string, number>();
  const managers = new Map<string, string>();
  const users = Array.from({ length: count }, (_, index): ScimUser => {
    const [givenName, familyName, row] = [pick(given), pick(family), rows[index % rows.length] as Department];
    const stem = `${givenName}.${familyName}`.toLowerCase();
    const namesake = (namesakes.get(stem) ?? 0) + 1;
    namesakes.set(stem, namesake);
    const userName = `${stem}${namesake === 1 ? '' : namesake}@example.com`;
    const manager = managers.get(row.name);
    managers.set(row.name, manager ?? userName);
    return {
      userName,
      externalId: `00u${String(index + 1).padStart(7, '0')}`,
      displayName: `${givenName} ${familyName}`,
      name: { givenName, familyName },
      title: pick(row.titles),
      active: index % 23 !== 22,
      roles: [{ type: 'seatType', value: pick(row.seats) }],
      [enterprise]: {
        employeeNumber: String(70_000_001 + index),
        costCenter: row.costCenter,
        organization: row.organization,
        department: row.name,
        ...(manager === undefined ? {} : { manager: { value: manager } }),
      },
      [figma]: { figmaAdmin: index < 3 },
    };
  });
  return { users, groups: groupsOf(users) };
}

function groupsOf(users: readonly ScimUser[]): ScimGroup[] {
  const active = users.filter((user) => user.active);
  const within = new Map(departments.map(({ name }): [string, ScimUser[]] => [name, []]));
  for (const [index, user] of users.entries()) {
    if (user.active) {
      within.get((rows[index % rows.length] as Department).name)?.push(user);
    }
  }
  const system = (within.get('Design') ?? []).filter((_, index) => index % 3 === 0).slice(0, largestGroup);
  const admins = active.filter((user) => (user[figma] as { figmaAdmin: boolean }).figmaAdmin);
  return [
    ...[...within].flatMap(([name, members]) => split(name, members)),
    ...split('Design Systems', system),
    ...split('Figma Admins', admins),
  ];
}

function split(name: string, members: readonly ScimUser[]): ScimGroup[] {
  const parts = Math.ceil(members.length / largestGroup);
  return Array.from({ length: parts }, (_, part) => ({
    displayName: part === 0 ? name : `${name} ${part + 1}`,
    externalId: `grp-${name.toLowerCase().replaceAll(' ', '-')}${part === 0 ? '' : `-${part + 1}`}`,
    members: members.slice(part * largestGroup, (part + 1) * largestGroup).map(({ userName }) => ({ value: userName })),
  }));
}

function department(
  name: string,
  organization: string,
  costCenter: string,
  titles: readonly string[],
  seats: Record<string, number>,
): Department {
  return {
    name,
    organization,
    costCenter,
    titles,
    seats: Object.entries(seats).flatMap(([seat, often]) => Array.from({ length: often }, () => seat)),
  };
}
