/** name, category, price in cents, description */
export type SeedProduct = readonly [string, string, number, string];

/** The id of the piece of which each customer may buy one. It is the last in the list. */
export const LIMITED_PRODUCT = 30;

export const PRODUCTS: readonly SeedProduct[] = [
  ['Harbour mug', 'cups', 1800, 'Stoneware mug with a sea-blue glaze.'],
  ['Fog mug', 'cups', 1800, 'The harbour mug in soft grey.'],
  ['Espresso thimble', 'cups', 1200, 'Small, thick, and warm for a long time.'],
  ['Tea bowl', 'cups', 2200, 'No handle, two hands.'],
  ['Travel beaker', 'cups', 2600, 'Double wall, cork lid.'],
  ['Breakfast bowl', 'bowls', 2400, 'Room for porridge and fruit.'],
  ['Soup bowl', 'bowls', 2800, 'Deep, with two small ears.'],
  ['Ramen bowl', 'bowls', 3600, 'Wide rim and a notch for chopsticks.'],
  ['Salad bowl', 'bowls', 6400, 'Serves six, glazed inside and out.'],
  ['Nesting bowls', 'bowls', 7200, 'Three sizes, one stack.'],
  ['Side plate', 'plates', 1900, 'Cake, toast, or both.'],
  ['Dinner plate', 'plates', 2900, 'Raised edge, easy to carry.'],
  ['Oval platter', 'plates', 5400, 'For a whole fish.'],
  ['Olive dish', 'plates', 1400, 'One well for olives, one for stones.'],
  ['Butter dish', 'plates', 3400, 'With a lid that stays on.'],
  ['Bud vase', 'vases', 1600, 'For one stem.'],
  ['Tide vase', 'vases', 4800, 'Waves thrown into the wall.'],
  ['Bottle vase', 'vases', 5200, 'Narrow neck, round belly.'],
  ['Wall vase', 'vases', 3900, 'Hangs from one nail.'],
  ['Umbrella stand', 'vases', 14_500, 'Knee-high and heavy enough.'],
  ['Large teapot', 'pots', 8900, 'Six cups, pours without a drip.'],
  ['Small teapot', 'pots', 6900, 'Two cups and a quiet evening.'],
  ['Milk jug', 'pots', 2700, 'Fits beside either teapot.'],
  ['Honey pot', 'pots', 3100, 'With a wooden dipper.'],
  ['Salt cellar', 'pots', 2100, 'Wide mouth, swivel lid.'],
  ['Herb planter', 'garden', 3300, 'With a saucer, for a window sill.'],
  ['Hanging planter', 'garden', 4100, 'Three holes, rope included.'],
  ['Bird bath', 'garden', 9800, 'Frost-proof, shallow on one side.'],
  ['Plant markers', 'garden', 1500, 'Six, with room to write.'],
  ['Lighthouse vase', 'vases', 24_000, 'Limited edition of twelve, signed. One per customer.'],
];
