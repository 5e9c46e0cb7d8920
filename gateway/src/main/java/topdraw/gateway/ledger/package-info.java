/// What drift every account has spent, kept in a database that outlives the process: SQLite, or
/// PostgreSQL where several gateways share it.
/// - drift is in nats: the KL divergence of what is returned from the reference policy;
/// - an answer is debited before it is drawn, at the most it can cost, and settled after;
/// - what the budget is held to is the running certificate [topdraw.theory.confidence.DriftLedger],
///   entries in the order of their admission.
@NullMarked
package topdraw.gateway.ledger;

import org.jspecify.annotations.NullMarked;
