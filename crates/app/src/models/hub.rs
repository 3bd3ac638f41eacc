//! What asks the hub: what there is, whether it fits, and fetching it. The network is asked only where the user asks.

use std::path::PathBuf;

use foolscap_engine::{Cancel, KvType, Model};
use foolscap_models::download::{Outcome, Progress, Wanted};
use foolscap_models::hub::{self, ENDPOINT_VARIABLE, HUB, Hub, Options, Policy, RemoteModel, Repo};
use foolscap_models::machine::{self, Machine};
use foolscap_models::parts;
use foolscap_models::shelf::Source;
use foolscap_models::token::{Place, Token};

use super::names::{self, Wish};
use super::{CONTEXT, Models, facts};
use crate::api::{
    FitVerdict, HubFile, HubModel, HubSettings, Look, ModelHere, Nearest, Problem, ProblemCode, TokenPlace,
};

impl Models {
    /// Repositories on the hub with GGUF files that have these words. Asks the hub.
    ///
    /// # Errors
    /// [`ProblemCode::Hub`].
    pub fn search_hub(&self, words: &str) -> Result<Vec<HubModel>, Problem> {
        let found = self.hub()?.search(words, 30)?;
        Ok(found
            .into_iter()
            .map(|f| HubModel { repo: f.repo, downloads: f.downloads as f64, gated: f.gated })
            .collect())
    }

    /// Models of a repository, smallest first. Asks the hub.
    ///
    /// # Errors
    /// [`ProblemCode::Hub`], [`ProblemCode::NotFound`], [`ProblemCode::Gated`], [`ProblemCode::BadRequest`].
    pub fn hub_files(&self, repo: &str) -> Result<Vec<HubFile>, Problem> {
        let repo: Repo = repo.parse()?;
        let machine = Machine::look();
        let (rates, room) = (self.rates(&machine), machine::room(&self.cache));
        let models = hub::models(self.hub()?.files(&repo, None)?).into_iter();
        let mut all: Vec<HubFile> = models
            .map(|model| HubFile {
                name: format!("{repo}:{}", model.path),
                files: model.files,
                fit: facts::by_size(model.size, CONTEXT, &machine, rates.as_ref(), room),
                size: model.size as f64,
                problem: lacking(&model),
                path: model.path,
            })
            .collect();
        all.sort_by(|a, b| a.size.total_cmp(&b.size));
        Ok(all)
    }

    /// What a model needs, from its header, which is read from the hub before anything else is. Asks the hub.
    ///
    /// # Errors
    /// As [`Models::hub_files`]; [`ProblemCode::ModelUnusable`] for what the engine does not run.
    pub fn look(&self, name: &str, context: u32) -> Result<Look, Problem> {
        let look = self.look_unless(&self.wish(name)?, context, &Cancel::new())?;
        look.ok_or_else(|| Problem::new(ProblemCode::Hub, "it was stopped"))
    }

    /// None when stopped.
    pub(super) fn look_unless(
        &self,
        wish: &Wish,
        context: u32,
        cancel: &Cancel,
    ) -> Result<Option<Look>, Problem> {
        let read = self.hub()?.header(&wish.repo, wish.revision.as_deref(), &wish.file, cancel)?;
        let Some((header, size)) = read else { return Ok(None) };
        Model::check_header(&header)?;
        let machine = Machine::look();
        let (rates, room) = (self.rates(&machine), machine::room(&self.cache));
        let fit =
            facts::by_header(&header, (context, KvType::default()), &machine, rates.as_ref(), size, room)?;
        let nearest = if fit.verdict == FitVerdict::TooLarge { self.nearest(wish, size) } else { None };
        Ok(Some(Look {
            size: size as f64,
            files: parts::count(&wish.file),
            fit,
            disk_free: room.map(|bytes| bytes as f64),
            nearest,
        }))
    }

    /// The largest model that fits and is smaller than one that does not: of the same repository, since a smaller form of
    /// the same is the nearest there is, or of the catalogue. Nothing is told rather than that it could not be found.
    fn nearest(&self, wish: &Wish, size: u64) -> Option<Nearest> {
        let of_catalogue = || {
            let offers = self.offers("", CONTEXT).ok()?;
            let at = offers.iter().position(|offer| offer.id == wish.id);
            let before = at.map_or(offers.len(), |at| at);
            let mut smaller = offers[..before].iter().rev().filter(|offer| offer.size < size as f64);
            let offer = smaller.find(|offer| offer.fit.verdict != FitVerdict::TooLarge)?;
            Some(Nearest { name: offer.id.clone(), title: offer.name.clone() })
        };
        let of_repository = || {
            let files = self.hub_files(&wish.repo.to_string()).ok()?;
            let fits = |file: &&HubFile| {
                file.problem.is_none() && file.size < size as f64 && file.fit.verdict != FitVerdict::TooLarge
            };
            let file = files.iter().rev().find(fits)?;
            Some(Nearest { name: file.name.clone(), title: names::title(&file.path) })
        };
        if wish.entry { of_catalogue() } else { of_repository().or_else(of_catalogue) }
    }

