//! Archives as strangers may make them.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use zip::write::SimpleFileOptions;

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, contents) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(contents).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A `.tar.gz` whose names are written as they are, whatever they are.
fn tar_of(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, kind, contents) in entries {
        let mut header = tar::Header::new_gnu();
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(contents.len() as u64);
        if !kind.is_file() {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        builder.append(&header, *contents).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

/// What is there after unpacking, and what was noted.
fn unpacked(archive: &[u8], kind: Kind) -> (Vec<String>, Result<Vec<Note>, Trouble>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    files::write(&path, archive).unwrap();
    let into = folder.path().join("into");
    files::make_folder(&into).unwrap();
    let said = unpack(&path, kind, &into);
    let root = folder.path();
    let there = files::below(root).unwrap().into_iter().filter(|file| *file != path);
    (there.map(|file| file.strip_prefix(root).unwrap().display().to_string()).collect(), said)
}

#[test]
fn only_rust_files_come_out_and_the_rest_is_noted() {
    let archive = zip_of(&[("ann/src/lib.rs", b"//"), ("ann/notes.txt", b"x"), ("ann/target/x.o", b"x")]);
    let (there, said) = unpacked(&archive, Kind::Zip);
    assert_eq!(there, ["into/ann/src/lib.rs"]);
    let notes = said.unwrap();
    assert_eq!((notes.len(), notes[0].path.as_str()), (1, "ann/notes.txt"));
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let names = ["../out.rs", "/etc/out.rs", "a/../../out.rs", "C:/out.rs", "..\\out.rs", "a\u{7}/out.rs"];
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, b"x".as_slice())).collect();
    let (there, said) = unpacked(&zip_of(&entries), Kind::Zip);
    assert_eq!((there, said.unwrap().len()), (Vec::new(), names.len()));
    let file = tar::EntryType::Regular;
    let entries: Vec<_> = names.iter().map(|name| (*name, file, b"x".as_slice())).collect();
    let (there, said) = unpacked(&tar_of(&entries), Kind::TarGz);
    assert_eq!((there, said.unwrap().len()), (Vec::new(), names.len()));
}

#[test]
fn links_pipes_and_devices_are_not_made() {
    use tar::EntryType::{Char, Fifo, Link, Regular, Symlink};
    let archive = tar_of(&[
        ("src", Symlink, b""),
        ("src/lib.rs", Regular, b"// mine"),
        ("hard.rs", Link, b""),
        ("pipe.rs", Fifo, b""),
        ("null.rs", Char, b""),
    ]);
    let (there, said) = unpacked(&archive, Kind::TarGz);
    assert_eq!((there, said.unwrap().len()), (vec!["into/src/lib.rs".to_owned()], 4));
    let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    writer.add_symlink("lib.rs", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let (there, said) = unpacked(&writer.finish().unwrap().into_inner(), Kind::Zip);
    assert_eq!((there.len(), said.unwrap()[0].why.as_str()), (0, "is a link, a pipe or a device"));
}

#[test]
fn bombs_are_not_read_to_their_end() {
    let (there, said) = unpacked(&zip_of(&[("src/lib.rs", &vec![b' '; 64 << 20])]), Kind::Zip);
    // Cut behind what a submission may have, which then says that it is too large.
    assert_eq!((there.len(), said), (1, Ok(Vec::new())));
    let many: Vec<String> = (0..40).map(|i| format!("src/m{i}.rs")).collect();
    let space = vec![b' '; 1 << 20];
    let entries: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), space.as_slice())).collect();
    assert!(unpacked(&zip_of(&entries), Kind::Zip).1.unwrap_err().contains("more Rust than is taken"));

    let mut bounded = Bounded { inner: io::repeat(b' '), left: 10 };
    let error = io::copy(&mut bounded, &mut io::sink()).unwrap_err();
    assert!(error.to_string().contains("unpacks to more than"), "{error}");
}

#[test]
fn what_is_no_archive_or_locked_is_said_to_be() {
    for kind in [Kind::Zip, Kind::TarGz] {
        assert!(unpacked(b"no archive at all", kind).1.unwrap_err().starts_with("can't be read"), "{kind:?}");
        assert!(unpacked(b"", kind).1.is_err() || kind == Kind::TarGz);
    }
    let whole = zip_of(&[("src/lib.rs", b"fn main() {}")]);
    assert!(unpacked(&whole[..whole.len() - 10], Kind::Zip).1.is_err());
    // The bit that says "encrypted", in the local header and in the central one.
    let mut locked = whole.clone();
    locked[6] |= 1;
    let central = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[central + 8] |= 1;
    assert!(unpacked(&locked, Kind::Zip).1.unwrap_err().contains("encrypted"));
}

#[test]
fn one_name_twice_is_told_and_a_file_is_no_folder() {
    use tar::EntryType::Regular;
    let archive = tar_of(&[("lib.rs", Regular, b"1"), ("lib.rs", Regular, b"2"), ("lib.rs/x.rs", Regular, b"3")]);
    let (there, said) = unpacked(&archive, Kind::TarGz);
    assert_eq!((there, said.unwrap().len()), (vec!["into/lib.rs".to_owned()], 2));
}
