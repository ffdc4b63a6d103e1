// The shapes of Parlour's HTTP surface, as the screens use them. Only for the type checker; never served.

export type Span = { text: string; bold?: boolean; emphasis?: boolean };
export type Content =
  | { kind: "paragraph"; spans: Span[] }
  | { kind: "list"; ordered: boolean; items: Span[][] };

export type Choice = { label: string; text: string };
export type Block =
  | { type: "text"; text: string; content?: Content[] }
  | { type: "source"; kind: string; id: string; title: string }
  | { type: "link"; id: string; label: string; host: string; url: string }
  | { type: "choices"; choices: Choice[] }
  | { type: "handover"; state: State }
  | { type: "notice"; kind: string }
  | { type: "products"; products: ProductCard[] }
  | { type: "order"; order: OrderCard }
  | { type: "product"; product: ProductSheet }
  | { type: "comparison"; products: ProductSheet[] }
  | { type: "cart"; cart: CartCard }
  | ({ type: "proposal" } & Proposal)
  | ({ type: "outcome" } & OutcomeCard)
  | ({ type: "form" } & FormOffer);

/** Names of one picture in two sizes: each is the end of a path of ours. */
export type Picture = { card: string; detail: string };

/** An order as a reply shows it. */
export type OrderCard = {
  id: string;
  status: OrderStatus;
  servicing?: Servicing;
  paid: boolean;
  total: number;
  currency: string;
  titles: string[];
  tracking: string[];
  placed_at?: string;
  pictures?: string[];
};

/** A product as a reply shows it; `price` is the lowest, and `from` says that others are dearer. */
export type ProductCard = {
  id: string;
  title: string;
  category?: string;
  currency: string;
  price: number;
  from: boolean;
  variants: number;
  in_stock: boolean;
  picture?: Picture;
};

/** One product with what it comes in, and perhaps the kind that was asked for. */
export type ProductSheet = ProductCard & {
  options: { name: string; values: string[] }[];
  variant?: { id: string; label: string; price: number; in_stock: boolean };
};

/** A cart as it was when it was shown. */
export type CartCard = {
  lines: { id: string; title: string; quantity: number; total: number; in_stock: boolean; picture?: string }[];
  currency: string;
  subtotal: number;
  discount?: string;
  total: number;
};

/** What a confirmed proposal did, as the conversation tells it. */
export type OutcomeCard = { proposal: string; tool: string; title: string; effect: EffectLine[]; currency: string; order?: string };

/** A form of the platform that the screen offers. */
export type FormOffer = { form: "checkout" | "address" | "prove"; order?: string };

export type State = "assistant" | "waiting" | "human";
export type Author = "shopper" | "ai" | "human" | "system";

export type Turn = {
  turn: string;
  position: number;
  author: Author;
  name?: string;
  blocks: Block[];
  at: string;
  message?: string;
  in_reply_to?: number;
};

export type Problem = {
  type?: string;
  title?: string;
  status?: number;
  code?: string;
  detail?: string;
  instance?: string;
  /** With `already_confirmed`: what was done then. */
  outcome?: Outcome;
};

export type Session = {
  session: string;
  shop: string;
  level: "guest" | "address" | "session";
  email?: string;
  /** Whether the account has a passkey. */
  passkey: boolean;
  expires_at: string;
};

export type OwnPasskey = { passkey: string; name: string; created_at: string; used_at?: string; synced: boolean };

/** Somebody asked to get back in without the passkey. */
export type Waiting = { asked_at: string; opens_at: string; expires_at: string };

/** How many recovery codes are left, and whether somebody waits. */
export type WaysBack = { codes_left?: number; codes_made_at?: string; waiting?: Waiting };

export type OwnSession = { session: string; device?: string; network?: string; created_at: string; seen_at: string; this_one: boolean };

export type ConversationHead = {
  conversation: string;
  state: State;
  opened_at: string;
  updated_at: string;
  last_position: number;
};

/** What the shop set, as the frame's page carries it. */
export type Front = {
  welcome?: string | null;
  hint?: string | null;
  choices?: Choice[];
  /** Whether mails are sent here. */
  mail?: boolean;
  /** Whether people have hours. */
  hours?: boolean;
};

export type FrontTexts = { greeting: string | null; launcher: string | null; welcome: string | null; hint: string | null; choices: Choice[] };
export type HoursSettings = { zone: string; week: [string, string][][]; days_off: string[] };
export type FrontSettings = {
  state: "trial" | "live";
  language: string;
  look: { accent: string; on_accent: string | null; radius: number; side: "left" | "right"; inset: number; rise: number };
  texts: Record<string, FrontTexts>;
  hours: HoursSettings | null;
};
/** The shop's front at the desk. */
export type FrontView = {
  version: number;
  settings: FrontSettings;
  logo: boolean;
  shop: { handle: string; name: string; origins: string[]; link_hosts: string[]; tag: string };
};

export type Turns = { conversation: string; state: State; turns: Turn[]; rewritten?: Turn[]; more?: boolean };

export type Notice = {
  shop: { handle: string; name: string };
  ai: string;
  privacy: {
    summary: string;
    controller: string;
    purposes: string[];
    retention: string[];
    rights: string[];
  };
  person_available: boolean;
  people: { there: boolean; back_at?: string };
};

export type Assigned = { staff: string; name: string; you: boolean };

export type QueueItem = {
  conversation: string;
  state: State;
  shopper: string;
  assigned?: Assigned;
  waiting_since?: string;
  opened_at: string;
  updated_at: string;
  last_position: number;
  locale: string;
};

export type Queue = { counts: Record<State, number>; conversations: QueueItem[] };

export type Note = { note: string; name: string; text: string; at: string };

