//! The machine that the window believes it runs on: a display, a home and a desktop session that are not those
//! of whoever runs the tests. Nothing of theirs is read or changed, and all of it ends with the test.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::webdriver::Session;
use super::{application, driver, eventually};

/// An X server without a screen, on a number of its own.
pub struct Display {
    server: Child,
    number: u32,
}

impl Display {
    /// Starts one and waits until it takes connections: only then it tells its number.
    pub fn start() -> Display {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x960x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start Xvfb ({error}); install it: cargo xtask setup"));
        let mut told = String::new();
        let stdout = server.stdout.take().expect("its output is piped");
        BufReader::new(stdout).read_line(&mut told).expect("Xvfb can be listened to");
        let number = told.trim().parse().unwrap_or_else(|_| panic!("Xvfb ended without naming a display"));
        Display { server, number }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Not to be gone already is all that could go wrong.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The folders of a writer who has never used Foolscap.
pub struct Home {
    folder: TempDir,
    hub: Option<String>,
}

impl Home {
    /// An empty home.
    pub fn new() -> Home {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let runtime = folder.path().join("runtime");
        fs::create_dir(&runtime).expect("a new folder is empty");
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).expect("our own folder");
        Home { folder, hub: None }
    }

    /// The same where the hub is at this address.
    pub fn with_hub(url: String) -> Home {
        Home { hub: Some(url), ..Home::new() }
    }

    /// Its library.
    pub fn library(&self) -> PathBuf {
        self.folder.path().join("library.db")
    }

    fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let path = |name: &str| self.folder.path().join(name);
        let nowhere = || "http://127.0.0.1:9".to_owned();
        vec![
            // Nothing of the hub's may be asked for by itself; where a test has one, it is on this machine.
            ("HF_ENDPOINT", PathBuf::from(self.hub.clone().unwrap_or_else(nowhere))),
            ("HF_HUB_CACHE", path("hub")),
            ("FOOLSCAP_LIBRARY", self.library()),
            ("HOME", self.folder.path().to_owned()),
            ("XDG_CONFIG_HOME", path("config")),
            ("XDG_DATA_HOME", path("data")),
            ("XDG_CACHE_HOME", path("cache")),
            ("XDG_STATE_HOME", path("state")),
            ("XDG_RUNTIME_DIR", path("runtime")),
            // No session bus: a Foolscap that is open on this machine must not be handed the window.
            ("DBUS_SESSION_BUS_ADDRESS", PathBuf::from(format!("unix:path={}", path("no-bus").display()))),
        ]
    }
}

/// The driver, the window it opened, and all their processes.
pub struct Running {
    _driver: Group,
    application: PathBuf,
    library: PathBuf,
    /// What all of them say.
    pub log: PathBuf,
    /// The open window.
    pub session: Session,
}

impl Running {
    /// Opens the window on this display, for the writer of this home.
    pub fn open(display: &Display, home: &Home) -> Result<Running, String> {
        let application = application();
        let log = home.folder.path().join("window.log");
        let file = File::options().create(true).append(true).open(&log).map_err(|error| error.to_string())?;
        let (port, native_port) = (free_port(), free_port());
        let driver = Command::new(driver())
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .envs(home.variables())
            .env("DISPLAY", format!(":{}", display.number))
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            // Nothing here has a graphics card. WEBKIT_DISABLE_DMABUF_RENDERER is not for this: with it a key
            // takes 190 ms to be typed instead of 12 (28 keys in one request, WebKitGTK 2.50, busy machine).
            .envs([("LIBGL_ALWAYS_SOFTWARE", "1"), ("NO_AT_BRIDGE", "1")])
            // The window speaks the system's language, and the tests look for English words.
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(file.try_clone().map_err(|error| error.to_string())?)
            .stderr(file)
            .process_group(0)
            .spawn()
            .map_err(|error| format!("cannot start tauri-driver: {error}"))?;
        let _driver = Group(driver);
        eventually(Duration::from_secs(30), || Session::is_served(port))
            .map_err(|error| format!("the driver does not answer: {error}; it says:\n{}", tail(&log)))?;
        let session = Session::open(port, &application)
            .map_err(|error| format!("the window does not open: {error}; it says:\n{}", tail(&log)))?;
        Ok(Running { _driver, application, library: home.library(), log, session })
    }

    /// Kills the application as a power cut would: it hears nothing of it.
    pub fn kill(&self) {
        let process = self.process().expect("the application runs");
        signal("KILL", &process.to_string());
        let gone =
            || if self.process().is_none() { Ok(()) } else { Err(format!("process {process} still runs")) };
        eventually(Duration::from_secs(10), gone).expect("a killed process ends");
    }

    /// The application's process: the program we started, on the library of this home.
    fn process(&self) -> Option<u32> {
        let library = format!("FOOLSCAP_LIBRARY={}", self.library.display());
        let ours = |process: &Path| {
            let program = fs::read_link(process.join("exe")).is_ok_and(|program| program == self.application);
            let environment = fs::read(process.join("environ")).unwrap_or_default();
            program && environment.split(|byte| *byte == 0).any(|variable| variable == library.as_bytes())
        };
        let processes = fs::read_dir("/proc").ok()?.flatten().map(|entry| entry.path());
        processes
            .filter(|process| ours(process))
            .find_map(|process| process.file_name()?.to_str()?.parse().ok())
    }
}

/// A process that ends with all that it started.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        signal("KILL", &format!("-{}", self.0.id()));
        let _ = self.0.wait();
    }
}

/// The standard library only kills its own children; the shell's `kill` is on every system.
fn signal(name: &str, process: &str) {
    let _ = Command::new("sh")
        .args(["-c", "kill -s \"$0\" -- \"$1\"", name, process])
        .stderr(Stdio::null())
        .status();
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}

/// The last lines of a log.
pub fn tail(log: &Path) -> String {
    let log = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}
