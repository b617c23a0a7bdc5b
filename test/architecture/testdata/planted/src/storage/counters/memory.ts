export const counter = 1;
