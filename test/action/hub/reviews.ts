import { headOf } from './pulls.ts';
import { Refusal } from './refusal.ts';
import { nodeId, type Pull, type Review, type World } from './world.ts';

/** What a reviewer can say; only GitHub itself makes a review `DISMISSED`. */
export type Opinion = 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';

/** What is said of a review besides its state; without a commit it is for the head of now. */
export interface GivenReview {
  readonly commit?: string;
  readonly body?: string;
}

/** Submits a review. */
export function addReview(world: World, pull: Pull, author: string, state: Opinion, { commit, body = '' }: GivenReview): Review {
  if (author === pull.author && state !== 'COMMENTED') {
    throw new Error(`${author} cannot ${state === 'APPROVED' ? 'approve' : 'request changes on'} their own pull request`);
  }
  const id = world.nextId();
  const at = world.stamp();
  const review: Review = {
    id,
    nodeId: nodeId('PRR', id),
    number: pull.number,
    author,
    state,
    body,
    commit: commit ?? headOf(world, pull),
    submittedAt: at,
    updatedAt: at,
  };
  world.reviews.set(id, review);
  return review;
}

/** Dismisses a review, which keeps the time of its submission; only an opinion can be dismissed. */
export function dismissReview(world: World, review: Review, by: string, message: string): void {
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    const errors = [`Can not dismiss a ${review.state.toLowerCase()} pull request review`];
    throw new Refusal(422, 'Unprocessable Entity', { errors });
  }
  review.state = 'DISMISSED';
  review.updatedAt = world.stamp();
  review.dismissal = { by, message, at: review.updatedAt };
}

/** The reviews of a pull request, oldest first. */
export function reviewsOf(world: World, number: number): readonly Review[] {
  return [...world.reviews.values()].filter((review) => review.number === number);
}
