import { describe, expect, it } from 'vitest';
import { problemOf, shop } from './validated-shop.ts';

describe('path, query and headers that must fit', () => {
  const headers = { 'x-shop-version': '2' };

  it.each([
    ['/customers/42', 200, []],
    ['/customers/42?page=5&tag=a', 200, []],
    ['/customers/42?tag=a&tag=b', 200, []],
    ['/customers/4x', 422, [['path.id', 'must be a whole number']]],
    ['/customers/42?page=0', 422, [['query.page', 'must be 1 or more']]],
    ['/customers/42?page=1e', 422, [['query.page', 'must be a whole number']]],
    ['/customers/42?page=1&page=2', 422, [['query.page', 'was sent more than once']]],
    ['/customers/42?tag=a&tag=b&tag=c', 422, [['query.tag', 'must have at most 2 entries']]],
    ['/customers/42?debug=1', 422, [['query.debug', 'is not expected here']]],
    ['/customers/42?__proto__=1', 422, [['query.__proto__', 'is not expected here']]],
  ])('%s: %i', async (path, status, faults) => {
    const { call, upstream } = await shop();
    const response = await call(path, { headers });
    expect(response.status).toBe(status);
    if (status === 200) expect(upstream.requests.map(({ url }) => url)).toEqual([path]);
    else expect((await problemOf(response)).faults?.map((f) => [f.place, f.message])).toEqual(faults);
  });

  it('names headers in lower case', async () => {
    const { call } = await shop();
    expect((await problemOf(await call('/customers/1'))).faults).toEqual([
      { place: 'headers.x-shop-version', message: 'is missing' },
    ]);
    expect((await call('/customers/1', { headers: { 'X-SHOP-VERSION': '3' } })).status).toBe(200);
  });

  it.each([
    ['visits=3; theme=dark; other=1; other=2', 200, []],
    ['visits=many', 422, ['cookies.visits']],
    ['visits=1; visits=2; theme=blue', 422, ['cookies.visits', 'cookies.theme']],
  ])('cookies %s: %i', async (cookie, status, places) => {
    const { call } = await shop();
    const response = await call('/customers/1', { headers: { ...headers, cookie } });
    expect(response.status).toBe(status);
    if (status === 422) expect((await problemOf(response)).faults?.map(({ place }) => place)).toEqual(places);
  });
});
