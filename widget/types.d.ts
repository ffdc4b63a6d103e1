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
  | { type: "notice"; kind: string };

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
};

export type Session = {
  session: string;
  shop: string;
  level: "guest" | "address" | "session";
  email?: string;
  expires_at: string;
};

export type ConversationHead = {
  conversation: string;
  state: State;
  opened_at: string;
  updated_at: string;
  last_position: number;
};

export type Turns = { conversation: string; state: State; turns: Turn[]; more?: boolean };

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

export type StaffConversation = QueueItem & { turns: Turn[]; notes: Note[]; more: boolean };


export type Colleague = { staff: string; name: string; role: "admin" | "agent"; created_at: string; you: boolean };

export type Ledger = {
  origin: string;
  size: number;
  unplaced: number;
  checkpoint?: { size: number; root: string; at: string; note: string };
  public_key: string;
};
