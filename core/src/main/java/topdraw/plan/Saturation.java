package topdraw.plan;

/// That more draws hardly help.
///
/// @param dearest the dearest recorded setting
/// @param gain by how much it wins more often than the chosen one, as estimated; may be below 0
public record Saturation(Setting dearest, double gain) {}
