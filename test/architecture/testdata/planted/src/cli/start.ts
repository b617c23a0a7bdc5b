export const gateway = () => import('../gateway/pipeline.ts');