export type StaffConversation = QueueItem & { turns: Turn[]; rewritten?: Turn[]; notes: Note[]; more: boolean; rating?: Rating };

/** How a shopper rated a chat; 5 is best. */
export type Rating = { score: number; words?: string; at: string };


export type Colleague = { staff: string; name: string; role: string; created_at: string; access_ends?: string; disabled: boolean; you: boolean };
export type Role = { role: string; title: string; built_in: boolean; about?: string; permissions?: string[]; version: number; holders: number };
export type Permission = { permission: string; action: string; idle: boolean; reach?: string; words: string };
export type Roles = { roles: Role[]; permissions: Permission[] };
export type Explained = { action: string; words: string; allowed: boolean; because: { rule: string; words: string }[]; allowed_for: string[] };

export type Ledger = {
  origin: string;
  size: number;
  unplaced: number;
  checkpoint?: { size: number; root: string; at: string; note: string };
  public_key: string;
};

// ---- The shop ----

export type Variant = {
  id: string;
  sku?: string;
  title?: string;
  options: Record<string, string>;
  price: number;
  available: boolean;
  in_stock: boolean;
};

export type Product = {
  id: string;
  title: string;
  description?: string;
  category?: string;
  currency: string;
  options: string[];
  variants: Variant[];
};

/** A line without a title is of something that is not sold any more. */
export type CartLine = {
  id: string;
  product?: string;
  variant: string;
  title?: string;
  options?: Record<string, string>;
  quantity: number;
  unit_price?: number;
  total?: number;
  in_stock: boolean;
};

export type Cart = {
  currency: string;
  lines: CartLine[];
  subtotal: number;
  discount: { code: string; amount: number } | null;
  total: number;
};

export type Address = {
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postal_code: string;
  country: string;
};

/** `once`: it paid a guest's order, takes that one's refunds, and can be named for nothing else. */
export type Method = { id: string; kind: string; label: string; balance?: number | null; once?: boolean };

export type Profile = {
  email: string;
  given_name: string;
  family_name: string;
  addresses: (Address & { id: string; default?: boolean })[];
  payment_methods: Method[];
};

export type EffectLine = { text: string; amount?: number };

export type Proposal = {
  id: string;
  tool: string;
  title: string;
  effect: EffectLine[];
  total?: number;
  currency: string;
  level: "guest" | "session" | "step_up";
  expires_at: string;
};

export type PaymentDue = { amount: number; currency?: string; url?: string | null; until: string };

export type Outcome = {
  proposal: string;
  tool: string;
  effect: EffectLine[];
  order?: string;
  payment?: PaymentDue;
};

export type OrderStatus = "pending" | "processed" | "shipped" | "delivered" | "cancelled";
export type Servicing = "items_changed" | "return_requested" | "exchange_requested";

export type OrderSummary = {
  id: string;
  placed_at: string | null;
  status: OrderStatus;
  servicing: Servicing | null;
  paid: boolean;
  total: number;
  currency: string;
};

export type OrderLine = {
  id: string;
  product: string;
  variant: string;
  title: string;
  options: Record<string, string>;
  quantity: number;
  unit_price: number;
  total: number;
};

export type Movement = {
  id: string;
  kind: "payment" | "refund";
  amount: number;
  state: "done" | "under_way" | "failed" | "dropped";
  method: string | null;
  method_label: string | null;
};

export type Order = OrderSummary & {
  cancel_reason: string | null;
  /** Masked to city and country where only the address was proved. */
  shipping_address: Partial<Address>;
  lines: OrderLine[];
  adjustments: { kind: string; title: string; amount: number }[];
  fulfilments: { id: string; tracking: string[]; lines: string[] }[];
  payments: Movement[];
  payment_due?: PaymentDue;
  return?: { lines: string[]; refund_to: string; received?: boolean };
  exchange?: { changes: { line: string; variant: string; /** Told to staff: how the shop calls it. */ label?: string | null }[]; payment_method: string; difference: number; received?: boolean };
};

export type StaffOrderSummary = OrderSummary & { pieces: number };

export type StaffOrder = Order & {
  customer: { name: string; email: string; phone: string | null };
  steps: ("mark_paid" | "process" | "ship" | "deliver" | "receive" | "give_up")[];
  /** What the shop holds of what was paid. */
  held: number;
  /** What receiving returned goods will give back; there while that is the next step. */
  refunds?: { method_label: string | null; amount: number }[];
};

export type StaffOrders = {
  orders: StaffOrderSummary[];
  next?: string;
  counts: { status: OrderStatus; servicing?: Servicing; count: number }[];
};

// ---- Knowledge ----

export type DocumentKind = "policy" | "faq" | "page";
export type DocumentAudience = "everyone" | "staff";

export type KnowledgeSummary = {
  document: string;
  kind: DocumentKind;
  audience: DocumentAudience;
  title: string;
  excerpt: string;
  url?: string;
  version: number;
  updated_at: string;
};

/** What the shop's own system exports; it is changed there. */
export type ImportedDocument = { kind: DocumentKind; source: string; title: string; text: string };

export type KnowledgeShelf = { documents: KnowledgeSummary[]; imported: ImportedDocument[]; unanswered: number };

export type KnowledgeDocument = {
  document: string;
  kind: DocumentKind;
  audience: DocumentAudience;
  title: string;
  body: string;
  url?: string;
  version: number;
  updated_at: string;
};

/** A passage as a shopper would see it. */
export type Quoted = { title: string; blocks: Block[] };

export type OpenQuestion = { question: string; text: string; count: number; latest: string; answered_by?: string };

export type FoundPassage = { kind: DocumentKind; source: string; title: string; text: string; confidence: number };

export type Attempt = { answer?: Block[]; quoted: boolean; passages: FoundPassage[] };
