/*
 * How a list is read whole, and proven to be whole.
 *
 * Services lie about lists in every way (scim-client, "Paging"): totals that are too small, `startIndex` ignored, page one again past the
 * end, lists that shift while they are read. So nothing is believed: the length of page one is the stride, the rest is fetched side by side,
 * and then everything has to add up. When the last page is full nothing proves that it is the last, so one probe past the end must bring
 * nothing new. If any of this fails the list is read once more, one page after the other, advancing by what came back; and if that does not
 * add up either, the read is refused: an operation that is planned on half a list would deactivate people.
 */
import type { Diagnostic } from '../model/diagnostic.ts';
import { readError } from './diagnose.ts';
import type { Resource } from './resource.ts';

/** A resource with the id that it was found to have. */
export interface Item {
  readonly id: string;
  readonly resource: Resource;
}

/** One page as it came. `startIndex` is what the service echoed, if it did. */
export interface Page {
  readonly total: number;
  readonly items: readonly Item[];
  readonly startIndex?: number;
}

/** A page, a refusal (400 or 404: past the end, or a count that is too large), or a failure that ends the reading. */
export type PageReply =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

/** Asks for up to `count` objects from the one numbered `startIndex` on, counting from 1 (RFC 7644, 3.4.2.4). */
export type ListPage = (startIndex: number, count: number) => Promise<PageReply>;

/** A whole list; `requests` is how many pages were asked for, which is what reading it again would cost. */
export type Listing =
  | { readonly kind: 'whole'; readonly items: readonly Item[]; readonly requests: number }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

/** Figma's documented maximum for `count`. Source: REST API, SCIM endpoints, GET Users. */
const largestCount = 3000;
const mostPages = 2000;

type Asked = Page & { readonly asked: number };
type Attempt = Listing | { readonly kind: 'flawed'; readonly flaw: string };

/** Reads the list of `what` (`users`, `groups`) through `list`; `fallbackCount` says what to ask for when 3000 is refused. */
export async function readAll(what: string, list: ListPage, fallbackCount: () => Promise<number>): Promise<Listing> {
  let count = largestCount;
  let requests = 1;
  let first = await list(1, count);
  if (first.kind === 'refused') {
    count = await fallbackCount();
    requests += 1;
    first = await list(1, count);
  }
  if (first.kind !== 'page') return { kind: 'failed', diagnostic: first.diagnostic };
  const quick = await readAtOnce(what, list, first.page, requests);
  if (quick.kind !== 'flawed') return quick;
  const slow = await readInOrder(what, list, count);
  return slow.kind === 'flawed' ? { kind: 'failed', diagnostic: readError('E104', slow.flaw) } : slow;
}

async function readAtOnce(what: string, list: ListPage, first: Page, before: number): Promise<Attempt> {
  const { total } = first;
  const stride = first.items.length;
  const count = stride === 0 ? 1 : Math.ceil(total / stride);
  if (count > mostPages) return { kind: 'failed', diagnostic: readError('E104', tooManyPages(what)) };
  const starts = Array.from({ length: Math.max(0, count - 1) }, (_, index) => 1 + (index + 1) * stride);
  const pages: Asked[] = [{ ...first, asked: 1 }];
  for (const reply of await sideBySide(list, starts, first)) {
    if (reply === undefined) return { kind: 'flawed', flaw: `Figma's pages of ${what} do not fit together.` };
    if (reply.kind === 'failed') return reply;
    if (reply.kind === 'refused') return { kind: 'flawed', flaw: reply.diagnostic.message };
    pages.push({ ...reply.page, asked: starts[pages.length - 1] ?? 1 });
  }
  const flaw = flawOf(what, pages) ?? strideFlaw(what, pages);
  if (flaw !== undefined) return { kind: 'flawed', flaw };
  const whole = { kind: 'whole', items: pages.flatMap((page) => page.items), requests: before + starts.length } as const;
  if ((pages.at(-1)?.items.length ?? 0) < stride || total === 0) return whole;
  const probe = await probeEnd(what, list, whole.items, stride);
  return probe.kind === 'end' ? { ...whole, requests: whole.requests + 1 } : probe;
}

/** Pages under way at once; the transport may allow fewer. */
const mostAtOnce = 8;

