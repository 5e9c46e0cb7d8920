package topdraw.gateway.ledger;

/// What was written down for one request before it was drawn: an entry for each of its answers, at
/// the most that it can cost. To be settled when the answers are there, or refunded when nothing
/// was drawn.
///
/// @param account the number of the account
/// @param ledger the number of its ledger
/// @param first the number of the first entry in it
/// @param answers how many entries
public record Debit(long account, long ledger, long first, int answers) {}
