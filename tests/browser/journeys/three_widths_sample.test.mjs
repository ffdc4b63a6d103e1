// The main journeys at three widths, in the sample shop.

import { openHouse } from "../harness.mjs";
import { atThreeWidths } from "../three_widths.mjs";

atThreeWidths({
  name: "the sample shop",
  skip: false,
  open: () => openHouse(),
  goods: "Glass carafe",
  address: { line1: "Am Anger 38", postal_code: "8010", city: "Graz", country: "AT" },
  question: "How do returns work?",
  known: "emre.hoffmann@example.com",
  wish: "I'm looking for a glass carafe",
  take: "put the glass carafe into my cart",
  back: "the glass carafe",
});
