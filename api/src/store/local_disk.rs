//! Tells whether a folder lies on a network file system: SQLite's locks and shared memory cannot be relied on there.
//!
//! Linux says what is mounted where in `/proc/self/mountinfo`; elsewhere nothing is refused. Called before a database
//! file is opened.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use super::error::{Error, Result};

/// What the kernel calls file systems whose files other machines may change, or that forward to such. 9p is not among
/// them: some container runtimes show local disks by it.
const NETWORK: [&str; 24] = [
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.ceph-fuse",
    "fuse.davfs",
    "fuse.gcsfuse",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "orangefs",
    "smb3",
    "smbfs",
    "vboxsf",
    "vmhgfs",
];

/// Refuses a folder on a network file system, in words.
pub fn refuse_network(folder: &Path) -> Result<()> {
    let Ok(mounts) = std::fs::read("/proc/self/mountinfo") else { return Ok(()) };
    let Ok(folder) = folder.canonicalize() else { return Ok(()) };
    match mount_of(&mounts, &folder) {
        Some(mount) if NETWORK.contains(&mount.kind.as_str()) => Err(Error::Broken(format!(
            "the folder {} lies on a network file system ({} at {}), where an SQLite database is not safe: put it on a \
             local disk, or use PostgreSQL",
            folder.display(),
            mount.kind,
            mount.place.display()
        ))),
        _ => Ok(()),
    }
}

/// A mounted file system.
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    place: PathBuf,
    kind: String,
}

/// The file system in which a folder lies: the mount that is deepest, and of several at one place the last.
fn mount_of(mounts: &[u8], folder: &Path) -> Option<Mount> {
    let all = mounts.split(|byte| *byte == b'\n').filter_map(read);
    all.filter(|mount| folder.starts_with(&mount.place)).max_by_key(|mount| mount.place.components().count())
}

/// Reads a line such as `36 35 98:0 / /mnt rw,noatime shared:1 - ext4 /dev/sda1 rw`.
fn read(line: &[u8]) -> Option<Mount> {
    let mut words = line.split(|byte| *byte == b' ');
    let place = plain(words.nth(4)?);
    let kind = words.skip_while(|word| *word != b"-").nth(1)?;
    Some(Mount {
        place: PathBuf::from(OsString::from_vec(place)),
        kind: String::from_utf8(kind.to_vec()).ok()?,
    })
}

/// A name as it is: the kernel writes blanks, line ends and backslashes as three octal digits.
fn plain(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let octal = after.first_chunk::<3>().filter(|_| *first == b'\\');
        let byte = octal.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok());
        plain.push(byte.unwrap_or(*first));
        rest = match byte {
            Some(_) => after.get(3..).unwrap_or_default(),
            None => after,
        };
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &[u8] = b"22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n\
        30 22 0:40 / /srv rw - tmpfs tmpfs rw\n\
        31 30 0:41 / /srv/shop\\040files rw,relatime shared:7 master:2 - nfs4 nas:/shop rw,vers=4.2\n\
        32 31 0:42 / /srv/shop\\040files/local rw - xfs /dev/vdb rw\n\
        33 22 0:43 / /mnt rw - ext4 /dev/vdc rw\n\
        34 33 0:44 / /mnt rw - cifs //nas/mnt rw\n";

    fn kind(folder: &str) -> String {
        mount_of(MOUNTS, Path::new(folder)).unwrap().kind
    }

    #[test]
    fn a_folder_lies_in_the_deepest_mount_around_it() {
        assert_eq!(kind("/home/laatu"), "ext4");
        assert_eq!(kind("/srv/other"), "tmpfs");
        assert_eq!(kind("/srv/shop files/data"), "nfs4");
        assert_eq!(kind("/srv/shop files/local/data"), "xfs");
        assert_eq!(kind("/srv/shop"), "tmpfs", "a name is more than its beginning");
    }

    #[test]
    fn what_is_mounted_over_another_counts() {
        assert_eq!(kind("/mnt/data"), "cifs");
    }

    #[test]
    fn a_folder_here_is_not_refused() {
        refuse_network(&std::env::temp_dir()).unwrap();
    }

    #[test]
    fn broken_lines_are_passed_over() {
        for line in [&b""[..], b"36 35", b"36 35 98:0 / /mnt rw -", b"36 35 98:0 / /mnt rw ext4"] {
            assert_eq!(read(line), None);
        }
        assert_eq!(plain(b"a\\04"), b"a\\04");
        assert_eq!(plain(b"\\134\\"), b"\\\\");
    }
}
