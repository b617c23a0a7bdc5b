import { queryOptions } from '@tanstack/react-query';
import type { Consumer } from '../../src/contracts/api/front-door.ts';
import { list } from './request.ts';

export const consumersQuery = queryOptions({
  queryKey: ['consumers'],
  queryFn: () => list<Consumer>('/api/consumers'),
});
