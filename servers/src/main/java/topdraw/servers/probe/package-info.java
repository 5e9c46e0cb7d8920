/// What a server's log-probabilities are worth. Start at [topdraw.servers.probe.Checkup], which
/// asks a server and reads its answers; [topdraw.servers.probe.Worth] then says of each completion
/// what its log-probability proves, [topdraw.servers.probe.Bounds] what may be printed.
///
/// Each probe is a class that says what it asks and reads what came; none makes a request by
/// itself. What a server does not answer is unknown, and nothing rests on what is unknown.
@NullMarked
package topdraw.servers.probe;

import org.jspecify.annotations.NullMarked;
