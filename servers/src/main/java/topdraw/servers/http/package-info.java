/// One client for every server: a question in, its JSON or one line on what went wrong out. Start
/// at [topdraw.servers.http.ServerClient].
///
/// One layer retries, inside a deadline and a budget; whoever asks here must not. No redirection is
/// followed, and a key appears in no message.
@NullMarked
package topdraw.servers.http;

import org.jspecify.annotations.NullMarked;