    /// Fetches a model and puts it on the list; none when it was asked to stop. `name`: an entry of the catalogue, or
    /// `owner/name:file`.
    ///
    /// # Errors
    /// As [`foolscap_models::download::Download::run`]; [`ProblemCode::BadRequest`] for a name that names no file.
    pub fn get(
        &self,
        name: &str,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
    ) -> Result<Option<ModelHere>, Problem> {
        self.fetch(&self.wish(name)?, cancel, on, &mut Vec::new())
    }

    /// None when stopped. `kept`: what stays of a model that did not arrive.
    pub(super) fn fetch(
        &self,
        wish: &Wish,
        cancel: &Cancel,
        on: &mut (dyn FnMut(&Progress) + Send),
        kept: &mut Vec<PathBuf>,
    ) -> Result<Option<ModelHere>, Problem> {
        let hub = self.hub()?;
        let revision = wish.revision.as_deref();
        let wanted = Wanted { repo: &wish.repo, file: &wish.file, revision, sha256: wish.sha256.as_deref() };
        let mut download = hub.download(&wanted);
        let outcome = download.run(cancel, on);
        *kept = download.kept();
        let (path, said) = match outcome? {
            Outcome::Done { path, facts } => (path, facts),
            Outcome::Stopped => return Ok(None),
        };
        let commit = said.first().map(|facts| facts.commit.clone()).unwrap_or_default();
        let source = Source::Hub { repo: wish.repo.to_string(), file: wish.file.clone(), commit };
        let digests = said.into_iter().map(|facts| facts.sha256);
        let model = self.shelf()?.put(&wish.id, &path, source, digests)?;
        Ok(Some(self.facts_of(&model)))
    }

    /// Where the hub is, and whether there is a token. Asks the system's keyring, which may ask its user.
    ///
    /// # Errors
    /// [`ProblemCode::Models`].
    pub fn hub_settings(&self) -> Result<HubSettings, Problem> {
        Ok(HubSettings {
            endpoints: self.shelf()?.endpoints().to_vec(),
            usual: HUB.to_owned(),
            environment: said_by_environment(),
            token: Token::find().map(|(_, place)| match place {
                Place::Environment => TokenPlace::Environment,
                Place::Keyring => TokenPlace::Keyring,
                Place::HubFile => TokenPlace::HubFile,
            }),
        })
    }

    /// Keeps where the hub is and its mirrors, in the order they are asked; none: the usual one.
    ///
    /// # Errors
    /// [`ProblemCode::BadRequest`] for what is no address; nothing is changed then.
    pub fn set_endpoints(&self, endpoints: &[String]) -> Result<(), Problem> {
        let mut kept: Vec<String> = Vec::new();
        for line in endpoints.iter().filter(|line| !line.trim().is_empty()) {
            let endpoint = hub::endpoint(line)?;
            if !kept.contains(&endpoint) {
                kept.push(endpoint);
            }
        }
        Ok(self.shelf()?.set_endpoints(kept)?)
    }

    /// Keeps the token for repositories with conditions in the system's keyring; none takes it out.
    ///
    /// # Errors
    /// [`ProblemCode::Models`].
    pub fn set_token(token: Option<&str>) -> Result<(), Problem> {
        match token {
            Some(text) => Ok(Token::new(text)?.keep()?),
            None => Ok(Token::forget()?),
        }
    }

    pub(super) fn wish(&self, name: &str) -> Result<Wish, Problem> {
        Wish::of(name, |repo| {
            let files = self.hub_files(repo)?.into_iter().filter(|file| file.problem.is_none());
            Ok(files.map(|file| file.path).collect())
        })
    }

    /// With the token, if there is one.
    fn hub(&self) -> Result<Hub, Problem> {
        let (token, cache) = (Token::find().map(|(token, _)| token), Some(self.cache.clone()));
        Ok(Hub::open(Options { endpoints: self.endpoints()?, token, cache, policy: Policy::default() })?)
    }

    /// Those that were named for this once, that the environment says (none are told then), or that are set.
    fn endpoints(&self) -> Result<Vec<String>, Problem> {
        match &self.endpoints {
            named if !named.is_empty() => Ok(named.clone()),
            _ if said_by_environment().is_some() => Ok(Vec::new()),
            _ => Ok(self.shelf()?.endpoints().to_vec()),
        }
    }
}

fn said_by_environment() -> Option<String> {
    std::env::var(ENDPOINT_VARIABLE).ok()
}

/// Why a model in several files cannot be fetched.
fn lacking(model: &RemoteModel) -> Option<String> {
    let RemoteModel { files, missing, .. } = model;
    (*missing > 0).then(|| format!("the repository lacks {missing} of its {files} files"))
}
