//! Everything that is decided, in one text: every action, in every case that makes a difference, for
//! every role of the shop. What is committed as `matrix.txt` is compared with it by a test, so that who
//! may do what changes only where it is seen.

use std::fmt::Write as _;

use terms::{ShopId, StaffId, Timestamp};

use crate::{
    Action, ApprovalRequest, BuiltIn, Client, Colleague, Conversation, Question, Resource,
    RoleName, Rules, Shopper, Staff, State, Subject, Who, made_up,
};

const NOW: Timestamp = Timestamp::from_millis(1_000_000);
const LATER: Timestamp = Timestamp::from_millis(2_000_000);
const EARLIER: Timestamp = Timestamp::from_millis(500_000);

/// Who is in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cast {
    pub(crate) shop: ShopId,
    pub(crate) herself: StaffId,
    pub(crate) colleague: StaffId,
    pub(crate) third: StaffId,
}

impl Cast {
    pub(crate) fn new() -> Self {
        Self {
            shop: made_up::shop(1),
            herself: made_up::staff(1),
            colleague: made_up::staff(2),
            third: made_up::staff(3),
        }
    }

    /// A member of staff of this role, signed in as well as can be.
    pub(crate) fn staff(&self, role: &RoleName) -> Who {
        Who::Staff(Staff {
            id: self.herself,
            shop: self.shop,
            role: role.clone(),
            second_factor: true,
            access_ends: (BuiltIn::of(role) == Some(BuiltIn::Auditor)).then_some(LATER),
        })
    }

    /// An API client that acts with this role and has every scope.
    pub(crate) fn client(&self, role: &RoleName) -> Who {
        Who::Client(Client {
            id: made_up::client(1),
            shop: self.shop,
            role: role.clone(),
            scopes: Action::ALL.to_vec(),
            access_ends: Some(LATER),
        })
    }
}

/// An action in one case that makes a difference.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) action: Action,
    pub(crate) words: String,
    pub(crate) about: Resource,
    asking: bool,
    approved_by: Option<StaffId>,
    hands_out: Option<RoleName>,
    glass_ends: Option<Timestamp>,
}

impl Case {
    fn new(action: Action, words: impl Into<String>, about: Resource) -> Self {
        Self {
            action,
            words: words.into(),
            about,
            asking: false,
            approved_by: None,
            hands_out: None,
            glass_ends: None,
        }
    }

    pub(crate) fn question<'a>(&'a self, who: &'a Who) -> Question<'a> {
        let mut question = Question::new(who, self.action, &self.about, NOW)
            .approved_by(self.approved_by)
            .with_broken_glass_until(self.glass_ends);
        if let Some(role) = &self.hands_out {
            question = question.handing_out(role);
        }
        if self.asking {
            question.asking()
        } else {
            question
        }
    }
}

/// Every action in every case, about things of this shop.
pub(crate) fn cases(cast: &Cast, shop: ShopId) -> Vec<Case> {
    let actions = Action::ALL.iter().copied();
    let cases = actions.flat_map(|action| {
        things(cast, shop, action)
            .into_iter()
            .flat_map(|case| variants(cast, case))
    });
    cases.collect()
}

/// What an action may be done to, as far as it makes a difference.
fn things(cast: &Cast, shop: ShopId, action: Action) -> Vec<Case> {
    match action.subject() {
        Subject::Shop => vec![Case::new(action, "", Resource::Shop(shop))],
        Subject::Conversation => conversations(cast, shop, action),
        Subject::Shopper => {
            let shopper = |helped_by| Resource::Shopper(Shopper { shop, helped_by });
            let another = shopper(vec![cast.colleague]);
            let glass = |ends| Some(ends);
            vec![
                Case::new(
                    action,
                    "helped by her",
                    shopper(vec![cast.colleague, cast.herself]),
                ),
                Case::new(action, "helped by another", another.clone()),
                Case {
                    glass_ends: glass(LATER),
                    ..Case::new(action, "helped by another, glass broken", another.clone())
                },
                Case {
                    glass_ends: glass(EARLIER),
                    ..Case::new(action, "helped by another, glass broken once", another)
                },
            ]
        }
        Subject::Staff => {
            let colleague = |id, role: BuiltIn| {
                let role = role.into();
                Resource::Staff(Colleague { shop, id, role })
            };
            vec![
                Case::new(
                    action,
                    "a colleague",
                    colleague(cast.colleague, BuiltIn::Agent),
                ),
                Case::new(
                    action,
                    "an owner",
                    colleague(cast.colleague, BuiltIn::Owner),
                ),
                Case::new(action, "herself", colleague(cast.herself, BuiltIn::Agent)),
            ]
        }
        Subject::ApprovalRequest => {
            let approved = Action::ALL
                .iter()
                .copied()
                .filter(|action| action.is_approved());
            let request = |what: Action, asked_by, concerns| {
                Resource::ApprovalRequest(ApprovalRequest {
                    shop,
                    action: what,
                    asked_by,
                    concerns,
                })
            };
            let mut cases: Vec<Case> = approved
                .map(|what| Case::new(action, what.name(), request(what, cast.colleague, None)))
                .collect();
            let what = Action::GrantOwner;
            let own = request(what, cast.herself, Some(cast.third));
            cases.push(Case::new(action, "grant_owner that she asked for", own));
            let hers = request(what, cast.colleague, Some(cast.herself));
            cases.push(Case::new(action, "grant_owner to herself", hers));
            cases
        }
    }
}

