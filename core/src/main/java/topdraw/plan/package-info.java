/// From targets to a method and its `n`: from theory alone, or refined by recorded samples. Start
/// at [topdraw.plan.TheoryPlanner] and [topdraw.plan.PilotPlanner].
@NullMarked
package topdraw.plan;

import org.jspecify.annotations.NullMarked;
