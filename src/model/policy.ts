import type { Pools } from './plan.ts';

/** What one run may change beyond what entries ask for. */
export interface Policy {
  readonly pools: Pools;
  readonly unmanaged: { readonly users: 'report' | 'deactivate' | 'ignore'; readonly groups: 'report' | 'delete' | 'ignore' };
}

/** What holds where the configuration says nothing. */
export const defaultPolicy: Policy = { pools: {}, unmanaged: { users: 'report', groups: 'report' } };