fn conversations(cast: &Cast, shop: ShopId, action: Action) -> Vec<Case> {
    let (hers, anothers) = (Some(cast.herself), Some(cast.colleague));
    let conversation = |state, closed, assigned| {
        Resource::Conversation(Conversation {
            shop,
            state,
            closed,
            assigned,
        })
    };
    let with_another = conversation(State::Human, false, anothers);
    let mut cases = vec![
        Case::new(action, "waiting", conversation(State::Waiting, false, None)),
        Case::new(action, "hers", conversation(State::Human, false, hers)),
        Case::new(action, "another's", with_another.clone()),
        Case::new(
            action,
            "of one who left",
            conversation(State::Human, false, None),
        ),
        Case::new(
            action,
            "the assistant's",
            conversation(State::Assistant, false, None),
        ),
        Case::new(action, "closed", conversation(State::Assistant, true, None)),
    ];
    if action == Action::ReadConversation {
        for (words, ends) in [
            ("another's, glass broken", LATER),
            ("another's, glass broken once", EARLIER),
        ] {
            cases.push(Case {
                glass_ends: Some(ends),
                ..Case::new(action, words, with_another.clone())
            });
        }
    }
    cases
}

/// The circumstances of a case that make a difference.
fn variants(cast: &Cast, case: Case) -> Vec<Case> {
    let with = |words: &str, change: &dyn Fn(&mut Case)| {
        let mut case = case.clone();
        let comma = if case.words.is_empty() { "" } else { ", " };
        case.words = format!("{}{comma}{words}", case.words);
        change(&mut case);
        case
    };
    let role = |role: BuiltIn| Some(RoleName::from(role));
    match case.action {
        Action::ExportBulk
        | Action::EraseMany
        | Action::DestroyKeys
        | Action::DisableDetection
        | Action::GrantOwner => vec![
            with("asked for", &|case| case.asking = true),
            with("alone", &|_| {}),
            with("approved by herself", &|case| {
                case.approved_by = Some(cast.herself)
            }),
            with("approved", &|case| case.approved_by = Some(cast.third)),
        ],
        Action::InviteStaff | Action::ChangeRole => vec![
            with("asked for", &|case| case.asking = true),
            with("no role named", &|_| {}),
            with("as agent", &|case| case.hands_out = role(BuiltIn::Agent)),
            with("as owner", &|case| case.hands_out = role(BuiltIn::Owner)),
        ],
        Action::AddClient => vec![
            with("asked for", &|case| case.asking = true),
            with("no role named", &|_| {}),
            with("as developer", &|case| {
                case.hands_out = role(BuiltIn::Developer)
            }),
            with("as agent", &|case| case.hands_out = role(BuiltIn::Agent)),
            with("as agent, approved", &|case| {
                case.hands_out = role(BuiltIn::Agent);
                case.approved_by = Some(cast.third);
            }),
            with("as owner", &|case| case.hands_out = role(BuiltIn::Owner)),
            with("as owner, approved", &|case| {
                case.hands_out = role(BuiltIn::Owner);
                case.approved_by = Some(cast.third);
            }),
        ],
        _ => vec![case],
    }
}

impl Rules {
    /// Every action in every case for every role of the shop: `yes`, `no` where no rule permits it, and
    /// `never` where a rule forbids it, so that nothing could permit it.
    #[must_use]
    pub fn matrix(&self) -> String {
        let cast = Cast::new();
        let (own, other) = (cases(&cast, cast.shop), cases(&cast, made_up::shop(2)));
        let mut text = String::new();
        self.table(&mut text, "staff, in the own shop", &own, |role| {
            cast.staff(role)
        });
        self.table(
            &mut text,
            "API clients with every scope, in the own shop",
            &own,
            |role| cast.client(role),
        );
        self.table(&mut text, "staff, in another shop", &other, |role| {
            cast.staff(role)
        });
        text
    }

    fn table(
        &self,
        text: &mut String,
        title: &str,
        cases: &[Case],
        who: impl Fn(&RoleName) -> Who,
    ) {
        let named = |case: &Case| match case.words.as_str() {
            "" => case.action.name().to_owned(),
            words => format!("{} ({words})", case.action),
        };
        let longest = cases.iter().map(|case| named(case).chars().count());
        let width = longest.max().unwrap_or_default();
        let before = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{before}# {title}");
        let mut line = format!("{:<width$}", "");
        for role in self.roles() {
            let _ = write!(line, "  {role}");
        }
        let _ = writeln!(text, "{line}");
        let who: Vec<(&RoleName, Who)> =
            self.roles().iter().map(|role| (role, who(role))).collect();
        for case in cases {
            let mut line = format!("{:<width$}", named(case));
            for (role, who) in &who {
                let answer = self.answer(&case.question(who));
                let _ = write!(line, "  {answer:<width$}", width = role.as_str().len());
            }
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
}
