export const activity = 1;
