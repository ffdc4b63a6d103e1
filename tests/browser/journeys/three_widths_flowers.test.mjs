// The main journeys at three widths, in a shop that was imported.

import { flowerShop, openHouseOf } from "../harness.mjs";
import { atThreeWidths } from "../three_widths.mjs";

const flowers = flowerShop();

atThreeWidths({
  name: "the flower shop",
  skip: flowers ? false : "the flower shop's files are not at hand (PARLOUR_SHARED)",
  open: () => openHouseOf("Flower shop", "ucp-csv", flowers ?? ""),
  goods: "Bouquet of Red Roses",
  address: { line1: "12 Elm Row", postal_code: "62704", city: "Springfield", country: "US" },
  question: "Do you sell roses?",
  known: "john.doe@example.com",
  wish: "I'm looking for red roses",
  take: "put the bouquet of red roses into my cart",
  back: "the bouquet of red roses",
});
