import { existing, found, paged, type Call, type Reply, type Route } from './call.ts';
import { associationOf, userShape } from './people.ts';
import { inaccessible, notFound, Refusal } from './refusal.ts';
import { dismissReview, reviewsOf } from './reviews.ts';
import { reviewUrl } from './shapes.ts';
import type { Review, World } from './world.ts';

/** Reviews of pull requests. */
export const reviewRoutes: readonly Route[] = [
  ['GET pulls/([0-9]+)/reviews', listReviews],
  ['GET pulls/([0-9]+)/reviews/([0-9]+)', readReview],
  ['PUT pulls/([0-9]+)/reviews/([0-9]+)/dismissals', dismiss],
];

function listReviews(world: World, call: Call, [number]: readonly string[]): Reply {
  world.demand('read', 'pull-requests');
  const reviews = reviewsOf(world, existing(world.pulls, number).number);
  return paged(
    world,
    call,
    reviews.map((review) => reviewShape(world, review)),
  );
}

function readReview(world: World, _: Call, parts: readonly string[]): Reply {
  world.demand('read', 'pull-requests');
  return found(reviewShape(world, reviewAt(world, parts)));
}

function dismiss(world: World, { body }: Call, parts: readonly string[]): Reply {
  const review = reviewAt(world, parts);
  world.demand('write', 'pull-requests');
  if (!world.setup.mayDismiss) {
    throw inaccessible();
  }
  const { message, event = 'DISMISS' } = body;
  if (typeof message !== 'string') {
    throw new Refusal(422, 'Invalid request.\n\n"message" wasn\'t supplied.');
  }
  if (message.trim() === '' || event !== 'DISMISS') {
    throw new Refusal(422, 'Unprocessable Entity', { errors: [message.trim() === '' ? 'Message can not be blank' : 'Event is invalid'] });
  }
  dismissReview(world, review, world.setup.viewer, message);
  return found(reviewShape(world, review));
}

function reviewAt(world: World, [number, id]: readonly string[]): Review {
  const review = existing(world.reviews, id);
  if (review.number !== Number(number)) {
    throw notFound();
  }
  return review;
}

function reviewShape(world: World, review: Review) {
  const { id, nodeId, number, author, body, state, commit, submittedAt } = review;
  const [html_url, pull_request_url] = [reviewUrl(world, review), `${world.repoUrl}/pulls/${number}`];
  return {
    id,
    node_id: nodeId,
    // Unlike a comment, a review of a deleted account has nobody.
    user: author === 'ghost' ? null : userShape(author),
    body,
    state,
    html_url,
    pull_request_url,
    author_association: associationOf(world, author),
    _links: { html: { href: html_url }, pull_request: { href: pull_request_url } },
    submitted_at: submittedAt,
    commit_id: commit,
  };
}
