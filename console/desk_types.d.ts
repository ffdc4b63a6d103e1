// Shapes of the desk's answers, beside those of `types.d.ts`.

import type { Note, QueueItem, StaffOrderSummary, Turn } from "./types.js";

export type DeskItem = QueueItem & {
  shopper_id?: string;
  unanswered_since?: string;
  closed_at?: string;
  tags: string[];
  unread: number;
  /** Whether the reader may open it. */
  opens: boolean;
};

export type DeskCounts = { assistant: number; waiting: number; human: number; closed: number; mine: number };
export type DeskQueue = { counts: DeskCounts; conversations: DeskItem[] };
export type Sensitive = "health" | "religion" | "ethnic_origin" | "politics" | "trade_union" | "sex_life" | "genetic" | "biometric";
export type LinkAdvice = { number: number; verdict: "suspicious" | "blocked"; score: number; imitates?: string; reasons: string[] };
export type Advice = { steering?: { score: number; reasons: string[] }; links?: LinkAdvice[]; sensitive?: Sensitive[] };
export type DeskTurn = Turn & { advice?: Advice };
export type DeskConversation = DeskItem & { turns: DeskTurn[]; rewritten?: DeskTurn[]; notes: Note[]; more: boolean };
export type SavedReply = { name: string; text: string };
export type DeskWords = { tags: string[]; saved_replies: SavedReply[] };
export type Assignee = { staff: string; name: string; you: boolean };
export type Suggestion = { position: number; kind: string; source: string; title: string; text: string; confidence: number };

export type Opened = { from: string; opened: number; alone: number; handed_over: number };
export type Placed = { from: string; orders: number; worth: number };
export type Overview = {
  now: string;
  time_zone: string;
  currency?: string;
  counts: DeskCounts;
  longest_wait_since?: string;
  answer_times: { answers: number; median_seconds?: number; ninth_tenth_seconds?: number };
  hours: Opened[];
  days: Opened[];
  order_days: Placed[];
  unpaid: { orders: number; worth: number };
  returns: number;
  exchanges: number;
  beginnings: { products: boolean; texts: boolean; conversations: boolean };
};

export type Find = DeskItem & {
  found?: { position: number; author: Turn["author"]; at: string; before: string; hit: string; after: string };
};
export type Finds = { finds: Find[]; opened: number; more?: string };

export type ShopperPage = {
  shopper: string;
  address?: string;
  known_since: string;
  conversations: DeskItem[];
  orders?: StaffOrderSummary[];
  acts: { at: string; name: string; kind: string }[];
};
