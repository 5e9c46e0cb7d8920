package topdraw.theory.confidence;

/// What the draws of one prompt say of a value, and how it varies with the drawing.
///
/// @param value the unbiased estimate from all draws
/// @param variance its variance by leaving out one draw at a time
/// @param withOneMore the estimate with one draw more, of twice the largest value less the median:
///   the draw that did not come
/// @param perDraw how many draws there are to each that is needed, `N/n`, at least 1
public record DrawnValue(double value, double variance, double withOneMore, double perDraw) {}
