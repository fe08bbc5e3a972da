import type { SourceFile } from '../model/declaration.ts';

/** The file that the starter's one example stands in. */
const exampleFile = 'starter.yaml';

/**
 * The files of a starter configuration, by paths relative to its directory: valid as they are, and nothing happens when they are applied, since
 * the one person in them is inactive. `modeline` gives the first line of each file.
 */
export function starterFiles(modeline: (path: string) => string): readonly SourceFile[] {
  return [
    { path: 'organization.yaml', text: `${modeline('organization.yaml')}\n${organization}` },
    { path: exampleFile, text: `${modeline(exampleFile)}\n${example}` },
  ];
}

/** What must not be committed: saved plans and journals hold the names of everybody they are about. */
export const ignoredByGit = `# seatform: saved plans and journals name people
*.plan
*.journal
`;

const organization = `version: 1
# What holds for the whole organization. Every value that is commented out is what holds without it.
organization:
  # tenantId: "964615200748176016"      # Figma: Admin, Settings, SAML SSO; or set FIGMA_TENANT_ID

  # Nobody whom this configuration does not name is touched. To make it the whole truth: deactivate, delete.
  unmanaged: { users: report, groups: report }

  # Names that are never drift and never written: * stands for anything, ? for one character.
  # ignore: { users: ["svc-*@example.com"], groups: ["Workspace *"] }

  # Accounts that nothing but their own entry may change, and that no entry may lower, rename, strip or deactivate.
  # protected: [it-admin@example.com]
  # minAdmins: 2

  # How much one run may change: a number, or a percentage of those concerned. Beyond it the plan is blocked.
  # limits:
  #   creations: 10%            # at least 5
  #   deactivations: 10%
  #   reactivations: 10%
  #   downgrades: 20%
  #   emailChanges: 10%
  #   membershipRemovals: 20%
  #   groupShrink: 50%          # of any one group of 10 or more
  #   groupDeletions: 1
  #   adminChanges: 2

  # The purchased seats. outside = seats in use that SCIM cannot see. Prices are for one seat and month.
  # seats:
  #   Full: { purchased: 120, outside: 4, monthlyPrice: 90 }
  #   Dev:  { purchased: 60, monthlyPrice: 35 }
  #   currency: USD
  #   termEnds: 2027-03-01
  # budgets:
  #   - { name: Design, where: { department: Design }, seats: { Full: 40, Dev: 10 } }

  # Seats for whom no entry names one. The first that matches counts; a default never lowers a seat.
  # defaults:
  #   - { where: { department: Engineering }, seat: Dev }
  #   - { seat: View }
`;

const example = `version: 1
# An example, harmless as it is: nobody of this name is live, and who is inactive is not created.
# Replace it by your people, or run \`seatform import\` and delete this file.
users:
  - userName: someone@example.com
    # previously: [old.address@example.com]   # an address that changed: the account is renamed, not created again
    active: false                             # how somebody is off-boarded; deleting an entry takes no access away
    # seat: Full                              # Full, Dev, Collab or View
    # displayName: Some One
    # department: Design
# groups:
#   - displayName: Design Systems
#     members: [someone@example.com]          # the whole membership; without members it is left alone
#     membersWhere: { department: Design }    # and whoever this matches
# grants:                                     # access for a time; the day after \`until\` it falls back
#   - { user: someone@example.com, seat: Dev, from: 2026-11-01, until: 2026-12-31, reason: project }
`;
