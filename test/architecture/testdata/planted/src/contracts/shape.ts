export interface Shape {
  name: string;
}
export const shape = 'shape';
