/** Express 4 beside Express 5; what these tests use of it has the same types. */
declare module 'express4' {
  import express from 'express';
  export default express;
}

declare module 'multer' {
  import type { RequestHandler } from 'express';

  const multer: {
    (options: { storage: unknown }): { single(field: string): RequestHandler };
    memoryStorage(): unknown;
  };
  export default multer;
}
