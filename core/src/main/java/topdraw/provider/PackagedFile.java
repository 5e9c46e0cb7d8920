package topdraw.provider;

/// A file inside a Python package, known byte for byte: whatever arrives, only bytes with this hash
/// are ever kept.
///
/// @param title what it is, as a person would say it
/// @param name its file name in the user's cache
/// @param bytes its size
/// @param sha256 its hash, 64 lower-case hex digits
/// @param requirement the package: name and exact version
/// @param packageSha256 the package's hash
/// @param packageBytes the package's size
/// @param entry the file's path inside the package
public record PackagedFile(
    String title,
    String name,
    long bytes,
    String sha256,
    String requirement,
    String packageSha256,
    long packageBytes,
    String entry) {}
