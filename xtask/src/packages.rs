//! The system packages Foolscap is built and tested with, and how to tell whether each is there. Names are
//! Debian's; elsewhere the same libraries have other names, so what counts is what pkg-config or PATH finds.

use std::collections::HashSet;

/// One system package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Package {
    /// Debian's and Ubuntu's name.
    pub name: &'static str,
    pub proof: Proof,
}

/// What shows that a package is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A program in PATH.
    Program(&'static str),
    /// A module that pkg-config knows.
    Module(&'static str),
}

const CC: Package = Package { name: "build-essential", proof: Proof::Program("cc") };
const PKG_CONFIG: Package = Package { name: "pkg-config", proof: Proof::Program("pkg-config") };
const WEBKIT: Package = Package { name: "libwebkit2gtk-4.1-dev", proof: Proof::Module("webkit2gtk-4.1") };
const RSVG: Package = Package { name: "librsvg2-dev", proof: Proof::Module("librsvg-2.0") };
const XDO: Package = Package { name: "libxdo-dev", proof: Proof::Module("libxdo") };
const SSL: Package = Package { name: "libssl-dev", proof: Proof::Module("openssl") };
const XVFB: Package = Package { name: "xvfb", proof: Proof::Program("Xvfb") };
const WEBDRIVER: Package = Package { name: "webkit2gtk-driver", proof: Proof::Program("WebKitWebDriver") };
const OFFICE: Package = Package { name: "libreoffice-writer-nogui", proof: Proof::Program("soffice") };
const EPUBCHECK: Package = Package { name: "epubcheck", proof: Proof::Program("epubcheck") };
const POPPLER: Package = Package { name: "poppler-utils", proof: Proof::Program("pdftotext") };

/// What the command line needs to be built: the bundled SQLite is C.
pub const TERMINAL: &[Package] = &[CC];
/// What the window needs to be built.
pub const WINDOW: &[Package] = &[CC, PKG_CONFIG, WEBKIT, RSVG, XDO, SSL];
/// What the window needs to be built and driven, and what reads the files that we write.
pub const TESTS: &[Package] =
    &[CC, PKG_CONFIG, WEBKIT, RSVG, XDO, SSL, XVFB, WEBDRIVER, OFFICE, EPUBCHECK, POPPLER];

/// The packages of `wanted` that are not there: neither the package system nor its own proof knows them.
pub fn missing(
    wanted: &[Package],
    installed: &HashSet<String>,
    proven: impl Fn(Proof) -> bool,
) -> Vec<&'static str> {
    let absent = |package: &&Package| match package.proof {
        // A program counts when it runs: pkg-config, for one, comes in packages of several names.
        Proof::Program(_) => !proven(package.proof),
        Proof::Module(_) => !installed.contains(package.name) && !proven(package.proof),
    };
    wanted.iter().filter(absent).map(|package| package.name).collect()
}

/// Names of installed packages in the answer of `dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n'`.
pub fn installed(answer: &str) -> HashSet<String> {
    let installed = |line: &str| {
        let (name, status) = line.split_once(' ')?;
        status.trim().starts_with("ii").then(|| name.to_owned())
    };
    answer.lines().filter_map(installed).collect()
}

/// Whether `/etc/os-release` tells of Debian or of something made from it.
pub fn is_debian(os_release: &str) -> bool {
    let told = |key: &str| os_release.lines().find_map(|line| line.strip_prefix(key));
    let words = [told("ID="), told("ID_LIKE=")];
    words
        .into_iter()
        .flatten()
        .flat_map(|value| value.trim_matches('"').split(' '))
        .any(|id| id == "debian" || id == "ubuntu")
}

/// The package that brings a Chromium on this system; Ubuntu's is a shell around a snap.
pub fn chromium(os_release: &str) -> &'static str {
    let ubuntu = os_release.lines().any(|line| line.trim_matches('"') == "ID=ubuntu");
    if ubuntu { "chromium-browser" } else { "chromium" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(packages: &[Package]) -> Vec<&str> {
        packages.iter().map(|package| package.name).collect()
    }

    #[test]
    fn the_terminal_needs_nothing_of_the_window() {
        assert_eq!(names(TERMINAL), ["build-essential"]);
        assert!(names(WINDOW).contains(&"libwebkit2gtk-4.1-dev"));
        assert!(!names(WINDOW).contains(&"xvfb"));
        assert!(WINDOW.iter().all(|package| TESTS.contains(package)));
    }

    #[test]
    fn a_package_is_missing_when_neither_dpkg_nor_its_proof_knows_it() {
        let none = HashSet::new();
        assert_eq!(missing(TESTS, &none, |_| false), names(TESTS));
        assert_eq!(missing(TESTS, &none, |_| true), [""; 0]);
        let libraries =
            installed("libwebkit2gtk-4.1-dev ii \nlibrsvg2-dev ii \nlibxdo-dev ii \nlibssl-dev ii \n");
        let all_programs_but_xvfb = |proof| matches!(proof, Proof::Program(name) if name != "Xvfb");
        assert_eq!(missing(TESTS, &libraries, all_programs_but_xvfb), ["xvfb"]);
    }

    #[test]
    fn a_removed_package_does_not_count_as_installed() {
        let found = installed("libssl-dev ii \nlibxdo-dev rc \nlibrsvg2-dev un \n");
        assert_eq!(found, HashSet::from(["libssl-dev".to_owned()]));
    }

    #[test]
    fn debian_and_what_is_made_from_it_are_known() {
        assert!(is_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(is_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(is_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian("ID=fedora\nPRETTY_NAME=\"not debian\"\n"));
        assert!(!is_debian(""));
    }

    #[test]
    fn ubuntu_has_its_own_name_for_chromium() {
        assert_eq!(chromium("ID=ubuntu\nID_LIKE=debian\n"), "chromium-browser");
        assert_eq!(chromium("ID=debian\n"), "chromium");
    }
}
