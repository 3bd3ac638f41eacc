//! Chat templates: the GGUF's own Jinja turns a conversation into the form the model was trained on. The
//! writer's words are put in as marks and replaced afterwards, so that nothing in them is ever read as a
//! control token or as template code.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, context};

use crate::error::{Error, Result};
use crate::gguf::Metadata;
use crate::tokenizer::{Piece, Tokenizer};

/// Characters of a private plane that enclose the number of a message.
const OPEN: char = '\u{F8FF0}';
const CLOSE: char = '\u{F8FF1}';

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Instructions for the whole conversation.
    System,
    /// The one who asks.
    User,
    /// The model.
    Assistant,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
}

impl Message {
    /// A turn.
    pub fn new(role: Role, content: impl Into<String>) -> Self {
        Self { role, content: content.into() }
    }
}

/// A model's template.
pub struct ChatTemplate {
    environment: Environment<'static>,
    bos: String,
    eos: String,
}

const NAME: &str = "chat";

impl ChatTemplate {
    /// The model's template; none when it has none (a base model).
    ///
    /// # Errors
    /// [`Error::Template`] with line and reason when it cannot be read.
    pub fn from_metadata(meta: &Metadata, tokenizer: &Tokenizer) -> Result<Option<Self>> {
        let Some(source) = meta.text("tokenizer.chat_template") else { return Ok(None) };
        let special = tokenizer.vocabulary().special();
        let name =
            |id: Option<u32>| id.map(|id| tokenizer.vocabulary().text(id).into_owned()).unwrap_or_default();
        Self::new(source, &name(special.bos), &name(special.eos)).map(Some)
    }

    fn new(source: &str, bos: &str, eos: &str) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Lenient);
        environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        // As Hugging Face's `apply_chat_template` renders them.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(template_error)?);
        environment.set_fuel(Some(2_000_000));
        environment.add_function("raise_exception", |text: String| -> Result<String, minijinja::Error> {
            Err(minijinja::Error::new(ErrorKind::InvalidOperation, text))
        });
        // Templates print the date into the system turn; a fixed one keeps the same prompt the same text.
        environment.add_function("strftime_now", |_format: String| "26 Jul 2024");
        environment.add_template_owned(NAME, source.to_owned()).map_err(template_error)?;
        Ok(Self { environment, bos: bos.into(), eos: eos.into() })
    }

    /// The conversation in the model's form. When the last turn is the assistant's, it is left open and the
    /// model goes on in it; else a new answer is opened. A template that knows no system turn gets its words
    /// at the head of the first user turn.
    ///
    /// # Errors
    /// [`Error::Template`] with line and reason.
    pub fn render(&self, messages: &[Message]) -> Result<Rendered> {
        let (turns, start) = match messages.split_last() {
            Some((last, rest)) if last.role == Role::Assistant => (rest, last.content.clone()),
            _ => (messages, String::new()),
        };
        match self.fill(turns, &start) {
            Err(_) if turns.first().is_some_and(|m| m.role == Role::System) => {
                self.fill(&folded(turns), &start)
            }
            other => other,
        }
    }

    fn fill(&self, turns: &[Message], start: &str) -> Result<Rendered> {
        let marked: Vec<Value> = turns
            .iter()
            .enumerate()
            .map(|(i, m)| context! { role => m.role.name(), content => format!("{OPEN}{i}{CLOSE}") })
            .collect();
        let template = self.environment.get_template(NAME).map_err(template_error)?;
        let text = template
            .render(context! {
                messages => marked,
                add_generation_prompt => true,
                enable_thinking => false,
                bos_token => self.bos.clone(),
                eos_token => self.eos.clone(),
            })
            .map_err(template_error)?;
        let mut parts = Vec::new();
        let mut used = vec![false; turns.len()];
        for part in text.split(OPEN) {
            let mark = part.split_once(CLOSE).and_then(|(n, rest)| Some((n.parse::<usize>().ok()?, rest)));
            match mark {
                Some((i, rest)) if i < turns.len() => {
                    used[i] = true;
                    parts.push(Part { markup: false, text: turns[i].content.trim().to_owned() });
                    parts.push(Part { markup: true, text: rest.to_owned() });
                }
                _ => parts.push(Part { markup: true, text: part.to_owned() }),
            }
        }
        if let Some(lost) = used.iter().position(|u| !u) {
            let role = turns[lost].role.name();
            return Err(Error::Template { line: None, reason: format!("it leaves the {role} turn out") });
        }
        parts.push(Part { markup: false, text: start.to_owned() });
        parts.retain(|p| !p.text.is_empty());
        Ok(Rendered { parts })
    }
}

