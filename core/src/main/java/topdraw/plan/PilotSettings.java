package topdraw.plan;

import topdraw.theory.finding.Confidence;

/// What a plan from recorded samples is asked.
///
/// @param question what was measured
/// @param targets what is wanted
/// @param confidence with which all that is certified holds at once, and of each interval
public record PilotSettings(PilotQuestion question, Targets targets, Confidence confidence) {}
