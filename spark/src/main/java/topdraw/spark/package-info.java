/// Recordings on Apache Spark: rows are read and prompts are measured where they lie, and the
/// analysis is made of the measurements. Start at [topdraw.spark.SparkProvider]; whoever has a
/// cluster runs [topdraw.spark.AnalyzeJob] on it.
///
///     files ─▶ slices of rows ─▶ rows by prompt (a shuffle) ─▶ a measurement a prompt ─▶ merged
///
/// Completions are drawn there too, from servers: [topdraw.spark.SparkPolicyProvider], as an
/// application [topdraw.spark.RunJob].
///
/// Nothing here depends on how rows are sliced, on how prompts are partitioned, or on which tasks
/// are tried again: rows are put in their order, and measurements merge in any.
@NullMarked
package topdraw.spark;

import org.jspecify.annotations.NullMarked;
