package topdraw.servers.probe;

/// What a probe found.
///
/// @param value the finding
/// @param evidence what it saw, in one sentence for a person
record Found<T>(T value, String evidence) {}
