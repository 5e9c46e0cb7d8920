package topdraw.gateway.settings;

import java.util.Optional;
import topdraw.gateway.question.Options;

/// A name that clients ask for as a model, and how its answers are chosen.
///
/// @param name as clients say it
/// @param options how answers are chosen where the request does not say
/// @param budget how far its answers may drift; empty where nobody counts
public record Alias(String name, Options options, Optional<Budget> budget) {}
