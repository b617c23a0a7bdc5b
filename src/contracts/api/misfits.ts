import { z } from 'zod';

/** Calls and answers of one route that did not fit the API description, and in which places: "body.note: maxLength". */
export const Misfit = z.object({ route: z.string(), count: z.int(), details: z.array(z.string()) });
export type Misfit = z.infer<typeof Misfit>;
