//! Chat templates: the GGUF's own Jinja turns a conversation into the form the model was trained on. The
//! writer's words are put in as marks and replaced afterwards, so that nothing in them is ever read as a
//! control token or as template code.

mod builtin;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, context};

use crate::error::{Error, Result};
use crate::gguf::Metadata;
use crate::think;
use crate::tokenizer::{Piece, Tokenizer};

pub use builtin::{BUILTIN, Builtin};

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
    /// The model's template. Where the file has none but says that its model was instructed, one of [`BUILTIN`] by the
    /// control tokens of its vocabulary; else none (a base model).
    ///
    /// # Errors
    /// [`Error::Template`] with line and reason when it cannot be read.
    pub fn from_metadata(meta: &Metadata, tokenizer: &Tokenizer) -> Result<Option<Self>> {
        let source = meta.text("tokenizer.chat_template");
        let source = source.or_else(|| builtin::fitting(meta, tokenizer).map(|b| b.source));
        source.map(|source| Self::of_source(source, tokenizer)).transpose()
    }

    /// One of [`BUILTIN`] by its name, for a user who knows better than the file.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name that is none, with those that are.
    pub fn builtin(name: &str, tokenizer: &Tokenizer) -> Result<Self> {
        let template = builtin::named(name).ok_or_else(|| {
            let names: Vec<_> = BUILTIN.iter().map(|b| b.name).collect();
            Error::Invalid(format!("there is no chat template {name:?}; there are {}", names.join(", ")))
        })?;
        Self::of_source(template.source, tokenizer)
    }

    /// A template of the user's own.
    ///
    /// # Errors
    /// [`Error::Template`] with line and reason when it cannot be read.
    pub fn of_source(source: &str, tokenizer: &Tokenizer) -> Result<Self> {
        let special = tokenizer.vocabulary().special();
        let name =
            |id: Option<u32>| id.map(|id| tokenizer.vocabulary().text(id).into_owned()).unwrap_or_default();
        Self::new(source, &name(special.bos), &name(special.eos))
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
        environment.add_template_owned(NAME, without_generation(source)).map_err(template_error)?;
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
        let with = |tools: Value| {
            template.render(context! {
                messages => marked.clone(),
                add_generation_prompt => true,
                enable_thinking => false,
                tools,
                bos_token => self.bos.clone(),
                eos_token => self.eos.clone(),
            })
        };
        // No tools: most templates ask whether there is such a word at all, some for none, some for how many.
        let mut text = with(Value::UNDEFINED)
            .or_else(|e| {
                with(Value::from(())).or_else(|_| with(Value::from(Vec::<Value>::new()))).map_err(|_| e)
            })
            .map_err(template_error)?;
        // A template that opens a thought whatever it is told: it is closed at once.
        if let Some((_, close)) = think::MARKS.iter().find(|(open, _)| text.trim_end().ends_with(open)) {
            text.push_str(&format!("\n\n{close}\n\n"));
        }
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

/// Hugging Face's `{% generation %}` … `{% endgeneration %}` mark the turns to train on; they print nothing.
fn without_generation(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("{%") {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let end = tag.find("%}").map_or(tag.len(), |end| end + 2);
        let word = tag[..end].trim_matches(|c: char| "{}%-+".contains(c) || c.is_whitespace());
        match word {
            "generation" => out.push_str(&tag[..end].replace(word, "if true")),
            "endgeneration" => out.push_str(&tag[..end].replace(word, "endif")),
            _ => out.push_str(&tag[..end]),
        }
        rest = &tag[end..];
    }
    out + rest
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
    use crate::gguf::{Gguf, Writer};

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
    fn marks_for_training_are_passed_over() {
        let marked = "{% for m in messages %}[{{ m.role }}]{%- generation -%} {{ m.content }} {%- endgeneration %}{% endfor %}";
        assert!(render(marked, &talk()).unwrap().starts_with("[system]Be brief.[user]Go on"));
    }

    #[test]
    fn a_thought_that_the_template_opens_is_closed() {
        let thinking = format!("{CHATML}{{% if add_generation_prompt %}}<think>\n{{% endif %}}");
        let mut messages = talk();
        messages.push(Message::new(Role::Assistant, "Then he"));
        let text = render(&thinking, &messages).unwrap();
        assert!(text.ends_with("assistant\n<think>\n\n\n</think>\n\nThen he"), "{text}");
    }

    #[test]
    fn every_builtin_template_holds_the_whole_conversation() {
        let mut messages = talk();
        messages.push(Message::new(Role::Assistant, "Then he"));
        for b in BUILTIN {
            let text = render(b.source, &messages).unwrap();
            let places = ["Be brief.", "Go on:", "Then he"].map(|t| text.find(t).unwrap());
            assert!(places.is_sorted() && text.ends_with("Then he"), "{}: {text}", b.name);
        }
    }

    #[test]
    fn a_model_without_a_template_gets_one_only_when_it_was_instructed() {
        let of = |name: &str, token: &str| {
            let mut tokens: Vec<String> = (0..256).map(|i| format!("t{i}")).collect();
            tokens.extend([token.to_owned(), "<|im_end|>".into()]);
            let mut plain = Writer::new("llama");
            plain.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "gpt-2");
            plain.strings("tokenizer.ggml.tokens", &tokens).strings("tokenizer.ggml.merges", &["a b"]);
            plain.text("general.name", name);
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("v.gguf");
            plain.write(&path).unwrap();
            let gguf = Gguf::open(&path).unwrap();
            let tokenizer = Tokenizer::from_metadata(gguf.metadata()).unwrap();
            ChatTemplate::from_metadata(gguf.metadata(), &tokenizer).unwrap().is_some()
        };
        assert!(of("Some Model 3B Instruct", "<|im_start|>"));
        assert!(!of("Some Model 3B", "<|im_start|>"));
        assert!(!of("Some Model 3B Instruct", "<other>"));
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