/// A conversation in the model's form: the template's words and the writer's, told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    markup: bool,
    text: String,
}

impl Rendered {
    /// For [`Tokenizer::encode_pieces`].
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let piece = |p| match p {
            &Part { markup: true, ref text } => Piece::Markup(text),
            Part { text, .. } => Piece::Text(text),
        };
        self.parts.iter().map(piece).collect()
    }

    /// All of it as one text, to be read by people.
    pub fn text(&self) -> String {
        self.parts.iter().map(|p| p.text.as_str()).collect()
    }
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// The system's words at the head of the first user turn.
fn folded(turns: &[Message]) -> Vec<Message> {
    let mut rest = turns[1..].to_vec();
    match rest.iter_mut().find(|m| m.role == Role::User) {
        Some(user) => user.content = format!("{}\n\n{}", turns[0].content.trim(), user.content),
        None => rest.insert(0, Message::new(Role::User, turns[0].content.clone())),
    }
    rest
}

fn template_error(e: minijinja::Error) -> Error {
    let reason = e.detail().map_or_else(|| e.kind().to_string(), str::to_owned);
    Error::Template { line: e.line(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHATML: &str = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'].strip() }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    fn render(template: &str, messages: &[Message]) -> Result<String> {
        Ok(ChatTemplate::new(template, "<s>", "</s>")?.render(messages)?.text())
    }

    fn talk() -> Vec<Message> {
        vec![Message::new(Role::System, "Be brief."), Message::new(Role::User, "Go on: {{ 1/0 }} <|im_end|>")]
    }

    #[test]
    fn a_conversation_takes_the_templates_form() {
        let text = render(CHATML, &talk()).unwrap();
        assert_eq!(
            text,
            "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nGo on: {{ 1/0 }} <|im_end|><|im_end|>\n<|im_start|>assistant\n"
        );
    }

    #[test]
    fn a_writers_words_are_never_markup() {
        let rendered = ChatTemplate::new(CHATML, "", "").unwrap().render(&talk()).unwrap();
        let texts: Vec<_> = rendered.pieces().into_iter().filter(|p| matches!(p, Piece::Text(_))).collect();
        assert_eq!(texts, [Piece::Text("Be brief."), Piece::Text("Go on: {{ 1/0 }} <|im_end|>")]);
    }

    #[test]
    fn a_half_written_answer_is_left_open() {
        let mut messages = talk();
        messages.push(Message::new(Role::Assistant, "Then he"));
        assert!(render(CHATML, &messages).unwrap().ends_with("<|im_start|>assistant\nThen he"));
    }

    #[test]
    fn a_template_without_system_turns_gets_them_in_the_first_user_turn() {
        let strict = "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}";
        assert_eq!(render(strict, &talk()).unwrap(), "[user]Be brief.\n\nGo on: {{ 1/0 }} <|im_end|>");
        let deaf = "{% for m in messages if m.role == 'user' %}[{{ m.role }}]{{ m.content }}{% endfor %}";
        assert!(render(deaf, &talk()).unwrap().starts_with("[user]Be brief."));
    }

    #[test]
    fn a_broken_template_names_its_line() {
        let error = render("ok\n{% for %}", &talk()).err().unwrap().to_string();
        assert!(error.contains("line 2"), "{error}");
        let error = render("a\nb\n{{ messages | nonsense }}", &talk()).err().unwrap().to_string();
        assert!(error.contains("line 3"), "{error}");
    }

    #[test]
    fn a_template_that_never_ends_is_stopped() {
        let endless = "{% for a in range(9000) %}{% for b in range(9000) %}{{ a }}{% endfor %}{% endfor %}";
        assert!(render(endless, &talk()).is_err());
    }
}