/** The pages from `starts` on. After one that cannot belong to a sound list no further page is asked for, and what was not asked for is undefined. */
async function sideBySide(list: ListPage, starts: readonly number[], first: Page): Promise<readonly (PageReply | undefined)[]> {
  const stride = first.items.length;
  const known = new Set(first.items.map((item) => item.id));
  const replies: (PageReply | undefined)[] = starts.map(() => undefined);
  const queue = starts.entries();
  let sound = true;
  const worker = async () => {
    for (const [index, start] of queue) {
      const reply = await list(start, stride);
      replies[index] = reply;
      const last = index === starts.length - 1;
      sound &&= reply.kind === 'page' && (last || reply.page.items.length === stride) && !reply.page.items.some(({ id }) => known.has(id));
      if (!sound) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, starts.length) }, worker));
  return replies.some((reply) => reply?.kind === 'failed') ? replies.filter((reply) => reply?.kind === 'failed') : replies;
}

async function probeEnd(what: string, list: ListPage, items: readonly Item[], count: number): Promise<Attempt | { kind: 'end' }> {
  const reply = await list(items.length + 1, count);
  if (reply.kind === 'failed') return reply;
  if (reply.kind === 'refused') return { kind: 'end' };
  const known = new Set(items.map((item) => item.id));
  if (reply.page.items.some((item) => !known.has(item.id))) {
    return { kind: 'flawed', flaw: `Figma said that there are ${items.length} ${what} and lists more.` };
  }
  const { total } = reply.page;
  return total === items.length || total === 0 ? { kind: 'end' } : { kind: 'flawed', flaw: movingTotal(what, items.length, total) };
}

/** Ends on an empty page, on a page without a new id or past the end; never merely because the total is reached, which may be too small. */
async function readInOrder(what: string, list: ListPage, count: number): Promise<Attempt> {
  const pages: Asked[] = [];
  const known = new Set<string>();
  let asked = 1;
  for (let requests = 1; requests <= mostPages; requests += 1) {
    const reply = await list(asked, count);
    if (reply.kind === 'failed' || (reply.kind === 'refused' && pages.length === 0))
      return { kind: 'failed', diagnostic: reply.diagnostic };
    const fresh = reply.kind === 'page' ? reply.page.items.filter((item) => !known.has(item.id)) : [];
    if (reply.kind !== 'page' || fresh.length === 0) {
      if (pages.length === 0 && reply.kind === 'page') pages.push({ ...reply.page, asked });
      const flaw = flawOf(what, pages);
      return flaw === undefined ? { kind: 'whole', items: pages.flatMap((page) => page.items), requests } : { kind: 'flawed', flaw };
    }
    pages.push({ ...reply.page, asked });
    for (const item of fresh) known.add(item.id);
    const flaw = known.size > reply.page.total ? flawOf(what, pages) : undefined;
    if (flaw !== undefined) return { kind: 'flawed', flaw };
    asked += reply.page.items.length;
  }
  return { kind: 'flawed', flaw: tooManyPages(what) };
}

/** What does not add up in the pages of one list, as one sentence; undefined when all does. */
function flawOf(what: string, pages: readonly Asked[]): string | undefined {
  const total = pages[0]?.total ?? 0;
  const other = pages.find((page) => page.total !== total);
  if (other !== undefined) return movingTotal(what, total, other.total);
  const astray = pages.find((page) => page.startIndex !== undefined && page.items.length > 0 && page.startIndex !== page.asked);
  if (astray !== undefined) return `Figma was asked for ${what} from number ${astray.asked} on and answered from ${astray.startIndex} on.`;
  const ids = pages.flatMap((page) => page.items.map((item) => item.id));
  const unique = new Set(ids).size;
  if (unique !== ids.length) return `Figma listed ${ids.length - unique} of its ${total} ${what} twice.`;
  return ids.length === total ? undefined : `Figma said that there are ${total} ${what} and listed ${ids.length}.`;
}

function strideFlaw(what: string, pages: readonly Asked[]): string | undefined {
  const stride = pages[0]?.items.length ?? 0;
  const uneven = pages.slice(0, -1).some((page) => page.items.length !== stride);
  return uneven ? `Figma left ${what} out in the middle of its list.` : undefined;
}

function tooManyPages(what: string): string {
  return `Figma lists its ${what} in more than ${mostPages} pages.`;
}

function movingTotal(what: string, was: number, is: number): string {
  return `The number of ${what} went from ${was} to ${is} while Figma listed them.`;
}
